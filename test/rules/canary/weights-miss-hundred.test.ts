import { weightsMissHundred as rule } from '../../../lib/rules/canary/weights-miss-hundred';
import { findingsOf, varied } from '../../support/rules';

const canary = (weight: string) => varied(rule.bad, 'weight: 20', weight);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/weights-miss-hundred: spec.http[0].route: the weights 90 and 20 sum to 110, so that 20 means 18.2%; let them sum to 100',
  ]);
});

test('a sum of 0 is refused by Istio', () => {
  const nothing = varied(canary('weight: 0'), 'weight: 90', 'weight: 0');
  expect(findingsOf(rule, nothing)).toEqual([
    'VirtualService web: canary/weights-miss-hundred: spec.http[0].route: the weights 0 and 0 sum to 0, which Istio refuses, since nobody gets a request; let them sum to 100',
  ]);
});

test.each(['weight: 10', 'weight: 10, headers: {}'])('%s makes 100', (weight) => {
  expect(findingsOf(rule, canary(weight))).toEqual([]);
});

test('a weight that is not written is none', () => {
  expect(findingsOf(rule, varied(rule.bad, ', weight: 20', ''))[0]).toContain(
    'the weights 90 and 0 sum to 90, so that 0 means 0%',
  );
});

test('a single destination has all requests, whatever its weight', () => {
  const single = varied(rule.bad, '      - { destination: { host: web-canary }, weight: 20 }', '');
  expect(findingsOf(rule, single)).toEqual([]);
});

const ROLLOUT = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy: { canary: { trafficRouting: { istio: { virtualService: { name: NAME } } } } }
`;
const CANARY = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: NAME }
spec: { provider: istio, targetRef: { kind: Deployment, name: NAME }, service: { port: 80 } }
`;

test.each([
  ['Argo Rollouts', ROLLOUT],
  ['Flagger', CANARY],
])('%s writes weights of its own', (_, releaser) => {
  expect(findingsOf(rule, rule.bad + releaser.replaceAll('NAME', 'web'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + releaser.replaceAll('NAME', 'other')).length).toBe(1);
});
