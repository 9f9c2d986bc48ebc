import { routeNotManaged as rule } from '../../../lib/rules/canary/route-not-managed';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Rollout web: canary/route-not-managed: spec.strategy.canary.steps[0]';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.setHeaderRoute.name: testers is not in managedRoutes, which has others, so that Argo refuses the whole Rollout; add { name: testers } to spec.strategy.canary.trafficRouting.managedRoutes`,
  ]);
  expect(findingsOf(rule, varied(rule.bad, '        managedRoutes: [{ name: others }]\n', ''))).toEqual([
    expect.stringContaining('testers is not in managedRoutes, which are missing, so that'),
  ]);
});

test('a mirror needs its name there too', () => {
  expect(findingsOf(rule, varied(rule.bad, 'setHeaderRoute', 'setMirrorRoute'))).toEqual([
    expect.stringContaining(`${FIELD}.setMirrorRoute.name: `),
  ]);
});

test('a step that removes its route has to name it as well', () => {
  const removal = varied(rule.bad, ', match: [{ headerName: canary, headerValue: { exact: "1" } }]', '');
  expect(findingsOf(rule, removal)).toHaveLength(1);
  expect(findingsOf(rule, varied(removal, 'name: others', 'name: testers'))).toEqual([]);
});

test('one of several names is enough', () => {
  expect(findingsOf(rule, varied(rule.bad, '[{ name: others }]', '[{ name: others }, { name: testers }]'))).toEqual([]);
});

test('without a name, a step or a router', () => {
  expect(findingsOf(rule, varied(rule.bad, '{ name: testers, match', '{ match'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'setHeaderRoute: {', 'setHeaderRoute: null, other: {'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'setHeaderRoute: {', 'setWeight: 5, other: {'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'trafficRouting:', 'other:'))).toEqual([]);
});
