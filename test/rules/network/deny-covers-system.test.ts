import { denyCoversSystem as rule } from '../../../lib/rules/network/deny-covers-system';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    "GlobalNetworkPolicy default-deny: network/deny-covers-system: spec.selector: selects the pods of kube-system, calico-system, calico-apiserver, tigera-operator, and denies ingress and egress of theirs that no policy of its tier allows; use namespaceSelector: \"kubernetes.io/metadata.name not in { 'kube-system', 'calico-system', 'calico-apiserver', 'tigera-operator' }\"",
  ]);
});

test('those that are forgotten are named', () => {
  const some = varied(rule.good, "'kube-system', 'calico-system', ", "'kube-system', ");
  expect(findingsOf(rule, some)).toEqual([expect.stringContaining('selects the pods of calico-system, and denies')]);
});

test.each([
  ['types: [Ingress, Egress]', 'types: [Ingress]', 'denies ingress of theirs'],
  ['types: [Ingress, Egress]', 'types: [Egress]', 'denies egress of theirs'],
  ['types: [Ingress, Egress]', 'types: [Ingress, Egress]\n  ingress: [{ action: Allow }]', 'denies egress of theirs'],
  ['types: [Ingress, Egress]', 'types: [Ingress, Egress]\n  ingress: [{ action: Pass }]', 'denies egress of theirs'],
  [
    'types: [Ingress, Egress]',
    'types: [Ingress]\n  ingress: [{ action: Allow, protocol: TCP }]',
    'denies ingress of theirs',
  ],
  [
    'types: [Ingress, Egress]',
    'types: [Ingress]\n  ingress: [{ action: Allow, ipVersion: 4 }]',
    'denies ingress of theirs',
  ],
  [
    'types: [Ingress, Egress]',
    'types: [Ingress]\n  ingress: [{ action: Allow, notProtocol: UDP }]',
    'denies ingress of theirs',
  ],
  [
    'types: [Ingress, Egress]',
    'types: [Ingress]\n  ingress: [{ action: Allow, source: { nets: [10.0.0.0/8] } }]',
    'denies ingress of theirs',
  ],
  [
    'types: [Ingress, Egress]',
    'types: [Ingress]\n  ingress: [{ action: Allow, source: { selector: all() } }]',
    'denies ingress of theirs',
  ],
  ['types: [Ingress, Egress]', 'types: [Ingress]\n  ingress: [{ action: Deny }]', 'denies ingress of theirs'],
])('%j as %j: %s', (from, to, problem) => {
  expect(vary(from, to)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ['selector: all()', 'selector: has(app)'],
  ['types: [Ingress, Egress]', 'types: [Ingress]\n  ingress: [{ action: Allow }]'],
  ['types: [Ingress, Egress]', 'applyOnForward: true\n  preDNAT: true\n  types: [Ingress]'],
  [
    'kind: GlobalNetworkPolicy\nmetadata: { name: default-deny }',
    'kind: NetworkPolicy\nmetadata: { name: default-deny }',
  ],
  ['kind: GlobalNetworkPolicy', 'kind: StagedGlobalNetworkPolicy'],
])('%j as %j leaves them alone', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});
