import { rolloutExceedsBudget as rule } from '../../../lib/rules/availability/rollout-exceeds-budget';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/rollout-exceeds-budget: spec.strategy.rollingUpdate.maxUnavailable: a roll-out may stop 2 of 3 pods, but budget web lets 1 go, so that it takes pods that the budget protects; set maxUnavailable to 0 and maxSurge to 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)',
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
  [3, '{ maxSurge: 0, maxUnavailable: 0 }', 0],
])('%i pods with %s: %i findings', (replicas, rolling, count) => {
  expect(findingsOf(rule, app(replicas, rolling))).toHaveLength(count);
});

test('of one pod a roll-out takes no part, whatever the budget keeps', () => {
  const strict = (replicas: number) =>
    varied(app(replicas, '{ maxSurge: 1, maxUnavailable: 1 }'), '\n  maxUnavailable: 1\n', '\n  maxUnavailable: 0\n');
  expect(findingsOf(rule, strict(1))).toEqual([]);
  expect(findingsOf(rule, strict(2))).toHaveLength(1);
});

test('without a budget, and where all pods are stopped on purpose, there is nothing to compare', () => {
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 2 } }', '{ type: Recreate }')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
});

test('an Argo Rollout that runs the template has a strategy of its own', () => {
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: run }
spec: { replicas: 3, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(rollout, 'name: web', 'name: api'))).toHaveLength(1);
});

test('a budget lets go what it lets go of all the pods that it covers', () => {
  const second = varied(rule.bad.slice(0, rule.bad.indexOf('---')), 'name: web }', 'name: api }');
  const both = (limit: string) => `${varied(rule.bad, '  maxUnavailable: 1\n', `  ${limit}\n`)}---${second}`;
  expect(findingsOf(rule, both('minAvailable: 4'))).toEqual([]);
  expect(findingsOf(rule, both('minAvailable: 5'))).toHaveLength(2);
  expect(
    findingsOf(
      rule,
      varied(
        both('minAvailable: 5'),
        'kind: Deployment\nmetadata: { name: api }',
        'kind: DaemonSet\nmetadata: { name: api }',
      ),
    ),
  ).toEqual([]);
});

test('two variants of one app are judged by the pods of both, and stop their own', () => {
  const variant = (name: string, replicas: number) =>
    varied(
      varied(
        rule.bad.slice(0, rule.bad.indexOf('---')),
        'metadata: { name: web }',
        `metadata: { name: ${name}, labels: { app.kubernetes.io/managed-by: cdk8s-patterns } }`,
      ),
      'labels: { app: web }',
      'labels: { app: web, app.kubernetes.io/instance: web }',
    ).replace('replicas: 3', `replicas: ${replicas}`);
  const budget = rule.bad.slice(rule.bad.indexOf('---'));
  const app = (stable: number, canary: number) => `${variant('web', stable)}---${variant('canary', canary)}${budget}`;
  expect(findingsOf(rule, app(2, 1))).toHaveLength(1);
  expect(findingsOf(rule, app(1, 1))).toEqual([]);
  expect(findingsOf(rule, app(3, 1))).toEqual([]);
});
