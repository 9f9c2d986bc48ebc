import type { ObjectFact, World } from '../facts';
import type { Finding } from '../findings';
import { type Remark, RULES, type Rule, targetsOf } from '../rules';
import {
  ACKNOWLEDGEMENT_WITHOUT_REASON,
  type BuiltIn,
  DUPLICATE_OBJECT,
  RULE_CRASHED,
  UNUSED_ACKNOWLEDGEMENT,
} from './built-in';

/** A finding and the object that it is about. */
export interface Judgement {
  readonly finding: Finding;
  readonly fact: ObjectFact;
}

/** An acknowledgement that holds for an object, from wherever it was made. */
export interface Acknowledged {
  readonly id: string;
  readonly reason: string;
}

const ANNOTATIONS = 'metadata.annotations';

/** All that the rules say of the world; `further` gives acknowledgements that are not in the manifests. */
export function judge(
  world: World,
  further: (fact: ObjectFact) => readonly Acknowledged[] = () => [],
): readonly Judgement[] {
  const judgements: Judgement[] = [];
  const used = new Set<Acknowledged>();
  const known = new Map<ObjectFact, readonly Acknowledged[]>();
  for (const fact of world.objects) {
    const valid: Acknowledged[] = [];
    for (const made of fact.acknowledgements) {
      if (made.reason.trim() !== '') valid.push(made);
      else {
        const problem = `\`${made.id}\` is accepted without a reason`;
        judgements.push(builtIn(ACKNOWLEDGEMENT_WITHOUT_REASON, fact, { field: ANNOTATIONS, problem, fix: 'say why' }));
      }
    }
    known.set(fact, valid);
  }
  judgements.push(...duplicates(world));
  for (const rule of RULES) {
    for (const fact of targetsOf(rule.appliesTo, world)) {
      const { source, remarks } = ask(rule, fact, world);
      for (const remark of remarks) {
        const own = known.get(fact)?.find(({ id }) => id === source.id);
        if (own !== undefined) used.add(own);
        const accepted = own ?? further(fact).find(({ id }) => id === source.id);
        judgements.push({ fact, finding: toFinding(source, fact, remark, accepted?.reason) });
      }
    }
  }
  for (const [fact, acknowledgements] of known) {
    for (const { id } of acknowledgements.filter((one) => !used.has(one))) {
      const remark = { field: ANNOTATIONS, problem: unusedProblem(id), fix: 'remove the annotation' };
      judgements.push(builtIn(UNUSED_ACKNOWLEDGEMENT, fact, remark));
    }
  }
  return judgements;
}

/** Objects that are one object in the cluster; the first of them stands, the others are spoken of. */
function duplicates(world: World): Judgement[] {
  const known = new Set<string>();
  return world.objects.flatMap((fact) => {
    const { apiVersion, kind, namespace, name } = fact;
    const key = [apiVersion.split('/').slice(0, -1).join('/'), kind, namespace, name].join(' ');
    if (fact.at('metadata', 'name') === undefined || !known.has(key)) {
      known.add(key);
      return [];
    }
    const problem = `there is another ${kind} ${name} in namespace ${namespace}, so that the one applied last replaces the other`;
    return [builtIn(DUPLICATE_OBJECT, fact, { field: 'metadata.name', problem, fix: 'give each a name of its own' })];
  });
}

/** What to say of an acknowledgement that silences nothing. */
export function unusedProblem(id: string): string {
  const known = RULES.some((rule) => rule.id === id);
  return known ? `\`${id}\` is accepted, but is not found here` : `\`${id}\` is accepted, but there is no such rule`;
}

/** A finding that comes from the run itself. */
export function builtIn(source: BuiltIn, fact: ObjectFact, remark: Remark): Judgement {
  return { fact, finding: toFinding(source, fact, remark) };
}

/** What a rule says of one object; a rule that throws is a finding itself. */
function ask(rule: Rule, fact: ObjectFact, world: World): { source: BuiltIn; remarks: readonly Remark[] } {
  try {
    const check = rule.check as (target: ObjectFact, world: World) => readonly Remark[];
    return { source: rule, remarks: check(fact, world) };
  } catch (error) {
    const problem = `bug in cdk8s-patterns: rule ${rule.id} threw ${error}`;
    return { source: RULE_CRASHED, remarks: [{ field: 'spec', problem, fix: 'please report it with this manifest' }] };
  }
}

function toFinding(source: BuiltIn, fact: ObjectFact, remark: Remark, acknowledged?: string): Finding {
  return {
    id: source.id,
    severity: source.severity,
    object: { apiVersion: fact.apiVersion, kind: fact.kind, inNamespace: fact.writtenNamespace, name: fact.name },
    ...remark,
    acknowledged,
  };
}
