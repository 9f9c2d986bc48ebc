import type { RolloutFact } from './workload';

/** How a roll-out replaces the pods of a Deployment behind a Service. */
export interface Replacement {
  readonly rollout: RolloutFact;
  /** The fewest pods of the app. */
  readonly pods: number;
  /** How many of them may be missing at once. */
  readonly stopped: number;
}

/** Whether no new pod may start and no old one stop, which the API server refuses. */
export function isStuck({ stopsFirst, maxSurge, maxUnavailable }: RolloutFact): boolean {
  return !stopsFirst && maxSurge.roundedUp(1) === 0 && maxUnavailable.roundedUp(1) === 0;
}

/**
 * How many of a Deployment's pods a roll-out may take away before new ones are ready.
 *
 * Where both limits come to nothing after rounding, the controller stops one pod.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/deployment/util/deployment_util.go ResolveFenceposts
 */
export function stoppedAtOnce({ stopsFirst, maxSurge, maxUnavailable }: RolloutFact, pods: number): number {
  if (stopsFirst) return pods;
  const unavailable = maxUnavailable.roundedDown(pods);
  return unavailable === 0 && maxSurge.roundedUp(pods) === 0 ? Math.min(1, pods) : Math.min(unavailable, pods);
}
