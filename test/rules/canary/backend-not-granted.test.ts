import { backendNotGranted as rule } from '../../../lib/rules/canary/backend-not-granted';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HTTPRoute web: canary/backend-not-granted: spec.rules[0].backendRefs[0].namespace: no ReferenceGrant in namespace shop lets HTTPRoutes of namespace default lead to Service web, so that its share of the requests is answered with 500; add a ReferenceGrant in namespace shop with from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }], to: [{ group: "", kind: Service, name: web }]',
  ]);
});

test.each([
  ['from another namespace', 'namespace: default }]', 'namespace: ops }]'],
  ['to another Service', 'kind: Service, name: web', 'kind: Service, name: api'],
  [
    'in another namespace',
    'kind: ReferenceGrant\nmetadata: { name: web, namespace: shop }',
    'kind: ReferenceGrant\nmetadata: { name: web, namespace: ops }',
  ],
])('a grant %s is none', (_, from, to) => {
  expect(findingsOf(rule, varied(rule.good, from, to))).toHaveLength(1);
});

test('a grant for all Services is one', () => {
  expect(findingsOf(rule, varied(rule.good, 'kind: Service, name: web', 'kind: Service'))).toEqual([]);
});

const SERVICE = 'kind: Service\nmetadata';

test('where the input has nothing of that namespace, the grant may be elsewhere too', () => {
  expect(findingsOf(rule, varied(rule.bad, SERVICE, 'kind: Other\nmetadata'))).toEqual([]);
  const pods = '---\n{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a, namespace: shop } }';
  expect(findingsOf(rule, varied(rule.bad, SERVICE, 'kind: Other\nmetadata') + pods)).toHaveLength(1);
});

test('in its own namespace a route needs no grant', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: web, namespace: shop, port', 'name: web, port'))).toEqual([]);
  const moved = varied(rule.bad, 'metadata: { name: web }', 'metadata: { name: web, namespace: shop }');
  expect(findingsOf(rule, moved)).toEqual([]);
});

test('other kinds are another matter', () => {
  expect(findingsOf(rule, varied(rule.bad, 'backendRefs: [{', 'backendRefs: [{ kind: ServiceImport,'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'backendRefs: [{ name: web,', 'backendRefs: [{'))).toEqual([]);
});
