import { ApiObject, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type ObjectFact, World } from '../facts';
import { type _Acknowledgement, type Finding, Findings } from '../findings';
import { isEmitted, Renderings } from '../manifests';
import { acknowledgeKey } from '../values/annotations';
import { TargetCluster } from '../values/target-cluster';
import { OBJECT_NOT_RENDERED, UNUSED_ACKNOWLEDGEMENT } from './built-in';
import { builtIn, type Judgement, judge, unusedProblem } from './judge';

/** One pass over an app: each object is rendered once, judged with all others, and each finding belongs to a construct. */
export class AppCheck {
  private readonly byConstruct = new Map<IConstruct, Finding[]>();
  private readonly objects: readonly ApiObject[];
  private readonly used = new Set<_Acknowledgement>();

  public constructor(
    root: IConstruct,
    private readonly reasons: WrittenReasons,
  ) {
    const constructs = root.node.findAll();
    this.objects = constructs.filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
    reasons.clear();
    const failures: Judgement[] = [];
    const world = new World(
      this.objects.flatMap((origin) => {
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
    for (const judgement of judge(world, (fact) => this.acknowledgementsOf(fact))) this.add(judgement);
    for (const construct of constructs) this.addUnused(construct);
    for (const object of reasons.objects) Renderings.of(root).forget(object);
  }

  /** All findings. */
  public get findings(): readonly Finding[] {
    return [...this.byConstruct.values()].flat();
  }

  /** The constructs that findings belong to. */
  public get constructs(): Iterable<IConstruct> {
    return this.byConstruct.keys();
  }

  /** The findings that belong to `construct`. */
  public of(construct: IConstruct): readonly Finding[] {
    return this.byConstruct.get(construct) ?? [];
  }

  private add({ finding, fact }: Judgement): void {
    const origin = fact.origin as ApiObject;
    if (finding.acknowledged !== undefined) {
      const made = this.acknowledgementsOf(fact).find(({ id }) => id === finding.id);
      if (made !== undefined) {
        this.used.add(made);
        this.reasons.write(origin, finding.id, made.reason);
      }
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
  const cause = (error instanceof Error ? error.message : String(error)).split('\n').join(' ');
  return builtIn(OBJECT_NOT_RENDERED, fact as ObjectFact, cause, 'mend what the message names');
}

/**
 * The reasons of acknowledgements, as annotations of the objects.
 *
 * An annotation of cdk8s cannot be taken back, but its value may be lazy: where there is no reason, there is no annotation.
 */
export class WrittenReasons {
  private readonly reasons = new Map<ApiObject, Map<string, string>>();
  private readonly annotated = new Map<ApiObject, Set<string>>();

  /** The objects that bear a reason now. */
  public get objects(): Iterable<ApiObject> {
    return this.reasons.keys();
  }

  /** Takes all reasons back. */
  public clear(): void {
    this.reasons.clear();
  }

  /** Writes a reason. */
  public write(object: ApiObject, id: string, reason: string): void {
    const reasons = this.reasons.get(object) ?? new Map<string, string>();
    this.reasons.set(object, reasons.set(id, reason));
    const annotated = this.annotated.get(object) ?? new Set<string>();
    this.annotated.set(object, annotated);
    if (annotated.has(id)) return;
    annotated.add(id);
    const value = Lazy.any({ produce: () => this.reasons.get(object)?.get(id) });
    object.metadata.addAnnotation(acknowledgeKey(id), value as string);
  }
}
