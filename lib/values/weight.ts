import { whole } from './bounds';

/** A share of the requests. */
export class Weight {
  /**
   * A share in percent; what is left goes to the other version, so that both always make 100.
   *
   * @param percent whole percent, 0 to 100
   * @throws if `percent` is fractional or outside 0 to 100
   */
  public static percent(percent: number): Weight {
    return new Weight(whole('Weight.percent', percent, { min: 0, max: 100 }));
  }

  /**
   * The share in percent.
   *
   * @internal
   */
  public readonly _percent: number;

  private constructor(percent: number) {
    this._percent = percent;
  }

  /** `5%`. */
  public toString(): string {
    return `${this._percent}%`;
  }
}
