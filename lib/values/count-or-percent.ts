import { whole } from './bounds';

/**
 * A number of pods, or a share of them.
 *
 * Kubernetes turns a percentage into pods by rounding, and not always the same way: budgets round up, a rollout rounds its
 * surge up and its unavailable pods down.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages
 */
export class CountOrPercent {
  /**
   * A fixed number of pods.
   *
   * @param count whole, 0 or more
   * @throws if `count` is negative or fractional
   */
  public static count(count: number): CountOrPercent {
    return new CountOrPercent(whole('CountOrPercent.count', count, { min: 0, max: 2147483647 }), false);
  }

  /**
   * A share of the pods.
   *
   * @param percent whole percent, 0 to 100
   * @throws if `percent` is fractional or outside 0 to 100
   */
  public static percent(percent: number): CountOrPercent {
    return new CountOrPercent(whole('CountOrPercent.percent', percent, { min: 0, max: 100 }), true);
  }

  /**
   * Reads a manifest's value.
   *
   * @internal
   */
  public static _parse(value: unknown): CountOrPercent | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return new CountOrPercent(value, false);
    const percent = typeof value === 'string' ? /^(\d{1,9})%$/.exec(value) : null;
    return percent ? new CountOrPercent(Number(percent[1]), true) : undefined;
  }

  private constructor(
    private readonly amount: number,
    private readonly isPercent: boolean,
  ) {}

  /**
   * The pods that this is of `total` pods, a fraction rounded up.
   *
   * @param total the number of all pods
   */
  public roundedUp(total: number): number {
    return this.isPercent ? Math.ceil((this.amount * total) / 100) : this.amount;
  }

  /**
   * The pods that this is of `total` pods, a fraction rounded down.
   *
   * @param total the number of all pods
   */
  public roundedDown(total: number): number {
    return this.isPercent ? Math.floor((this.amount * total) / 100) : this.amount;
  }

  /** As Kubernetes writes it: `2` or `25%`. */
  public toString(): string {
    return this.isPercent ? `${this.amount}%` : String(this.amount);
  }

  /**
   * As it stands in a manifest: a number, or a text with a percent sign.
   *
   * @internal
   */
  public _toManifest(): number | string {
    return this.isPercent ? `${this.amount}%` : this.amount;
  }
}
