import { ruleNeverAsked as rule } from '../../../lib/rules/network/rule-never-asked';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));
const inOne = (rules: string) => `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: web }
spec: { selector: "app == 'web'", types: [Ingress], ingress: [${rules}] }
`;

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy open: network/rule-never-asked: spec.ingress[0]: is never asked: NetworkPolicy closed selects the same, comes first with order 100, and decides about everything; use an order below 100',
  ]);
});

test('within a policy the first rule that matches decides', () => {
  expect(findingsOf(rule, inOne('{ action: Deny }, { action: Allow, protocol: TCP }'))).toEqual([
    'GlobalNetworkPolicy web: network/rule-never-asked: spec.ingress[1]: comes after spec.ingress[0], which decides about everything, so that it is never asked; move it before spec.ingress[0]',
  ]);
  expect(findingsOf(rule, inOne('{ action: Allow, protocol: TCP }, { action: Deny }'))).toEqual([]);
  expect(findingsOf(rule, inOne('{ action: Log }, { action: Deny }'))).toEqual([]);
  expect(findingsOf(rule, inOne('{ action: Pass }, { action: Deny }'))).toEqual([]);
});

test.each([
  ['{ action: Deny }', '{ action: Deny, protocol: UDP }'],
  ['{ action: Deny }', '{ action: Deny, notProtocol: UDP }'],
  ['{ action: Deny }', '{ action: Deny, ipVersion: 6 }'],
  ['{ action: Deny }', '{ action: Deny, source: { nets: [203.0.113.0/24] } }'],
  ['{ action: Deny }', '{ action: Deny, destination: { notPorts: [80], ports: [1] }, protocol: TCP }'],
  ['{ action: Deny }', '{ action: Pass }'],
  ['{ action: Deny }', '{ action: Allow }'],
  ['metadata: { name: closed }', 'metadata: { name: closed, namespace: other }'],
  [
    "metadata: { name: closed }\nspec:\n  order: 100\n  selector: app == 'web'",
    "metadata: { name: closed }\nspec:\n  order: 100\n  selector: app == 'api'",
  ],
  ['metadata: { name: closed }\nspec:\n', 'metadata: { name: closed }\nspec:\n  tier: apps\n'],
  ['order: 100', 'order: 200'],
])('%j as %j leaves something to ask', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('a policy of all pods comes before one of some', () => {
  const all = varied(rule.bad, "order: 100\n  selector: app == 'web'", 'order: 100\n  selector: all()');
  expect(findingsOf(rule, all).length).toBe(1);
  const everywhere = varied(
    all,
    'kind: NetworkPolicy\nmetadata: { name: closed }',
    'kind: GlobalNetworkPolicy\nmetadata: { name: closed }',
  );
  expect(findingsOf(rule, everywhere).length).toBe(1);
  expect(
    findingsOf(rule, varied(everywhere, 'selector: all()', 'namespaceSelector: has(team)\n  selector: all()')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, "order: 100\n  selector: app == 'web'\n", 'order: 100\n')).length).toBe(1);
});

test('another hook is asked at another time', () => {
  const hosts = (flags: string) => `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: early }
spec: { order: 1, applyOnForward: true, ${flags}selector: "role == 'edge'", types: [Ingress], ingress: [{ action: Deny }] }
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: late }
spec: { order: 2, selector: "role == 'edge'", types: [Ingress], ingress: [{ action: Allow, protocol: TCP }] }
`;
  expect(findingsOf(rule, hosts('preDNAT: true, '))).toEqual([]);
  expect(findingsOf(rule, hosts('')).length).toBe(1);
});

test('policies of Kubernetes select by other words, and are not compared', () => {
  const open = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: open }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{}] }
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: late }
spec: { order: 2000, selector: "app == 'web'", types: [Ingress], ingress: [{ action: Deny, protocol: UDP }] }
`;
  expect(findingsOf(rule, open)).toEqual([]);
});
