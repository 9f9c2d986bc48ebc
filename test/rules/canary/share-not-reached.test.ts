import { shareNotReached as rule } from '../../../lib/rules/canary/share-not-reached';
import { findingsOf, varied } from '../../support/rules';

const weight = (value: string, pods = '4') =>
  varied(varied(rule.bad, 'setWeight: 5', `setWeight: ${value}`), 'replicas: 4', `replicas: ${pods}`);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Rollout web: canary/share-not-reached: spec.strategy.canary.steps[0].setWeight: 5% of 4 pods is 0 of them, which is 0.0%; use replicas: 19, or trafficRouting',
  ]);
});

test('the number of pods in the fix makes all shares', () => {
  const steps = varied(rule.bad, '{ setWeight: 5 }', '{ setWeight: 5 }, { setWeight: 25 }');
  expect(findingsOf(rule, steps)).toEqual([expect.stringMatching(/steps\[0\].*use replicas: 20, or trafficRouting$/)]);
});

test.each([
  ['25', '4'],
  ['33', '3'],
  ['10', '19'],
  ['0', '4'],
  ['100', '7'],
])('%s%% of %s pods can be made, within half a point', (value, pods) => {
  const found = findingsOf(rule, weight(value, pods));
  expect(found).toEqual(value === '10' ? [expect.stringContaining('10% of 19 pods is 2 of them, which is 10.5%')] : []);
});

test.each(['60', '12', '49'])('%s%% of 4 pods is rounded', (value) => {
  expect(findingsOf(rule, weight(value)).length).toBe(1);
});

test.each(['"5"', '-5', '120', 'null'])('%s is no share, which another rule says', (value) => {
  expect(findingsOf(rule, weight(value))).toEqual([]);
});

test('a router divides the requests without regard to pods', () => {
  const routed = varied(
    rule.bad,
    'steps:',
    'trafficRouting: { istio: { virtualService: { name: web } } }\n      steps:',
  );
  expect(findingsOf(rule, routed)).toEqual([]);
});

test('nothing is said where the number of pods is not known', () => {
  expect(findingsOf(rule, varied(rule.bad, '  replicas: 4\n', ''))).toEqual([]);
  expect(findingsOf(rule, weight('5', '0'))).toEqual([]);
  const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web } }
`;
  expect(findingsOf(rule, rule.bad + scaler)).toEqual([]);
});
