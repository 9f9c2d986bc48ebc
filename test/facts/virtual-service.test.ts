import { type MeshMatch, type VirtualServiceFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web, shop.example.com]
  gateways: [mesh, edge, infra/public]
  http:
    - name: canary
      match:
        - { name: beta, statPrefix: beta, uri: { prefix: /api }, headers: { x-beta: { exact: "true" } } }
        - { sourceLabels: { app: front }, gateways: [mesh, edge] }
      route:
        - { destination: { host: web, subset: v2, port: { number: 8080 } }, weight: 10 }
        - { destination: { host: web.ops.svc.cluster.local }, weight: 90 }
      mirror: { host: shadow, subset: v3 }
      mirrors: [{ destination: { host: audit } }, { destination: { host: log.example.com } }]
    - route: [{ destination: { host: web } }]
  tls:
    - match: [{ port: 443, sniHosts: [shop.example.com] }]
      route: [{ destination: { host: secure } }]
  tcp:
    - route: [{ destination: { host: db, port: { number: 5432 } }, weight: 100 }]
`;

test.each([
  ['networking.istio.io/v1', 'VirtualService', 1],
  ['networking.istio.io/v1alpha3', 'VirtualService', 1],
  ['networking.istio.io/v1', 'DestinationRule', 0],
  ['networking.istio.io/v1', 'ServiceEntry', 0],
  ['networking.k8s.io/v1', 'VirtualService', 0],
  ['gateway.solo.io/v1', 'VirtualService', 0],
  ['v1', 'VirtualService', 0],
])('%s %s: %i VirtualServices', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).mesh.virtualServices).toHaveLength(count);
});

const of = (spec: string, namespace = 'shop') =>
  worldOf(
    `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { namespace: ${namespace} }, spec: ${spec} }`,
  ).mesh.virtualServices[0] as VirtualServiceFact;

const local = (name: string, namespace = 'shop') => ({
  host: `${name}.${namespace}.svc.cluster.local`,
  service: { namespace, name },
});

test('hosts are read, short ones in the namespace of the object', () => {
  expect(of('{ hosts: [web, shop.example.com, 7, null] }').hosts).toEqual([
    local('web'),
    { host: 'shop.example.com', service: undefined },
  ]);
  expect(of('{ hosts: [web] }', 'null').hosts).toEqual([local('web', 'default')]);
});

test.each(['{}', 'null', '7', '{ hosts: null }', '{ hosts: web }', '{ hosts: {} }', '{ hosts: [] }'])(
  '%s takes no hosts',
  (spec) => {
    expect(of(spec).hosts).toEqual([]);
  },
);

test.each([
  ['[mesh]', ['mesh'], true, false],
  ['[edge]', ['shop/edge'], false, true],
  ['[infra/edge]', ['infra/edge'], false, true],
  ['[./edge]', ['shop/edge'], false, true],
  ['[edge.infra.svc.cluster.local]', ['infra/edge'], false, true],
  ['[edge.infra]', ['infra/edge'], false, true],
  ['[infra/./edge]', ['infra/./edge'], false, true],
  ['[mesh, edge, infra/edge]', ['mesh', 'shop/edge', 'infra/edge'], true, true],
  ['[infra/mesh]', ['infra/mesh'], false, true],
  ['[null, 7, edge]', ['shop/edge'], false, true],
  ['[]', ['mesh'], true, false],
  ['[null, 7]', ['mesh'], true, false],
  ['null', ['mesh'], true, false],
  ['edge', ['mesh'], true, false],
  ['{}', ['mesh'], true, false],
])('with the gateways %s %j obey it; sidecars: %j, gateways: %j', (written, gateways, isForMesh, isForGateways) => {
  const fact = of(`{ gateways: ${written} }`);
  expect([fact.gateways, fact.isForMesh, fact.isForGateways]).toEqual([gateways, isForMesh, isForGateways]);
});

const HTTP = 'spec.http[0]';

test('routes of HTTP are read, with their destinations and mirrors, each at its field', () => {
  const [first, second] = (worldOf(FULL).mesh.virtualServices[0] as VirtualServiceFact).http;
  expect([first.field, first.name]).toEqual([HTTP, 'canary']);
  expect(first.destinations).toEqual([
    { field: `${HTTP}.route[0].destination`, written: 'web', ...local('web'), subset: 'v2', port: 8080, weight: 10 },
    {
      field: `${HTTP}.route[1].destination`,
      written: 'web.ops.svc.cluster.local',
      ...local('web', 'ops'),
      subset: undefined,
      port: undefined,
      weight: 90,
    },
    {
      field: `${HTTP}.mirror`,
      written: 'shadow',
      ...local('shadow'),
      subset: 'v3',
      port: undefined,
      weight: undefined,
    },
    {
      field: `${HTTP}.mirrors[0].destination`,
      written: 'audit',
      ...local('audit'),
      subset: undefined,
      port: undefined,
      weight: undefined,
    },
    {
      field: `${HTTP}.mirrors[1].destination`,
      written: 'log.example.com',
      host: 'log.example.com',
      service: undefined,
      subset: undefined,
      port: undefined,
      weight: undefined,
    },
  ]);
  expect([second.field, second.name, second.matches]).toEqual(['spec.http[1]', undefined, []]);
});

test('requests are divided among the destinations of the route, not among the mirrors', () => {
  const [first, second] = (worldOf(FULL).mesh.virtualServices[0] as VirtualServiceFact).http;
  expect(first.shares).toEqual(first.destinations.slice(0, 2));
  expect(second.shares).toEqual(second.destinations);
});

test.each([
  ['{ delegate: { name: web } }', true],
  ['{ delegate: {} }', true],
  ['{ delegate: null }', false],
  ['{ delegate: web }', false],
  ['{ delegate: [web] }', false],
  ['{}', false],
])('a route that is %s leaves requests to another object: %j', (route, delegates) => {
  expect(of(`{ http: [${route}] }`).http.map((one) => one.delegates)).toEqual([delegates]);
});

test.each([
  ['{ hosts: [web] }', false],
  ['{ hosts: [] }', true],
  ['{ hosts: [7] }', true],
  ['{}', true],
])('%s takes only what others hand to it: %j', (spec, isDelegate) => {
  expect(of(spec).isDelegate).toBe(isDelegate);
});

test.each([
  ['{}', true],
  ['{ exportTo: [] }', true],
  ['{ exportTo: null }', true],
  ['{ exportTo: ["."] }', false],
  ['{ exportTo: ["*"] }', false],
])('%s is seen everywhere for sure: %j', (spec, isVisibleEverywhere) => {
  expect(of(spec).isVisibleEverywhere).toBe(isVisibleEverywhere);
});

test('it leads to the destinations of all protocols', () => {
  const { destinations } = worldOf(FULL).mesh.virtualServices[0] as VirtualServiceFact;
  expect(destinations.map(({ field, written }) => [field, written])).toEqual([
    ['spec.http[0].route[0].destination', 'web'],
    ['spec.http[0].route[1].destination', 'web.ops.svc.cluster.local'],
    ['spec.http[0].mirror', 'shadow'],
    ['spec.http[0].mirrors[0].destination', 'audit'],
    ['spec.http[0].mirrors[1].destination', 'log.example.com'],
    ['spec.http[1].route[0].destination', 'web'],
    ['spec.tls[0].route[0].destination', 'secure'],
    ['spec.tcp[0].route[0].destination', 'db'],
  ]);
});

test('conditions of a match are read, but for its names', () => {
  expect((worldOf(FULL).mesh.virtualServices[0] as VirtualServiceFact).http[0].matches).toEqual([
    {
      field: 'spec.http[0].match[0]',
      gateways: undefined,
      sourceLabels: undefined,
      conditions: { uri: { prefix: '/api' }, headers: { 'x-beta': { exact: 'true' } } },
    },
    {
      field: 'spec.http[0].match[1]',
      gateways: ['mesh', 'shop/edge'],
      sourceLabels: { app: 'front' },
      conditions: { sourceLabels: { app: 'front' }, gateways: ['mesh', 'edge'] },
    },
  ]);
});

const match = (body: string) => of(`{ http: [{ match: [${body}] }] }`).http[0].matches[0] as MeshMatch;

test.each(['{}', 'null', '7', '{ name: a, statPrefix: b }', '{ uri: null, headers: null }'])(
  'a match that is %s has no conditions',
  (body) => {
    expect(match(body).conditions).toEqual({});
  },
);

test('a condition of a wrong type stays as it is written', () => {
  expect(match('{ uri: 7, port: 80 }').conditions).toEqual({ uri: 7, port: 80 });
});

test.each([
  ['{ gateways: [mesh, edge, infra/edge] }', ['mesh', 'shop/edge', 'infra/edge']],
  ['{ gateways: [7, null, edge] }', ['shop/edge']],
  ['{ gateways: [] }', undefined],
  ['{ gateways: [7] }', undefined],
  ['{ gateways: edge }', undefined],
  ['{ gateways: null }', undefined],
  ['{}', undefined],
])('a match that is %s names the gateways %j', (body, gateways) => {
  expect(match(body).gateways).toEqual(gateways);
});

test.each([
  ['{ sourceLabels: { app: front } }', { app: 'front' }],
  ['{ sourceLabels: { app: front, b: 7 } }', { app: 'front' }],
  ['{ sourceLabels: {} }', {}],
  ['{ sourceLabels: 7 }', {}],
  ['{ sourceLabels: null }', undefined],
  ['{}', undefined],
])('a match that is %s wants the source labels %j', (body, labels) => {
  expect(match(body).sourceLabels).toEqual(labels);
});

test('what is null is no condition', () => {
  expect(match('{ uri: null, port: 80 }').conditions).toEqual({ port: 80 });
});

test.each(['{}', 'null', '7', '{ http: null, tls: null, tcp: null }', '{ http: 7, tls: 7, tcp: 7 }', '{ http: {} }'])(
  '%s leads nowhere',
  (spec) => {
    expect([of(spec).http, of(spec).destinations]).toEqual([[], []]);
  },
);

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ name: null, match: null, route: null, mirror: null, mirrors: null }',
  '{ name: 7, match: 7, route: 7, mirrors: 7 }',
  '{ match: {}, route: {}, mirrors: {} }',
])('a route that is %s takes every request and leads nowhere', (route) => {
  expect(of(`{ http: [${route}] }`).http).toEqual([
    { field: HTTP, name: undefined, matches: [], destinations: [], shares: [], delegates: false },
  ]);
});

const NOWHERE = { written: '', host: '', service: undefined, subset: undefined, port: undefined, weight: undefined };

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ destination: null, weight: null }',
  '{ destination: 7, weight: "10" }',
  '{ destination: { host: 7, subset: 7, port: 7 }, weight: 1.5 }',
  '{ destination: { host: null, subset: null, port: null } }',
  '{ destination: { host: "", subset: "", port: { number: "80" } } }',
])('a destination that is %s leads nowhere', (one) => {
  expect(of(`{ http: [{ route: [${one}] }] }`).destinations).toEqual([
    { field: `${HTTP}.route[0].destination`, ...NOWHERE },
  ]);
});

test('mirrors of a wrong type lead nowhere', () => {
  expect(of('{ http: [{ mirror: 7, mirrors: [null, 7, { destination: 7 }] }] }').destinations).toEqual([
    { field: `${HTTP}.mirror`, ...NOWHERE },
    { field: `${HTTP}.mirrors[0].destination`, ...NOWHERE },
    { field: `${HTTP}.mirrors[1].destination`, ...NOWHERE },
    { field: `${HTTP}.mirrors[2].destination`, ...NOWHERE },
  ]);
});

test.each([
  'spec',
  'spec.hosts',
  'spec.gateways',
  'spec.http',
  'spec.http.0.name',
  'spec.http.0.match',
  'spec.http.0.route',
  'spec.http.0.route.0.destination',
  'spec.http.0.route.0.destination.host',
  'spec.http.0.route.0.destination.subset',
  'spec.http.0.route.0.destination.port',
  'spec.http.0.route.0.destination.port.number',
  'spec.http.0.route.0.weight',
  'spec.http.0.mirror.host',
  'spec.http.0.mirrors',
  'spec.tls',
  'spec.tcp',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).mesh.virtualServices);
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
