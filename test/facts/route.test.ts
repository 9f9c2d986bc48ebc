import type { RouteFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

test.each([
  ['networking.k8s.io/v1', 'Ingress', 1],
  ['networking.k8s.io/v1beta1', 'Ingress', 1],
  ['extensions/v1beta1', 'Ingress', 0],
  ['networking.k8s.io/v1', 'IngressClass', 0],
  ['networking.k8s.io/v1', 'HTTPRoute', 0],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 1],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute', 1],
  ['gateway.networking.k8s.io/v1', 'Gateway', 0],
  ['gateway.networking.k8s.io/v1', 'Ingress', 0],
])('%s %s: %i routes', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).routes).toHaveLength(count);
});

const ingress = (spec: string) =>
  (worldOf(`{ apiVersion: networking.k8s.io/v1, kind: Ingress, spec: ${spec} }`).routes[0] as RouteFact).services;
const path = (name: string) => `{ backend: { service: { name: ${name}, port: { number: 80 } } } }`;

test('an Ingress leads to its default backend and to the backends of all paths, each named once', () => {
  expect(
    ingress(`{
      defaultBackend: { service: { name: fallback } },
      rules: [
        { host: a, http: { paths: [${path('web')}, ${path('api')}] } },
        { host: b, http: { paths: [${path('web')}, ${path('admin')}] } },
      ],
    }`),
  ).toEqual(['fallback', 'web', 'api', 'admin']);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ rules: null }',
  '{ rules: 7 }',
  '{ rules: { http: {} } }',
  '{ rules: [null, 7, {}, { http: null }, { http: 7 }, { http: { paths: null } }, { http: { paths: 7 } }] }',
  '{ rules: [{ http: { paths: [null, 7, {}, { backend: null }, { backend: 7 }] } }] }',
  '{ rules: [{ http: { paths: [{ backend: { service: null } }, { backend: { service: { name: 7 } } }] } }] }',
  '{ rules: [{ http: { paths: [{ backend: { resource: { kind: StorageBucket, name: static } } }] } }] }',
  '{ defaultBackend: null }',
  '{ defaultBackend: 7 }',
  '{ defaultBackend: { service: 7 } }',
])('an Ingress with the spec %s leads nowhere', (spec) => {
  expect(ingress(spec)).toEqual([]);
});

const route = (rules: string, namespace = 'shop', kind = 'HTTPRoute') =>
  (
    worldOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: web, namespace: ${namespace} }
spec: { rules: ${rules} }
`).routes[0] as RouteFact
  ).services;

test.each(['HTTPRoute', 'GRPCRoute'])('a %s leads to the backends of all rules, each named once', (kind) => {
  const rules =
    '[{ backendRefs: [{ name: web, weight: 90 }, { name: canary, weight: 10 }] }, { backendRefs: [{ name: web }, { name: api }] }]';
  expect(route(rules, 'shop', kind)).toEqual(['web', 'canary', 'api']);
});

test.each([
  ['{ name: web }', ['web']],
  ['{ name: web, kind: Service }', ['web']],
  ['{ name: web, kind: null, namespace: null }', ['web']],
  ['{ name: web, namespace: shop }', ['web']],
  ['{ name: web, namespace: other }', []],
  ['{ name: web, kind: ServiceImport }', []],
  ['{ name: web, kind: 7 }', []],
  ['{ name: web, namespace: 7 }', []],
  ['{ name: 7 }', []],
  ['{ name: null }', []],
  ['{}', []],
  ['null', []],
  ['7', []],
])('a route in `shop` with the backend %s leads to %j', (backend, services) => {
  expect(route(`[{ backendRefs: [${backend}] }]`)).toEqual(services);
});

test('a route without a namespace leads to Services in `default`', () => {
  expect(route('[{ backendRefs: [{ name: web, namespace: default }] }]', 'null')).toEqual(['web']);
  expect(route('[{ backendRefs: [{ name: web, namespace: shop }] }]', 'null')).toEqual([]);
});

test.each(['null', '7', '{}', '[null, 7, {}, { backendRefs: null }, { backendRefs: 7 }, { backendRefs: {} }]'])(
  'a route with the rules %s leads nowhere',
  (rules) => {
    expect(route(rules)).toEqual([]);
  },
);
