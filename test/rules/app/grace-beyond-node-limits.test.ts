import { graceBeyondNodeLimits as rule } from '../../../lib/rules/app/grace-beyond-node-limits';
import { findingsOf, varied } from '../../support/rules';

test('says how long the autoscaler waits', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment encoder: app/grace-beyond-node-limits: spec.template.spec.terminationGracePeriodSeconds: 3600s, but the cluster autoscaler waits 600s by default, so that the pod is cut off there; set terminationGracePeriodSeconds to 600 or less, or annotate the pod with cluster-autoscaler.kubernetes.io/safe-to-evict: "false"',
  ]);
});

test('600 seconds are waited for, 601 are not', () => {
  expect(findingsOf(rule, varied(rule.bad, '3600', '600'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '3600', '601'))).toHaveLength(1);
});

test('a missing grace is short', () => {
  expect(findingsOf(rule, varied(rule.bad, 'terminationGracePeriodSeconds: 3600', 'hostNetwork: false'))).toEqual([]);
});

test('a pod that the autoscaler must not evict is not cut off', () => {
  const evictable = (value: string) =>
    varied(
      rule.bad,
      'labels: { app: encoder } }\n',
      `labels: { app: encoder }, annotations: { cluster-autoscaler.kubernetes.io/safe-to-evict: "${value}" } }\n`,
    );
  expect(findingsOf(rule, evictable('false'))).toEqual([]);
  expect(findingsOf(rule, evictable('true'))).toHaveLength(1);
});
