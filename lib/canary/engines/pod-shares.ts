import { invalid } from '../../values/invalid';
import type { Pods, Release } from './engine';

/** By how many points the share of the pods may miss that of the plan. */
const TOLERANCE = 0.5;
const MOST_PODS = 1000;

/** The pods of both versions where their number makes the share; the nearest whole number, a half rounded up, as Argo Rollouts does it. */
export function podsByShare({ app }: Release, share: number): Pods {
  const total = app.pods ?? 1;
  const candidate = candidateOf(share, total);
  return { stable: total - candidate, candidate };
}

/** Refuses a plan whose shares the pods cannot make. */
export function checkPodShares({ app, plan }: Release): void {
  // Manifests that are made elsewhere say how many there are
  if (app.pods === undefined) return;
  const total = app.pods;
  const shares = plan.phases.map(({ percent }) => percent);
  const missed = shares.find((share) => !isReached(share, total));
  if (missed === undefined) return;
  const count = candidateOf(missed, total);
  const reached = ((100 * count) / total).toFixed(1);
  const all = Array.from({ length: MOST_PODS }, (_, index) => index + 1);
  const enough = all.find((pods) => shares.every((share) => isReached(share, pods)));
  const problem = `${missed}% of ${total} pods is ${count} of them, which is ${reached}%, and a share may be missed by ${TOLERANCE} points`;
  const fix = 'or an engine whose share does not depend on the number of pods: istio, gatewayApi';
  throw invalid('plan', problem, `use replicas: ${enough}, ${fix}`);
}

function candidateOf(share: number, total: number): number {
  return Math.round((share * total) / 100);
}

function isReached(share: number, total: number): boolean {
  const reached = (100 * candidateOf(share, total)) / total;
  return Math.abs(reached - share) <= TOLERANCE + 1e-9;
}
