import { rolloutExceedsBudget as rule } from '../../../lib/rules/availability/rollout-exceeds-budget';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/rollout-exceeds-budget: spec.strategy.rollingUpdate.maxUnavailable: a roll-out may stop 2 of 3 pods, but budget web lets only 1 go; set maxUnavailable to 0 and maxSurge to 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)',
  ]);
});

const app = (replicas: number, rolling: string) =>
  varied(varied(rule.bad, 'replicas: 3', `replicas: ${replicas}`), '{ maxSurge: 1, maxUnavailable: 2 }', rolling);

test.each([
  [1, '{ maxSurge: 1, maxUnavailable: 1 }', 0],
  [2, '{ maxSurge: 1, maxUnavailable: 2 }', 1],
  [2, '{ maxSurge: 1, maxUnavailable: 1 }', 0],
  [3, '{ maxSurge: 1, maxUnavailable: 67% }', 1],
  [3, '{ maxSurge: 1, maxUnavailable: 66% }', 0],
  [4, '{ maxSurge: 1, maxUnavailable: 3 }', 0],
])('%i pods with %s: %i findings', (replicas, rolling, count) => {
  expect(findingsOf(rule, app(replicas, rolling))).toHaveLength(count);
});

test('without a budget, and where all pods are stopped on purpose, there is nothing to compare', () => {
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 2 } }', '{ type: Recreate }')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
});
