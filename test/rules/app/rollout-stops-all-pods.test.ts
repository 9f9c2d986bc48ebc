import { rolloutStopsAllPods as rule } from '../../../lib/rules/app/rollout-stops-all-pods';
import { findingsOf, varied } from '../../support/rules';

const line = (cause: string, pods: number) =>
  `Deployment web: app/rollout-stops-all-pods: spec.strategy.rollingUpdate.maxUnavailable: ${cause} lets a roll-out stop all ${pods} pods before a new one is ready, so that nobody answers; set maxUnavailable to 0 and maxSurge to 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)`;

test('says how many pods are all', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('100%', 4)]);
});

const rolling = (replicas: number, maxUnavailable: string, maxSurge: string) =>
  varied(
    varied(rule.bad, 'maxSurge: 1, maxUnavailable: 100%', `maxSurge: ${maxSurge}, maxUnavailable: ${maxUnavailable}`),
    'replicas: 4',
    `replicas: ${replicas}`,
  );

test.each([
  [4, '4', '1', 1],
  [4, '5', '1', 1],
  [4, '3', '1', 0],
  [4, '99%', '1', 0],
  [2, '100%', '1', 1],
  [2, '99%', '1', 0],
  [2, '1', '0', 0],
  [1, '1', '1', 0],
  [0, '100%', '1', 0],
  [200, '100%', '25%', 1],
])('%i replicas, maxUnavailable %s, maxSurge %s: %i findings', (replicas, maxUnavailable, maxSurge, count) => {
  expect(findingsOf(rule, rolling(replicas, maxUnavailable, maxSurge))).toHaveLength(count);
});

test("Recreate is somebody's decision, not a slip", () => {
  const recreate = varied(rule.bad, '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 100% } }', '{ type: Recreate }');
  expect(findingsOf(rule, recreate)).toEqual([]);
});

test('a Deployment that no Service selects, or of another kind, is not judged', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'spec:\n  selector: { app: web }', 'spec:\n  selector: { app: other }')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
});

test('an autoscaler that goes down to two pods makes two of them all', () => {
  const scaler = (min: number) => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { minReplicas: ${min}, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
  expect(findingsOf(rule, rolling(9, '2', '1') + scaler(2))).toEqual([line('2', 2)]);
  expect(findingsOf(rule, rolling(9, '2', '1') + scaler(3))).toEqual([]);
});

test('a canary that stops altogether leaves the stable pods', () => {
  const managed = (name: string) =>
    varied(
      varied(
        rule.bad.slice(0, rule.bad.indexOf('---')),
        'metadata: { name: web }',
        `metadata: { name: ${name}, labels: { app.kubernetes.io/managed-by: cdk8s-patterns } }`,
      ),
      '    metadata: { labels: { app: web } }',
      '    metadata: { labels: { app: web, app.kubernetes.io/instance: web } }',
    );
  const service = rule.bad.slice(rule.bad.indexOf('---'));
  expect(findingsOf(rule, managed('web') + service)).toHaveLength(1);
  expect(findingsOf(rule, `${managed('web')}---${managed('web-canary')}${service}`)).toEqual([]);
});
