import { QUORUM } from '../values/annotations';
import { CountOrPercent } from '../values/count-or-percent';
import { ObjectFact, type Source } from './object';
import { Selector } from './selector';

/** A PodDisruptionBudget. */
export class BudgetFact extends ObjectFact {
  /** The fact if the object is a budget. */
  public static read(source: Source, object: ObjectFact): BudgetFact | undefined {
    return object.isOf('policy', 'PodDisruptionBudget') ? new BudgetFact(source) : undefined;
  }

  public readonly selector: Selector;
  public readonly maxUnavailable: CountOrPercent | undefined;
  public readonly minAvailable: CountOrPercent | undefined;

  private constructor(source: Source) {
    super(source);
    this.selector = Selector.parse(this.spec.selector);
    this.maxUnavailable = CountOrPercent._parse(this.spec.maxUnavailable);
    this.minAvailable = CountOrPercent._parse(this.spec.minAvailable);
  }

  /** `spec.maxUnavailable` or `spec.minAvailable`, whichever is written. */
  public get field(): string {
    return this.minAvailable === undefined ? 'spec.maxUnavailable' : 'spec.minAvailable';
  }

  /** Whether there is exactly one limit; without it Kubernetes lets no pod go, and with two it refuses the budget. */
  public get hasLimit(): boolean {
    return (this.minAvailable === undefined) !== (this.maxUnavailable === undefined);
  }

  /** The limit as written. */
  public get limit(): string {
    return String(this.minAvailable ?? this.maxUnavailable);
  }

  /** Whether more than half of the pods must stay. */
  public get guardsQuorum(): boolean {
    return this.annotations[QUORUM] === 'true';
  }

  /**
   * How many of `expected` pods may be evicted while `healthy` of them are ready.
   *
   * Kubernetes rounds both percentages up, so that a share of few pods may protect, or let go, all of them.
   */
  public allowedEvictions(expected: number, healthy = expected): number {
    const mustStay =
      this.minAvailable?.roundedUp(expected) ?? expected - (this.maxUnavailable?.roundedUp(expected) ?? 0);
    return Math.max(0, healthy - Math.max(0, mustStay));
  }
}
