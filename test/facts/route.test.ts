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
