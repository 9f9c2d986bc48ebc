import { budgetOnSingleReplica as rule } from '../../../lib/rules/availability/budget-on-single-replica';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget web: availability/budget-on-single-replica: spec.minAvailable: 1 keeps the only pod, so that its node cannot be drained; run replicas: 2, or remove the budget',
  ]);
});

test.each([
  ['minAvailable: 1', 1, 1],
  ['minAvailable: 1%', 1, 1],
  ['minAvailable: 0', 1, 0],
  ['maxUnavailable: 0', 1, 1],
  ['maxUnavailable: 0%', 1, 1],
  ['maxUnavailable: 1%', 1, 0],
  ['minAvailable: 1', 2, 0],
  ['minAvailable: 2', 2, 0],
  ['minAvailable: 1', 0, 0],
])('%s of %i pods: %i findings', (limit, replicas, count) => {
  const yaml = varied(varied(rule.bad, 'minAvailable: 1', limit), 'replicas: 1', `replicas: ${replicas}`);
  expect(findingsOf(rule, yaml)).toHaveLength(count);
});

test('pods of a number that nobody chooses are not judged, nor are pods that are not there', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: DaemonSet'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'labels: { app: web }', 'labels: { app: api }'))).toEqual([]);
});
