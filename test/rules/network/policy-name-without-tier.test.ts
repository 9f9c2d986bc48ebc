import { policyNameWithoutTier as rule } from '../../../lib/rules/network/policy-name-without-tier';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: network/policy-name-without-tier: metadata.name: `web` does not begin with `apps.`, so that Calico 3.31 refuses the policy; use name: apps.web',
  ]);
});

test.each([
  ['3.27', 1],
  ['3.31', 1],
  ['3.32', 0],
])('Calico %s: %d', (calico, found) => {
  expect(findingsOf(rule, rule.bad, { network: { calico } }).length).toBe(found);
});

test('where nothing says which release there is, and in the default tier, any name will do', () => {
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'tier: apps', 'tier: default'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'tier: apps, ', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'name: web', 'name: appsweb')).length).toBe(1);
});
