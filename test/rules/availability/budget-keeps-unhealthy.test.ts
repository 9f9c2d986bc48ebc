import { KubernetesFeature, KubernetesVersion } from '../../../lib';
import { budgetKeepsUnhealthy as rule } from '../../../lib/rules/availability/budget-keeps-unhealthy';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget web: availability/budget-keeps-unhealthy: spec.unhealthyPodEvictionPolicy: IfHealthyBudget keeps pods that are not ready, so that an app that crashes blocks drains; use AlwaysAllow; with DisruptionGuard: UnhealthyPods.ALWAYS_EVICT',
  ]);
});

test.each(['', 'unhealthyPodEvictionPolicy: null'])('the default is IfHealthyBudget: "%s"', (policy) => {
  expect(findingsOf(rule, varied(rule.bad, 'unhealthyPodEvictionPolicy: IfHealthyBudget', policy))[0]).toContain(
    ': IfHealthyBudget keeps',
  );
});

test('workloads that keep state are left alone, also beside one that does not', () => {
  const stateful = varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet');
  expect(findingsOf(rule, stateful)).toEqual([]);
  expect(findingsOf(rule, `${rule.bad}---${stateful.slice(stateful.indexOf('---') + 3)}`)).toEqual([]);
});

test('a Rollout keeps no state', () => {
  const rollout = varied(varied(rule.bad, 'kind: Deployment', 'kind: Rollout'), 'apps/v1', 'argoproj.io/v1alpha1');
  expect(findingsOf(rule, rollout)).toHaveLength(1);
});

test('a budget that selects nothing is left to another rule', () => {
  expect(findingsOf(rule, varied(rule.bad, 'labels: { app: web }', 'labels: { app: api }'))).toEqual([]);
});

test('a release without the field cannot do better', () => {
  const supports = jest.spyOn(KubernetesVersion.prototype, 'supports').mockReturnValue(false);
  try {
    expect(findingsOf(rule, rule.bad)).toEqual([]);
    expect(supports).toHaveBeenCalledWith(KubernetesFeature.UNHEALTHY_POD_EVICTION);
  } finally {
    supports.mockRestore();
  }
});
