/** By how many points the share of the pods may miss what is asked for. */
export const SHARE_TOLERANCE = 0.5;
const MOST_PODS = 1000;

/** The pods for a share of all: the nearest whole number, a half rounded up, as Argo Rollouts does it. */
export function podsForShare(percent: number, total: number): number {
  return Math.round((percent * total) / 100);
}

/** The share that those pods are, in percent, with one decimal. */
export function reachedShare(percent: number, total: number): string {
  return ((100 * podsForShare(percent, total)) / total).toFixed(1);
}

/** The smallest number of pods from `least` on, up to 1 000, that makes all shares within the tolerance. */
export function smallestTotal(percents: readonly number[], least = 1): number | undefined {
  for (let pods = least; pods <= MOST_PODS; pods += 1) {
    if (percents.every((percent) => isReached(percent, pods))) return pods;
  }
  return undefined;
}

function isReached(percent: number, total: number): boolean {
  const reached = (100 * podsForShare(percent, total)) / total;
  return Math.abs(reached - percent) <= SHARE_TOLERANCE + 1e-9;
}
