import { egressWithoutDns as rule } from '../../../lib/rules/network/egress-without-dns';
import { findingsOf, varied } from '../../support/rules';

const FIX =
  '; add to the egress of a policy: { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }], ports: ';
const UDP = '{ port: 53, protocol: UDP }';
const TCP = '{ port: 53, protocol: TCP }';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `Deployment web: network/egress-without-dns: spec.template.metadata.labels: the pods may connect to what NetworkPolicy web allows, which is not port 53 of the DNS server, so that they find nobody by name${FIX}[${UDP}, ${TCP}] }`,
  ]);
});

test('one protocol is not enough', () => {
  expect(findingsOf(rule, varied(rule.good, `, ${TCP}`, ''))).toEqual([
    `Deployment web: network/egress-without-dns: spec.template.metadata.labels: the pods may connect to what NetworkPolicy web allows, which is port 53 over UDP but not over TCP, by which they ask again for a long answer, so that names with many addresses are not found${FIX}[${TCP}] }`,
  ]);
  expect(findingsOf(rule, varied(rule.good, `${UDP}, `, ''))).toEqual([
    `Deployment web: network/egress-without-dns: spec.template.metadata.labels: the pods may connect to what NetworkPolicy web allows, which is port 53 over TCP but not over UDP, by which they ask first, so that they find nobody by name${FIX}[${UDP}] }`,
  ]);
});

const policy = (name: string, spec: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name} }
spec: ${spec}
`;

test('policies add up, and a workload has one finding', () => {
  const deny = policy('deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }');
  const dns = policy('dns', `{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [${UDP}, ${TCP}] }] }`);
  expect(findingsOf(rule, rule.bad + dns)).toEqual([]);
  expect(findingsOf(rule, rule.bad + deny)).toEqual([
    expect.stringContaining('what NetworkPolicy web, NetworkPolicy deny allows'),
  ]);
  expect(
    findingsOf(rule, rule.bad + varied(dns, 'podSelector: {}', 'podSelector: { matchLabels: { app: api } }')),
  ).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + varied(dns, '[Egress]', '[Ingress]'))).toHaveLength(1);
});

const TO_DB = '{ podSelector: { matchLabels: { app: db } } }';

test('pods that may connect to nothing, or to addresses alone, are meant to be closed', () => {
  const rules = /\n {4}- to: [\s\S]*5432 }\]\n/.exec(rule.bad)?.[0] ?? '';
  expect(findingsOf(rule, varied(rule.bad, `egress:${rules}`, 'egress: []\n'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, TO_DB, '{ ipBlock: { cidr: 10.0.0.0/8 } }'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, TO_DB, '{ namespaceSelector: {} }'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, `- to: [${TO_DB}]\n      ports:`, '- ports:'))).toHaveLength(1);
});

test.each([
  [TO_DB, 1],
  ['{ namespaceSelector: {}, podSelector: {} }', 0],
  ['{ namespaceSelector: { matchLabels: { team: a } } }', 0],
  ['{ ipBlock: { cidr: 0.0.0.0/0 } }, { podSelector: {} }', 0],
])('all ports of %s: %i findings, since DNS may be among them or not', (peer, count) => {
  const open = varied(varied(rule.bad, TO_DB, peer), '\n      ports: [{ port: 5432 }]', '');
  expect(findingsOf(rule, open)).toHaveLength(count);
});

test.each([
  [`${UDP}, ${TCP}`, 0],
  ['{ port: 5353, protocol: UDP }, { port: 5353 }', 0],
  ['{ port: 8053, protocol: UDP }, { port: 8053 }', 0],
  ['{ port: dns, protocol: UDP }, { port: dns-tcp }', 0],
  ['{ port: domain, protocol: UDP }, { port: domain }', 0],
  ['{ protocol: UDP }, {}', 1],
  ['{ port: 53, protocol: SCTP }', 1],
])('the ports %s of pods of its namespace: %i findings', (ports, count) => {
  expect(findingsOf(rule, varied(rule.bad, '{ port: 5432 }', ports))).toHaveLength(count);
});

test('where the DNS server lies, all ports of the namespace are enough', () => {
  const open = varied(rule.bad, '\n      ports: [{ port: 5432 }]', '');
  const inNamespace = (name: string) => varied(open, '{ name: web }', `{ name: web, namespace: ${name} }`);
  expect(findingsOf(rule, inNamespace('kube-system'))).toEqual([]);
  expect(findingsOf(rule, inNamespace('kube-systems'))).toHaveLength(1);
});

test.each([
  ['dnsPolicy: None', 0],
  ['dnsPolicy: Default', 0],
  ['dnsPolicy: ClusterFirst', 1],
  ['dnsPolicy: 7', 1],
  ['hostNetwork: true', 0],
  ['hostNetwork: false', 1],
])('with %s: %i findings', (field, count) => {
  expect(
    findingsOf(rule, varied(rule.bad, 'spec:\n      containers', `spec:\n      ${field}\n      containers`)),
  ).toHaveLength(count);
});

test("the node's proxy of a mesh answers for the names of the cluster", () => {
  const labels = (label: string) => varied(rule.bad, 'labels: { app: web }', `labels: { app: web, ${label} }`);
  expect(findingsOf(rule, labels('istio.io/dataplane-mode: ambient'))).toEqual([]);
  expect(findingsOf(rule, labels('sidecar.istio.io/inject: "true"'))).toHaveLength(1);
});

test('a Rollout without a template of its own has no pods', () => {
  const rollout =
    '\n---\n{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: r }, spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } } }';
  expect(
    findingsOf(rule, varied(rule.bad, 'podSelector: { matchLabels: { app: web } }', 'podSelector: {}') + rollout),
  ).toHaveLength(1);
});
