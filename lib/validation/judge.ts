import { ObjectFact, type World } from '../facts';
import type { Finding } from '../findings';
import { type Remark, RULES, type Rule, targetsOf } from '../rules';
import {
  ACKNOWLEDGEMENT_WITHOUT_REASON,
  type BuiltIn,
  DUPLICATE_OBJECT,
  OBJECT_WITHOUT_NAME,
  RULE_CRASHED,
  UNUSED_ACKNOWLEDGEMENT,
} from './built-in';
import { catalogued } from './catalogue';

/** A finding and the object that it is about. */
export interface Judgement {
  readonly finding: Finding;
  readonly fact: ObjectFact;
  /** What silences it. */
  readonly acknowledgement?: Acknowledged;
}

/** An acknowledgement that holds for an object, from wherever it was made. */
export interface Acknowledged {
  readonly id: string;
  readonly reason: string;
}

/** What was found, before anybody asks whether it is accepted. */
interface Found {
  readonly source: BuiltIn;
  readonly fact: ObjectFact;
  readonly remark: Remark;
}

const NONE: readonly Found[] = [];
const ANNOTATIONS = 'metadata.annotations';

/** How to judge. */
export interface JudgeOptions {
  /** Acknowledgements that are not in the manifests. */
  readonly further?: (fact: ObjectFact, id: string) => readonly Acknowledged[];
  /** The rules that are asked; all of them where it is not given. */
  readonly rules?: readonly Rule[];
}

/** All that the rules say of the world. */
export function judge(world: World, { further = () => [], rules = RULES }: JudgeOptions = {}): readonly Judgement[] {
  const judgements: Judgement[] = [];
  const used = new Set<Acknowledged>();
  const known = new Map<ObjectFact, readonly Acknowledged[]>();
  for (const fact of world.objects) {
    const made = fact.acknowledgements;
    if (made.length === 0) continue;
    known.set(
      fact,
      made.filter(({ reason }) => reason.trim() !== ''),
    );
    for (const { id } of made.filter(({ reason }) => reason.trim() === '')) {
      const problem = `\`${id}\` is accepted without a reason`;
      judgements.push(builtIn(ACKNOWLEDGEMENT_WITHOUT_REASON, fact, { field: ANNOTATIONS, problem, fix: 'say why' }));
    }
  }
  const found = [...nameless(world), ...duplicates(world), ...rules.flatMap((rule) => askedOfAll(rule, world))];
  for (const { source, fact, remark } of found) {
    const acknowledged = [...(known.get(fact) ?? []), ...further(fact, source.id)];
    const acknowledgement = acknowledged.find(({ id }) => id === source.id);
    if (acknowledgement !== undefined) used.add(acknowledgement);
    judgements.push({ fact, finding: toFinding(source, fact, remark, acknowledgement?.reason), acknowledgement });
  }
  for (const [fact, acknowledgements] of known) {
    for (const { id } of acknowledgements.filter((one) => !used.has(one) && wasAsked(one.id, rules))) {
      const remark = { field: ANNOTATIONS, problem: unusedProblem(id), fix: 'remove the annotation' };
      judgements.push(builtIn(UNUSED_ACKNOWLEDGEMENT, fact, remark));
    }
  }
  return judgements;
}

/** Whether an acknowledgement could have been used: its rule was asked, or there is none. */
export function wasAsked(id: string, rules: readonly Rule[]): boolean {
  return rules.some((rule) => rule.id === id) || !RULES.some((rule) => rule.id === id);
}

/** Objects of kinds that we know and that have no name; files of other tools look like objects, and need none. */
function nameless(world: World): Found[] {
  const found = world.objects.filter((fact) => fact.name === '' && fact.constructor !== ObjectFact);
  return found.map((fact) => {
    const problem = `there is none, so that the API server refuses the ${fact.kind}`;
    return { source: OBJECT_WITHOUT_NAME, fact, remark: { field: 'metadata.name', problem, fix: 'add metadata.name' } };
  });
}

/** Objects that are one object in the cluster; the first of them stands, the others are spoken of. */
function duplicates(world: World): Found[] {
  const known = new Set<string>();
  return world.objects.flatMap((fact) => {
    const { apiVersion, kind, namespace, name } = fact;
    const key = `${apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))} ${kind} ${namespace} ${name}`;
    if (fact.at('metadata', 'name') === undefined || !known.has(key)) {
      known.add(key);
      return NONE;
    }
    const problem = `there is another ${kind} ${name} in namespace ${namespace}, so that the one applied last replaces the other`;
    const remark = { field: 'metadata.name', problem, fix: 'give each a name of its own' };
    return [{ source: DUPLICATE_OBJECT, fact, remark }];
  });
}

/** What to say of an acknowledgement that silences nothing. */
export function unusedProblem(id: string): string {
  return catalogued(id) !== undefined
    ? `\`${id}\` is accepted, but is not found here`
    : `\`${id}\` is accepted, but there is no such rule`;
}

/** A finding that comes from the run itself. */
export function builtIn(source: BuiltIn, fact: ObjectFact, remark: Remark): Judgement {
  return { fact, finding: toFinding(source, fact, remark) };
}

/** What a rule says of all its targets. */
function askedOfAll(rule: Rule, world: World): Found[] {
  return targetsOf(rule.appliesTo, world).flatMap((fact) => asked(rule, fact, world));
}

/** What a rule says of one object; a rule that throws is a finding itself. */
function asked(rule: Rule, fact: ObjectFact, world: World): readonly Found[] {
  try {
    const check = rule.check as (target: ObjectFact, world: World) => readonly Remark[];
    const remarks = check(fact, world);
    return remarks.length === 0 ? NONE : remarks.map((remark) => ({ source: rule, fact, remark }));
  } catch (error) {
    const problem = `bug in cdk8s-patterns: rule ${rule.id} threw ${error}`;
    const fix = 'please report it with this manifest';
    return [{ source: RULE_CRASHED, fact, remark: { field: 'spec', problem, fix } }];
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
