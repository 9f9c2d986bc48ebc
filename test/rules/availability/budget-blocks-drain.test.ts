import { budgetBlocksDrain as rule } from '../../../lib/rules/availability/budget-blocks-drain';
import { findingsOf, varied } from '../../support/rules';

test('says how many stay of how many', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget web: availability/budget-blocks-drain: spec.minAvailable: 2 keeps 2 of 2 pods, so that no node under them can be drained; use maxUnavailable: 1 (with DisruptionGuard: evictable: CountOrPercent.count(1)), or run replicas: 3',
  ]);
});

test('more replicas are no cure for a percentage, nor for maxUnavailable', () => {
  const only = /; use maxUnavailable: 1 \(with DisruptionGuard: evictable: CountOrPercent\.count\(1\)\)$/;
  expect(findingsOf(rule, budget(3, 'minAvailable: 90%'))[0]).toMatch(only);
  expect(findingsOf(rule, budget(3, 'maxUnavailable: 0'))[0]).toMatch(
    /: spec\.maxUnavailable: 0 keeps 3 of 3 pods, .*; use maxUnavailable: 1 \(with DisruptionGuard: evictable: CountOrPercent\.count\(1\)\)$/,
  );
});

const budget = (replicas: number, limit: string) =>
  varied(varied(rule.bad, 'replicas: 2', `replicas: ${replicas}`), 'minAvailable: 2', limit);

test.each([
  [3, 'minAvailable: 2', 0],
  [3, 'minAvailable: 3', 1],
  [3, 'minAvailable: 4', 1],
  [3, 'minAvailable: 66%', 0],
  [3, 'minAvailable: 67%', 1],
  [10, 'minAvailable: 90%', 0],
  [10, 'minAvailable: 91%', 1],
  [2, 'maxUnavailable: 0', 1],
  [2, 'maxUnavailable: 0%', 1],
  [2, 'maxUnavailable: 1%', 0],
  [2, 'maxUnavailable: 1', 0],
])('%i replicas with %s: %i findings', (replicas, limit, count) => {
  expect(findingsOf(rule, budget(replicas, limit))).toHaveLength(count);
});

test('one pod is spoken of by availability/budget-on-single-replica, none cannot be evicted', () => {
  expect(findingsOf(rule, budget(1, 'minAvailable: 1'))).toEqual([]);
  expect(findingsOf(rule, budget(0, 'minAvailable: 1'))).toEqual([]);
});

const scaled = (min: number) => `${varied(rule.bad, '  replicas: 2\n', '')}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: ${min}
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 10 } } }]
`;

test("an autoscaler's minimum is the count that matters", () => {
  expect(findingsOf(rule, scaled(2))).toHaveLength(1);
  expect(findingsOf(rule, scaled(3))).toEqual([]);
});

test('a budget over two Deployments counts the pods of both', () => {
  const second = varied(rule.bad.slice(0, rule.bad.indexOf('---')), 'name: web', 'name: web-canary');
  expect(findingsOf(rule, `${second}---${rule.bad}`)).toEqual([]);
});

test('pods of a number that nobody chooses are not judged', () => {
  const daemon = varied(varied(rule.bad, 'kind: Deployment', 'kind: DaemonSet'), '  replicas: 2\n', '');
  expect(findingsOf(rule, daemon)).toEqual([]);
});

const ARGO = 'argoproj.io/v1alpha1\nkind: Rollout';

test('the pods of a Rollout are counted by its replicas', () => {
  const own = (yaml: string) => varied(yaml, 'apps/v1\nkind: Deployment', ARGO);
  expect(findingsOf(rule, own(rule.bad))).toHaveLength(1);
  expect(findingsOf(rule, own(budget(3, 'minAvailable: 2')))).toEqual([]);
});

test('where the Rollout takes its template from a Deployment, its replicas count, not those of the Deployment', () => {
  const borrowing = (replicas: number) =>
    `apiVersion: ${ARGO}\nmetadata: { name: web }\nspec: { replicas: ${replicas}, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }\n---`;
  expect(findingsOf(rule, borrowing(2) + budget(0, 'minAvailable: 2'))).toEqual([
    expect.stringContaining('keeps 2 of 2 pods'),
  ]);
  expect(findingsOf(rule, borrowing(3) + rule.bad)).toEqual([]);
});
