import { stableScaleBesideDelay as rule } from '../../../lib/rules/canary/stable-scale-beside-delay';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Rollout web: canary/stable-scale-beside-delay: spec.strategy.canary.dynamicStableScale: takes old pods away during the release, which scaleDownDelaySeconds: 30 keeps until after it, so that Argo refuses the whole Rollout; remove one of the two',
  ]);
});

test.each([
  ['dynamicStableScale: true', 'dynamicStableScale: false', 0],
  ['scaleDownDelaySeconds: 30', 'scaleDownDelaySeconds: null', 0],
  ['scaleDownDelaySeconds: 30', 'scaleDownDelaySeconds: 0', 1],
])('%s -> %s: %i findings', (from, to, count) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toHaveLength(count);
});

test('without a router both are refused for another reason', () => {
  expect(findingsOf(rule, varied(rule.bad, 'trafficRouting: { nginx: { stableIngress: web } }', 'steps: []'))).toEqual(
    [],
  );
});
