import { backendServiceMissing as rule } from '../../../lib/rules/canary/backend-service-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HTTPRoute web: canary/backend-service-missing: spec.rules[0].backendRefs[0].name: there is no Service wev in namespace default, so that its share of the requests is answered with 500; use name: web',
  ]);
});

const service = (name: string, namespace: string) =>
  `---\n{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} } }\n`;

test('a Service of that name in another namespace needs that namespace and a grant', () => {
  expect(findingsOf(rule, rule.bad + service('wev', 'shop'))[0]).toMatch(
    /: spec\.rules\[0\]\.backendRefs\[0\]\.name: .*; add namespace: shop, and allow it by a ReferenceGrant there$/,
  );
});

test('one in the namespace of the route needs no grant', () => {
  const far = varied(rule.bad, 'name: wev,', 'name: web, namespace: shop,') + service('api', 'shop');
  expect(findingsOf(rule, far)).toEqual([
    expect.stringMatching(/there is no Service web in namespace shop, .*; add namespace: default$/),
  ]);
});

test('in a namespace without Services in the input nothing can be said', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: wev,', 'name: wev, namespace: shop,'))).toEqual([]);
});

test('other kinds are no Services', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: wev,', 'name: wev, kind: ServiceImport,'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'name: wev,', ''))).toEqual([]);
});

test('Flagger makes Services', () => {
  const flagger = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: wev } }
`;
  expect(findingsOf(rule, rule.bad + flagger)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(flagger, 'name: web }', 'name: web, namespace: shop }'))).toHaveLength(1);
});

test('a GRPCRoute has backends too', () => {
  expect(findingsOf(rule, varied(rule.bad, 'HTTPRoute', 'GRPCRoute'))).toHaveLength(1);
});
