import { policySelectsHostNetwork as rule } from '../../../lib/rules/network/policy-selects-host-network';
import { findingsOf, varied } from '../../support/rules';

const AT =
  'DaemonSet agent: network/policy-selects-host-network: spec.template.spec.hostNetwork: the pods are in the network of their node, where';
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));
const calico = (kind: string, spec: string) => `${rule.bad.split('---')[0]}---
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { name: closed }
spec: { ${spec}, types: [Ingress] }
`;

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT} NetworkPolicy agent, which selects them by their labels, does not hold; remove hostNetwork, or fence the nodes: new HostFence(...)`,
  ]);
});

test.each([
  ['podSelector: { matchLabels: { app: agent } }', 'podSelector: {}'],
  ['podSelector: { matchLabels: { app: agent } }', 'podSelector: { matchLabels: { app: web } }'],
  [
    'kind: NetworkPolicy\nmetadata: { name: agent }',
    'kind: NetworkPolicy\nmetadata: { name: agent, namespace: other }',
  ],
])('%j as %j does not name them', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('policies of Calico are looked at too', () => {
  expect(findingsOf(rule, calico('GlobalNetworkPolicy', "selector: app == 'agent'"))).toEqual([
    expect.stringContaining('where GlobalNetworkPolicy closed,'),
  ]);
  expect(findingsOf(rule, calico('NetworkPolicy', "selector: app == 'agent'")).length).toBe(1);
  expect(findingsOf(rule, calico('GlobalNetworkPolicy', 'selector: all()'))).toEqual([]);
  expect(
    findingsOf(rule, calico('GlobalNetworkPolicy', "preDNAT: true, applyOnForward: true, selector: app == 'agent'")),
  ).toEqual([]);
});
