import { hostPolicyWithoutHost as rule } from '../../../lib/rules/network/host-policy-without-host';
import { findingsOf, varied } from '../../support/rules';

const AT = 'GlobalNetworkPolicy node-port: network/host-policy-without-host';
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));
const [POLICY] = rule.bad.split('---');
const pods = `${POLICY}---
apiVersion: v1
kind: Pod
metadata: { name: cache, namespace: shop, labels: { role: egde } }
spec: { containers: [{ name: cache, image: "cache:1.0" }] }
`;

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}: spec.selector: selects none of the HostEndpoints n1-eth0, so that the policy does nothing there; use a label that a HostEndpoint bears`,
  ]);
});

test('hosts without the label at all are of another kind', () => {
  expect(vary('labels: { role: edge }', 'labels: { side: edge }')).toEqual([]);
});

test('without a HostEndpoint in the input there may be one elsewhere, unless pods bear the label', () => {
  expect(findingsOf(rule, POLICY as string)).toEqual([]);
  expect(findingsOf(rule, pods)).toEqual([
    `${AT}: spec.selector: selects the pods of shop/cache, and preDNAT does nothing for pods; remove preDNAT`,
  ]);
  const untracked = varied(pods, 'preDNAT', 'doNotTrack');
  expect(findingsOf(rule, untracked)).toEqual([
    `${AT}: spec.selector: selects the pods of shop/cache, and doNotTrack does nothing for pods; run them in the network of their nodes, and select its HostEndpoint`,
  ]);
  expect(findingsOf(rule, varied(pods, "role == 'egde'", 'all()'))).toEqual([]);
  expect(findingsOf(rule, varied(pods, "  selector: role == 'egde'\n", ''))).toEqual([]);
});

test.each(['namespaceSelector', 'serviceAccountSelector'])('%s is about pods', (key) => {
  const namespaced = varied(rule.good, '  preDNAT: true', `  ${key}: has(team)\n  preDNAT: true`);
  expect(findingsOf(rule, namespaced)).toEqual([
    `${AT}: spec.${key}: \`has(team)\` is about pods, and HostEndpoints have neither namespaces nor accounts, so that the policy does nothing; remove ${key}`,
  ]);
  expect(findingsOf(rule, varied(namespaced, 'has(team)', '""'))).toEqual([]);
  expect(findingsOf(rule, varied(namespaced, 'has(team)', "team != 'a'"))).toEqual([]);
});

test.each([
  ['  preDNAT: true\n', ''],
  ['  preDNAT: true\n', '  preDNAT: false\n'],
  ['kind: GlobalNetworkPolicy\nmetadata: { name: node-port }', 'kind: NetworkPolicy\nmetadata: { name: node-port }'],
])('%j as %j is about pods', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('one label of a host that the selector asks for makes it a slip', () => {
  expect(vary('labels: { role: edge }', 'labels: { role: edge, side: left }')).toHaveLength(1);
});

test('where there are hosts, pods with the label are another matter', () => {
  expect(findingsOf(rule, varied(pods, '---', `---${rule.bad.slice(rule.bad.indexOf('---') + 3)}---`))).toHaveLength(1);
  const others = varied(rule.bad, 'labels: { role: edge }', 'labels: { side: edge }');
  expect(findingsOf(rule, others + varied(pods, POLICY as string, ''))).toEqual([]);
});

test('pods without the label are not meant', () => {
  const other = `---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { role: web } }
spec: { containers: [{ name: web, image: "web:1.0" }] }
`;
  expect(findingsOf(rule, pods + other)).toEqual([
    expect.stringContaining('selects the pods of shop/cache, and preDNAT'),
  ]);
});
