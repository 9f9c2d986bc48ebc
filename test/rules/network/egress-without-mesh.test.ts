import { egressWithoutMesh as rule } from '../../../lib/rules/network/egress-without-mesh';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: network/egress-without-mesh: spec.template.metadata.labels: the pods may connect to what NetworkPolicy web allows, which is not port 15012 of istiod, so that their proxy gets no certificate and they never become ready; add to the egress of a policy: { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-system } } }], ports: [{ port: 15012 }] }',
  ]);
});

test('a proxy in pods that may connect to nothing gets no certificate either', () => {
  const closed = varied(rule.bad, /egress:\n.*/.exec(rule.bad)?.[0] ?? '', 'egress: []');
  expect(findingsOf(rule, closed)).toHaveLength(1);
});

test.each([
  ['{ port: 15012, protocol: UDP }', 1],
  ['{ port: 15010 }', 1],
  ['{ port: 15000, endPort: 15100 }', 0],
  ['{ port: tls-xds }', 0],
  ['{ port: tls }', 1],
  ['{ protocol: TCP }', 0],
])('with the port %s: %i findings', (port, count) => {
  expect(findingsOf(rule, varied(rule.good, '{ port: 15012 }', port))).toHaveLength(count);
});

test('all ports of the own namespace lead to istiod only there', () => {
  const own = varied(rule.bad, /- ports: .*/.exec(rule.bad)?.[0] ?? '', '- to: [{ podSelector: {} }]');
  expect(findingsOf(rule, own)).toHaveLength(1);
  expect(findingsOf(rule, varied(own, '{ name: web }', '{ name: web, namespace: istio-system }'))).toEqual([]);
  expect(findingsOf(rule, varied(own, 'podSelector: {}', 'namespaceSelector: {}'))).toEqual([]);
});

test('only pods that surely have a proxy need istiod', () => {
  const inject = ', sidecar.istio.io/inject: "true"';
  expect(findingsOf(rule, varied(rule.bad, inject, ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '"true"', '"false"'))).toEqual([]);
});

test('a policy on ingress alone fences no egress', () => {
  expect(findingsOf(rule, varied(rule.bad, '[Egress]', '[Ingress]'))).toEqual([]);
});

const AMBIENT = `
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - ports: [{ port: 443 }]
    - to: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: 5432 }]
`;

test('between pods of a mesh without sidecars another port is needed', () => {
  expect(findingsOf(rule, AMBIENT)).toEqual([
    'Deployment web: network/egress-without-mesh: spec.template.metadata.labels: the pods may connect to others of their namespace by the ports of the apps, but the mesh carries all of that through port 15008, which is not allowed, so that it is dropped; add { port: 15008 } to spec.egress[1].ports of NetworkPolicy web',
  ]);
});

test.each([
  ['{ port: 5432 }', '{ port: 5432 }, { port: 15008 }', 0],
  ['{ port: 5432 }', '{ port: 5432 }, { port: 15008, protocol: UDP }', 1],
  ['{ port: 443 }', '{ port: 15008 }', 0],
  ['\n      ports: [{ port: 5432 }]', '', 0],
  ['{ podSelector: { matchLabels: { app: db } } }', '{ ipBlock: { cidr: 10.0.0.0/8 } }', 0],
  ['{ podSelector: { matchLabels: { app: db } } }', '{ namespaceSelector: {}, podSelector: {} }', 0],
  ['{ podSelector: { matchLabels: { app: db } } }', '{ namespaceSelector: {} }, { podSelector: {} }', 1],
])('with %j written as %j: %i findings', (from, to, count) => {
  expect(findingsOf(rule, varied(AMBIENT, from, to))).toHaveLength(count);
});

test('others of the namespace are in the mesh only if the namespace is', () => {
  const alone = varied(AMBIENT, 'labels: { app: web }', 'labels: { app: web, istio.io/dataplane-mode: ambient }');
  expect(findingsOf(rule, alone)).toHaveLength(1);
  expect(
    findingsOf(rule, varied(alone, 'name: default, labels: { istio.io/dataplane-mode: ambient }', 'name: default')),
  ).toEqual([]);
  expect(findingsOf(rule, alone.slice(alone.indexOf('---')))).toEqual([]);
});

test('what is named is the first policy that opens such pods', () => {
  const second = varied(
    AMBIENT.slice(AMBIENT.lastIndexOf('---')),
    'metadata: { name: web }',
    'metadata: { name: more }',
  );
  const closed = varied(AMBIENT, /egress:\n[\s\S]*/.exec(AMBIENT)?.[0] ?? '', 'egress: []\n');
  expect(findingsOf(rule, closed)).toEqual([]);
  expect(findingsOf(rule, closed + second)).toEqual([expect.stringMatching(/ports of NetworkPolicy more$/)]);
});
