import { rolloutWithoutSettling as rule } from '../../../lib/rules/app/rollout-without-settling';
import { findingsOf, varied } from '../../support/rules';

test('says how many pods are stopped one after the other', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: app/rollout-without-settling: spec.minReadySeconds: 0s, so that a pod counts that is ready for an instant, and the next of 3 pods is stopped; set minReadySeconds to 5; with WebApp: settles: Duration.seconds(5)',
  ]);
});

test('a missing minReadySeconds is 0, one second is enough', () => {
  expect(findingsOf(rule, varied(rule.bad, '  minReadySeconds: 0\n', ''))[0]).toContain(': 0s, so');
  expect(findingsOf(rule, varied(rule.bad, 'minReadySeconds: 0', 'minReadySeconds: 1'))).toEqual([]);
});

test.each([
  [2, 1],
  [1, 0],
  [0, 0],
  [20, 1],
])('%i replicas: %i findings; a single pod has no next one', (replicas, count) => {
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 3', `replicas: ${replicas}`))).toHaveLength(count);
});

test('Recreate waits for nobody', () => {
  expect(
    findingsOf(rule, varied(rule.bad, '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', '{ type: Recreate }')),
  ).toEqual([]);
});

test('a Deployment that no Service selects, or of another kind, is not judged', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'spec:\n  selector: { app: web }', 'spec:\n  selector: { app: other }')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
});
