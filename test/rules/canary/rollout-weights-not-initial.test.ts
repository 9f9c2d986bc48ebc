import { rolloutWeightsNotInitial as rule } from '../../../lib/rules/canary/rollout-weights-not-initial';
import { findingsOf, varied } from '../../support/rules';

const FIELD =
  'Rollout web: canary/rollout-weights-not-initial: spec.strategy.canary.trafficRouting.istio.virtualService.routes[0]';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: spec.http[0].route[1].weight of VirtualService web is 20 for the new pods, so that each apply during a release sends them that share; write weight: 100 for the stable pods and weight: 0 for the new ones`,
  ]);
});

test('a weight that is not written is 0', () => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web-canary }, weight: 20', 'host: web-canary }'))).toEqual([]);
});

test('what goes elsewhere is of no interest', () => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web-canary', 'host: web-experiment'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'routes: [primary]', 'routes: [other]'))).toEqual([]);
});

const subsets = varied(
  varied(
    rule.bad,
    'routes: [primary] }',
    'routes: [primary] }, destinationRule: { name: web, stableSubsetName: v1, canarySubsetName: v2 }',
  ),
  'host: web-canary }',
  'host: web, subset: v2 }',
);

test('with a DestinationRule the subset counts, not the Service', () => {
  expect(findingsOf(rule, subsets)).toHaveLength(1);
  expect(findingsOf(rule, varied(subsets, 'subset: v2', 'subset: v3'))).toEqual([]);
  expect(findingsOf(rule, varied(subsets, 'host: web, subset: v2', 'host: web-canary'))).toEqual([]);
  expect(findingsOf(rule, varied(subsets, ', canarySubsetName: v2', ''))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(varied(subsets, ', canarySubsetName: v2', ''), 'host: web, subset: v2', 'host: web-canary'),
    ),
  ).toEqual([]);
});

test('without a Service, and with Services that change roles, nobody knows which are the new pods', () => {
  expect(findingsOf(rule, varied(rule.bad, 'canaryService: web-canary, ', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'canaryService:', 'pingPong: {}, canaryService:'))).toEqual([]);
});
