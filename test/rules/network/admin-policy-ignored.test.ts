import { adminPolicyIgnored as rule } from '../../../lib/rules/network/admin-policy-ignored';
import { findingsOf } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'AdminNetworkPolicy closed: network/admin-policy-ignored: kind: Calico 3.32 does not read AdminNetworkPolicy, so that it does nothing; use kind: ClusterNetworkPolicy',
  ]);
  expect(findingsOf(rule, rule.good, { network: { calico: '3.31' } })).toEqual([
    "ClusterNetworkPolicy closed: network/admin-policy-ignored: kind: Calico 3.31 does not read ClusterNetworkPolicy, so that it does nothing; use a GlobalNetworkPolicy of Calico's own",
  ]);
});

test.each([
  ['3.28', 1],
  ['3.29', 0],
  ['3.31', 0],
  ['3.32', 1],
])('AdminNetworkPolicy with Calico %s: %d', (calico, found) => {
  expect(findingsOf(rule, rule.bad, { network: { calico } }).length).toBe(found);
});

test('without Calico another one may read them', () => {
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
});
