// CR-1
import type { WorkloadFact } from '../../facts';
import { Severity } from '../../findings';
import { CANARY_PERCENT } from '../../values/annotations';
import { podsForShare, SHARE_TOLERANCE, smallestTotal } from '../../values/pod-share';
import type { RuleOf } from '../rule';
import { otherHalfOf, splitByPods } from './split-by-pods';

const asking = (percent: number) =>
  splitByPods('sessionAffinity: None').replace(
    'metadata: { name: web-canary }',
    `metadata: { name: web-canary, annotations: { ${CANARY_PERCENT}: "${percent}" } }`,
  );

export const shareMissedByPods: RuleOf<'workload'> = {
  id: 'canary/share-missed-by-pods',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Behind one Service and without routes, two Deployments get requests as they have pods: 1 of 4 is 25 %, whatever the plan says. The annotation
\`${CANARY_PERCENT}\` on the new version says what it is to have. The rule compares it with the pods of both, and accepts half a point of difference.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments'],
  bad: asking(5),
  good: asking(10),
  check: (target, world) => {
    const percent = Number(target.annotations[CANARY_PERCENT] ?? Number.NaN);
    const pods = target.writtenReplicas;
    if (!(percent > 0 && percent < 100) || pods === undefined || world.isScaled(target)) return [];
    const stable = otherHalfOf(target, world)?.other;
    const others = stable === undefined || world.isScaled(stable) ? undefined : stable.writtenReplicas;
    if (stable === undefined || others === undefined || pods + others === 0) return [];
    const reached = (100 * pods) / (pods + others);
    if (Math.abs(reached - percent) <= SHARE_TOLERANCE) return [];
    const problem = `${pods} of ${pods + others} pods, with ${others} of ${stable.name}, are ${reached.toFixed(1)}% of the requests, and ${CANARY_PERCENT} says ${percent}%`;
    return [{ field: 'spec.replicas', problem, fix: fixOf(percent, pods + others, stable) }];
  },
};

/** As many pods as there are, or more where those cannot make the share. */
function fixOf(percent: number, total: number, stable: WorkloadFact): string {
  const enough = smallestTotal([percent], total);
  if (enough === undefined) return 'use routes that divide the requests';
  const pods = podsForShare(percent, enough);
  return `use replicas: ${pods}, and replicas: ${enough - pods} for ${stable.name}`;
}
