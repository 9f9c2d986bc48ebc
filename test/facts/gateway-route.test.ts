import { type GatewayRouteFact, RouteFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs:
    - { name: edge }
    - { group: gateway.networking.k8s.io, kind: Gateway, namespace: infra, name: edge, sectionName: https, port: 443 }
    - { group: "", kind: Service, name: web, port: 80 }
  hostnames: [shop.example.com, "*.example.com"]
  rules:
    - matches: [{ path: { type: PathPrefix, value: /api } }, { method: GET }]
      backendRefs:
        - { name: web, port: 80, weight: 90 }
        - { group: "", kind: Service, namespace: other, name: canary, port: 8080, weight: 0 }
    - backendRefs: [{ kind: ServiceImport, name: far }]
`;

test.each([
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 1],
  ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute', 1],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute', 1],
  ['gateway.networking.k8s.io/v1alpha2', 'TCPRoute', 0],
  ['gateway.networking.k8s.io/v1', 'Gateway', 0],
  ['networking.k8s.io/v1', 'HTTPRoute', 0],
  ['networking.k8s.io/v1', 'Ingress', 0],
  ['v1', 'HTTPRoute', 0],
])('%s %s: %i routes of the Gateway API', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).gatewayRoutes).toHaveLength(count);
});

const of = (spec: string, namespace = 'shop', kind = 'HTTPRoute') =>
  worldOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: web, namespace: ${namespace} }
spec: ${spec}
`).gatewayRoutes[0] as GatewayRouteFact;

test('it is a route', () => {
  const world = worldOf(FULL);
  expect(world.gatewayRoutes[0]).toBeInstanceOf(RouteFact);
  expect(world.routes).toEqual(world.gatewayRoutes);
});

test('parents are read, each at its field', () => {
  expect(worldOf(FULL).gatewayRoutes[0].parents).toEqual([
    {
      field: 'spec.parentRefs[0]',
      kind: 'Gateway',
      namespace: 'shop',
      name: 'edge',
      section: undefined,
      port: undefined,
    },
    {
      field: 'spec.parentRefs[1]',
      kind: 'Gateway',
      namespace: 'infra',
      name: 'edge',
      section: 'https',
      port: 443,
    },
    { field: 'spec.parentRefs[2]', kind: 'Service', namespace: 'shop', name: 'web', section: undefined, port: 80 },
  ]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ kind: null, namespace: null, name: null, sectionName: null, port: null }',
  '{ name: 7, sectionName: 7, port: "80" }',
  '{ sectionName: "", port: 1.5 }',
])('a parent that is %s is a Gateway without a name in the namespace of the route', (parent) => {
  expect(of(`{ parentRefs: [${parent}] }`).parents).toEqual([
    { field: 'spec.parentRefs[0]', kind: 'Gateway', namespace: 'shop', name: '', section: undefined, port: undefined },
  ]);
});

test('a kind and a namespace of a wrong type name nothing', () => {
  const [parent] = of('{ parentRefs: [{ kind: 7, namespace: [a] }] }').parents;
  expect([parent.kind, parent.namespace]).toEqual(['', '']);
});

test.each([
  ['{ hostnames: [shop.example.com, "*.example.com"] }', ['shop.example.com', '*.example.com']],
  ['{ hostnames: [null, 7, a] }', ['a']],
  ['{ hostnames: [] }', []],
  ['{ hostnames: a }', []],
  ['{ hostnames: null }', []],
  ['{}', []],
  ['null', []],
  ['7', []],
])('%s takes the hosts %j', (spec, hosts) => {
  expect(of(spec).hosts).toEqual(hosts);
});

test('rules are read, with their matches and backends, each at its field', () => {
  expect(worldOf(FULL).gatewayRoutes[0].rules).toEqual([
    {
      field: 'spec.rules[0]',
      matches: [{ path: { type: 'PathPrefix', value: '/api' } }, { method: 'GET' }],
      backends: [
        {
          field: 'spec.rules[0].backendRefs[0]',
          kind: 'Service',
          namespace: 'shop',
          name: 'web',
          port: 80,
          weight: 90,
        },
        {
          field: 'spec.rules[0].backendRefs[1]',
          kind: 'Service',
          namespace: 'other',
          name: 'canary',
          port: 8080,
          weight: 0,
        },
      ],
    },
    {
      field: 'spec.rules[1]',
      matches: [],
      backends: [
        {
          field: 'spec.rules[1].backendRefs[0]',
          kind: 'ServiceImport',
          namespace: 'shop',
          name: 'far',
          port: undefined,
          weight: 1,
        },
      ],
    },
  ]);
});

test.each(['{}', 'null', '7', '[a]', '{ matches: null, backendRefs: null }', '{ matches: 7, backendRefs: {} }'])(
  'a rule that is %s takes every request and leads nowhere',
  (rule) => {
    expect(of(`{ rules: [${rule}] }`).rules).toEqual([{ field: 'spec.rules[0]', matches: [], backends: [] }]);
  },
);

test('a match of a wrong type has no conditions', () => {
  expect(of('{ rules: [{ matches: [null, 7, [a], {}] }] }').rules[0].matches).toEqual([{}, {}, {}, {}]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ kind: null, namespace: null, name: null, port: null, weight: null }',
  '{ name: 7, port: "80", weight: "1" }',
  '{ port: 1.5, weight: 1.5 }',
])('a backend that is %s is a Service without a name in the namespace of the route', (backend) => {
  expect(of(`{ rules: [{ backendRefs: [${backend}] }] }`).rules[0].backends).toEqual([
    {
      field: 'spec.rules[0].backendRefs[0]',
      kind: 'Service',
      namespace: 'shop',
      name: '',
      port: undefined,
      weight: 1,
    },
  ]);
});

const route = (rules: string, namespace?: string, kind?: string) => of(`{ rules: ${rules} }`, namespace, kind).services;

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

test.each([
  'spec',
  'spec.parentRefs',
  'spec.parentRefs.1.name',
  'spec.parentRefs.1.sectionName',
  'spec.parentRefs.1.port',
  'spec.hostnames',
  'spec.rules',
  'spec.rules.0.matches',
  'spec.rules.0.backendRefs',
  'spec.rules.0.backendRefs.0.name',
  'spec.rules.0.backendRefs.0.port',
  'spec.rules.0.backendRefs.0.weight',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).gatewayRoutes);
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
