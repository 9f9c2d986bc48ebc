import { type ApiObject, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { acknowledgeKey } from '../values/annotations';

const REASONS = Symbol.for('cdk8s-patterns.WrittenReasons');

/**
 * The reasons of acknowledgements, as annotations of the objects.
 *
 * An annotation of cdk8s cannot be taken back, but its value may be lazy: where there is no reason, there is no annotation.
 */
export class WrittenReasons {
  /** Those of one app. */
  public static of(root: IConstruct): WrittenReasons {
    const marked = root as { [REASONS]?: WrittenReasons };
    if (marked[REASONS] === undefined) Object.defineProperty(root, REASONS, { value: new WrittenReasons() });
    return marked[REASONS] as WrittenReasons;
  }

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
