import { invalid } from '../../values/invalid';
import { podsForShare, reachedShare, SHARE_TOLERANCE, smallestTotal } from '../../values/pod-share';
import type { Pods, Release } from './engine';

/** The pods of both versions where their number makes the share. */
export function podsByShare({ app }: Release, share: number): Pods {
  const total = app.pods ?? 1;
  const candidate = podsForShare(share, total);
  return { stable: total - candidate, candidate };
}

/** Refuses a plan whose shares the pods cannot make. */
export function checkPodShares({ app, plan }: Release): void {
  // Manifests that are made elsewhere say how many there are
  if (app.pods === undefined) return;
  const total = app.pods;
  const shares = plan.phases.map(({ percent }) => percent);
  const missed = shares.find((share) => smallestTotal([share], total) !== total);
  if (missed === undefined) return;
  const problem = `${missed}% of ${total} pods is ${podsForShare(missed, total)} of them, which is ${reachedShare(missed, total)}%, and a share may be missed by ${SHARE_TOLERANCE} points`;
  const fix =
    'or an engine whose share does not depend on the number of pods: CanaryEngine.istio(), CanaryEngine.gatewayApi()';
  throw invalid('plan', problem, `use replicas: ${smallestTotal(shares)}, ${fix}`);
}
