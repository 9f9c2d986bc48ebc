import { invalid } from '../values/invalid';

/** How many requests an app gets, in a quiet hour in which it may be released. */
export class Traffic {
  /**
   * A number of requests in each second.
   *
   * @param count above 0
   * @throws if `count` is not above 0
   */
  public static requestsPerSecond(count: number): Traffic {
    if (!(count > 0 && count < Number.POSITIVE_INFINITY)) {
      throw invalid('Traffic.requestsPerSecond', `${count} is not above 0`, 'use Traffic.requestsPerSecond(50)');
    }
    return new Traffic(count);
  }

  private constructor(
    /** @internal */
    public readonly _perSecond: number,
  ) {}
}
