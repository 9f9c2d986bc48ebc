import { hostEndpointBeforePolicies as rule } from '../../../lib/rules/network/host-endpoint-before-policies';
import { findingsOf, varied } from '../../support/rules';

const WAVE = 'argocd.argoproj.io/sync-wave';
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));
const policyIn = (wave: string) =>
  varied(rule.bad, 'metadata: { name: hosts }', `metadata: { name: hosts, annotations: { ${WAVE}: "${wave}" } }`);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `HostEndpoint n1-eth0: network/host-endpoint-before-policies: metadata.annotations[${WAVE}]: is applied in wave -1, and GlobalNetworkPolicy hosts, which opens the interface, in wave 0, so that the node is cut off in between; use ${WAVE}: "1"`,
  ]);
});

test('the latest policy counts, and what is no wave is none', () => {
  expect(findingsOf(rule, policyIn('4'))).toEqual([expect.stringContaining(`use ${WAVE}: "5"`)]);
  expect(findingsOf(rule, policyIn('-1'))).toEqual([]);
  expect(findingsOf(rule, policyIn('-2'))).toEqual([]);
  expect(findingsOf(rule, policyIn('soon'))).toEqual([expect.stringContaining('in wave 0')]);
  expect(vary('"-1"', '"0"')).toEqual([]);
});

test.each([
  ["selector: role == 'edge'", "selector: role == 'other'"],
  ['  types: [Ingress, Egress]', '  preDNAT: true\n  types: [Ingress, Egress]'],
])('%j as %j does not open it', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});
