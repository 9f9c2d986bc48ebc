import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type ObjectFact, World } from '../facts';
import { type _Acknowledgement, type Finding, Findings } from '../findings';
import { constructsBelow, isEmitted, Renderings } from '../manifests';
import { TargetCluster } from '../values/target-cluster';
import { OBJECT_NOT_RENDERED, UNUSED_ACKNOWLEDGEMENT } from './built-in';
import { builtIn, type Judgement, judge, unusedProblem } from './judge';
import { WrittenReasons } from './written-reasons';

/** One pass over an app: each object is rendered once, judged with all others, and each finding belongs to a construct. */
export class AppCheck {
  private readonly byConstruct = new Map<IConstruct, Finding[]>();
  private readonly used = new Set<_Acknowledgement>();
  private readonly reasons: WrittenReasons;

  public constructor(root: IConstruct) {
    this.reasons = WrittenReasons.of(root);
    const constructs = constructsBelow(root);
    const objects = constructs.filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
    this.reasons.clear();
    const failures: Judgement[] = [];
    const world = new World(
      objects.flatMap((origin) => {
        const target = TargetCluster.find(origin);
        try {
          const manifest = origin.toJson();
          Renderings.of(root).keep(origin, manifest);
          return [{ manifest, target, origin }];
        } catch (error) {
          failures.push(notRendered(origin, error));
          return [];
        }
      }),
    );
    for (const judgement of failures) this.add(judgement);
    for (const judgement of judge(world, { further: (fact) => this.acknowledgementsOf(fact) })) this.add(judgement);
    for (const construct of constructs) this.addUnused(construct);
    for (const object of this.reasons.objects) Renderings.of(root).forget(object);
  }

  /** The constructs that findings belong to. */
  public get constructs(): Iterable<IConstruct> {
    return this.byConstruct.keys();
  }

  /** The findings that belong to `construct`. */
  public of(construct: IConstruct): readonly Finding[] {
    return this.byConstruct.get(construct) ?? [];
  }

  private add({ finding, fact, acknowledgement }: Judgement): void {
    const origin = fact.origin as ApiObject;
    if (acknowledgement !== undefined && 'scope' in acknowledgement) {
      this.used.add(acknowledgement as _Acknowledgement);
      this.reasons.write(origin, finding.id, acknowledgement.reason);
    }
    this.addTo(owner(origin), finding);
  }

  private addUnused(construct: IConstruct): void {
    for (const made of Findings._at(construct).filter((each) => !this.used.has(each))) {
      this.addTo(construct, {
        id: UNUSED_ACKNOWLEDGEMENT.id,
        severity: UNUSED_ACKNOWLEDGEMENT.severity,
        object: { apiVersion: 'constructs', kind: construct.constructor.name, name: construct.node.id },
        field: 'Findings.acknowledge',
        problem: unusedProblem(made.id),
        fix: 'remove the call',
      });
    }
  }

  private addTo(construct: IConstruct, finding: Finding): void {
    const list = this.byConstruct.get(construct) ?? [];
    list.push({ ...finding, constructPath: construct.node.path });
    this.byConstruct.set(construct, list);
  }

  /** From the object itself up to the app: the nearest comes first. */
  private acknowledgementsOf(fact: ObjectFact): readonly _Acknowledgement[] {
    const found: _Acknowledgement[] = [];
    for (let scope = fact.origin as IConstruct | undefined; scope !== undefined; scope = scope.node.scope) {
      found.push(...Findings._at(scope));
    }
    return found;
  }
}

/** The construct that a user thinks of: the one whose main object this is, or which made it. */
function owner(object: ApiObject): IConstruct {
  const scope = object.node.scope as IConstruct;
  return isEmitted(object) ? scope : object;
}

function notRendered(origin: ApiObject, error: unknown): Judgement {
  const { apiVersion, kind, name } = origin;
  const [fact] = new World([{ manifest: { apiVersion, kind, metadata: { name } }, origin }]).objects;
  const [cause = ''] = messageOf(error).split('\n');
  const [problem = '', ...fixes] = cause.replace(/^\[.*?\] /, '').split('; ');
  const fix = fixes.join('; ') || 'mend what the message names';
  return builtIn(OBJECT_NOT_RENDERED, fact as ObjectFact, { field: 'manifest', problem, fix });
}

/** V8 says of a value that contains itself, or is too deep, only that the stack is full. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!message.includes('Maximum call stack size exceeded')) return message;
  return 'a value contains itself, or is nested too deeply to be written; pass a copy without the circle';
}
