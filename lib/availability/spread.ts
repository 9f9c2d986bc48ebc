import { resolveSpread, type SpreadIntent } from './intent';
import type { SpreadOptions } from './props';

/**
 * How pods are kept apart, so that one node or one zone does not take all of them.
 *
 * Old and new pods of a roll-out are counted apart; a node that is drained does not count.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export class Spread {
  /**
   * The scheduler prefers to keep them apart: a pod rather runs in a bad place than waits.
   *
   * @param options where they are kept apart
   */
  public static soft(options: SpreadOptions = {}): Spread {
    return new Spread(resolveSpread('ScheduleAnyway', options));
  }

  /**
   * The scheduler keeps them apart: a pod rather waits than runs in a bad place.
   *
   * Findings: availability/hard-spread-blocks-drain
   *
   * @param options where they are kept apart
   */
  public static hard(options: SpreadOptions = {}): Spread {
    return new Spread(resolveSpread('DoNotSchedule', options));
  }

  /**
   * Never two of them on one node (required anti-affinity).
   *
   * A roll-out then needs a free node, or `surge` of 0 with one pod less.
   *
   * Findings: availability/anti-affinity-blocks-rollout, availability/hard-spread-blocks-drain
   */
  public static onePodPerHost(): Spread {
    return new Spread({ constraints: [], onePodPerHost: true });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: SpreadIntent;

  private constructor(intent: SpreadIntent) {
    this._intent = intent;
  }
}
