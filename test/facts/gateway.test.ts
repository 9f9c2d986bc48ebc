import { type GatewayFact, Selector, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const API = 'gateway.networking.k8s.io/v1';
const ISTIO = 'networking.istio.io/v1';

test.each([
  [API, 'Gateway', 1],
  ['gateway.networking.k8s.io/v1beta1', 'Gateway', 1],
  [ISTIO, 'Gateway', 1],
  ['networking.istio.io/v1alpha3', 'Gateway', 1],
  [API, 'GatewayClass', 0],
  [API, 'HTTPRoute', 0],
  [ISTIO, 'VirtualService', 0],
  ['networking.k8s.io/v1', 'Gateway', 0],
  ['security.istio.io/v1', 'Gateway', 0],
  ['v1', 'Gateway', 0],
])('%s %s: %i gateways', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).mesh.gateways).toHaveLength(count);
});

const gateway = (apiVersion: string, spec: string) =>
  worldOf(`{ apiVersion: ${apiVersion}, kind: Gateway, spec: ${spec} }`).mesh.gateways[0] as GatewayFact;

test("only Istio's own kind is Istio's", () => {
  expect([gateway(ISTIO, '{}').isIstio, gateway(API, '{}').isIstio]).toEqual([true, false]);
});

test("only Istio's own kind selects pods", () => {
  expect(String(gateway(ISTIO, '{ selector: { istio: ingressgateway } }').selector)).toBe('istio=ingressgateway');
  expect(gateway(API, '{ selector: { istio: ingressgateway } }').selector.isNull).toBe(true);
});

test.each(['{}', 'null', '7', '{ selector: {} }', '{ selector: null }', '{ selector: 7 }', '{ selector: { a: 7 } }'])(
  "Istio's gateway with the spec %s selects nothing",
  (spec) => {
    expect(gateway(ISTIO, spec).selector.isNull).toBe(true);
  },
);

/** What a listener says that leaves out the rest. */
const PLAIN = { namespaces: Selector.parse(undefined), kinds: [], redirects: false };

const LISTENERS = `
apiVersion: ${API}
kind: Gateway
spec:
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - { name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", allowedRoutes: { namespaces: { from: All } } }
`;

test('listeners of the Gateway API are read, each at its field', () => {
  expect(worldOf(LISTENERS).mesh.gateways[0].listeners).toEqual([
    { field: 'spec.listeners[0]', name: 'http', port: 80, protocol: 'HTTP', hosts: [], from: 'Same', ...PLAIN },
    {
      field: 'spec.listeners[1]',
      name: 'https',
      port: 443,
      protocol: 'HTTPS',
      hosts: ['*.example.com'],
      from: 'All',
      ...PLAIN,
    },
  ]);
});

const SERVERS = `
apiVersion: ${ISTIO}
kind: Gateway
spec:
  selector: { istio: ingressgateway }
  servers:
    - { port: { name: http, number: 80, protocol: HTTP }, hosts: [shop.example.com, "ops/*.example.com"] }
    - { port: { number: 443, protocol: HTTPS }, hosts: ["*"] }
`;

test("servers of Istio's gateway are read, each at its field", () => {
  expect(worldOf(SERVERS).mesh.gateways[0].listeners).toEqual([
    {
      field: 'spec.servers[0]',
      name: 'http',
      port: 80,
      protocol: 'HTTP',
      hosts: ['shop.example.com', 'ops/*.example.com'],
      from: 'All',
      ...PLAIN,
    },
    { field: 'spec.servers[1]', name: undefined, port: 443, protocol: 'HTTPS', hosts: ['*'], from: 'All', ...PLAIN },
  ]);
});

test('each kind has its own list', () => {
  expect(gateway(API, '{ servers: [{ port: { number: 80 } }] }').listeners).toEqual([]);
  expect(gateway(ISTIO, '{ listeners: [{ port: 80 }] }').listeners).toEqual([]);
});

test.each([
  '{}',
  'null',
  '7',
  '{ listeners: null, servers: null }',
  '{ listeners: 7, servers: 7 }',
  '{ listeners: { port: 80 }, servers: { hosts: [a] } }',
])('%s has no listeners', (spec) => {
  expect([gateway(API, spec).listeners, gateway(ISTIO, spec).listeners]).toEqual([[], []]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ name: null, port: null, protocol: null, hostname: null, allowedRoutes: null }',
  '{ name: 7, port: "80", protocol: 7, hostname: 7, allowedRoutes: 7 }',
  '{ port: 1.5, hostname: [a], allowedRoutes: { namespaces: 7 } }',
  '{ hostname: "", allowedRoutes: { namespaces: { from: 7 } } }',
])('a listener that is %s takes requests of every host, and routes of its own namespace', (listener) => {
  expect(gateway(API, `{ listeners: [${listener}] }`).listeners).toEqual([
    { field: 'spec.listeners[0]', name: undefined, port: undefined, protocol: '', hosts: [], from: 'Same', ...PLAIN },
  ]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ port: null, hosts: null }',
  '{ port: 80, hosts: a }',
  '{ port: [80], hosts: [null, 7] }',
  '{ port: { name: 7, number: "80", protocol: 7 }, hosts: {} }',
  '{ port: { name: null, number: 1.5, protocol: null } }',
])('a server that is %s takes requests of every host', (server) => {
  expect(gateway(ISTIO, `{ servers: [${server}] }`).listeners).toEqual([
    { field: 'spec.servers[0]', name: undefined, port: undefined, protocol: '', hosts: [], from: 'All', ...PLAIN },
  ]);
});

test.each([
  ['Same', 'Same'],
  ['All', 'All'],
  ['Selector', 'Selector'],
  ['None', 'None'],
  ['all', 'Same'],
  ['""', 'Same'],
  ['null', 'Same'],
])('from %s takes routes of %s', (written, from) => {
  const { listeners } = gateway(API, `{ listeners: [{ allowedRoutes: { namespaces: { from: ${written} } } }] }`);
  expect(listeners.map((one) => one.from)).toEqual([from]);
});

const LISTENED = [
  'spec',
  'spec.listeners',
  'spec.listeners.1.name',
  'spec.listeners.1.port',
  'spec.listeners.1.protocol',
  'spec.listeners.1.hostname',
  'spec.listeners.1.allowedRoutes',
  'spec.listeners.1.allowedRoutes.namespaces',
  'spec.listeners.1.allowedRoutes.namespaces.from',
];
const SERVED = [
  'spec.selector',
  'spec.servers',
  'spec.servers.0.port',
  'spec.servers.0.port.name',
  'spec.servers.0.port.number',
  'spec.servers.0.port.protocol',
  'spec.servers.0.hosts',
];

test.each([...LISTENED.map((path) => [path, LISTENERS]), ...SERVED.map((path) => [path, SERVERS])])(
  '%s of a wrong type reads as missing',
  (path, yaml) => {
    const [manifest] = objects(yaml);
    const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).mesh.gateways);
    const missing = read(without(manifest, path));
    expect(missing).not.toEqual(read(manifest));
    for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
  },
);

const only = (listener: string) => gateway(API, `{ listeners: [${listener}] }`).listeners[0];

test('a listener may choose namespaces by labels, and kinds of routes', () => {
  const allowed =
    'namespaces: { from: Selector, selector: { matchLabels: { team: a } } }, kinds: [{ kind: GRPCRoute }]';
  const { namespaces, kinds } = only(`{ allowedRoutes: { ${allowed} } }`);
  expect([String(namespaces), kinds]).toEqual(['team=a', ['GRPCRoute']]);
});

test.each(['null', '7', '{}', '[null, 7, { kind: 7 }]'])('kinds that are %s allow all', (kinds) => {
  expect(only(`{ allowedRoutes: { kinds: ${kinds} } }`).kinds).toEqual([]);
});

test.each([
  ['{ httpsRedirect: true }', true],
  ['{ httpsRedirect: false }', false],
  ['{ httpsRedirect: "true" }', false],
  ['{}', false],
  ['7', false],
])('a server with tls %s redirects: %j', (tls, redirects) => {
  expect(gateway(ISTIO, `{ servers: [{ tls: ${tls} }] }`).listeners[0].redirects).toBe(redirects);
});

test.each([
  [undefined, undefined, ['http', 'https']],
  ['http', undefined, ['http']],
  [undefined, 443, ['https']],
  ['https', 443, ['https']],
  ['http', 443, []],
  ['tls', undefined, []],
])('section %j and port %j mean the listeners %j', (section, port, expected) => {
  const fact = worldOf(LISTENERS).mesh.gateways[0];
  expect(fact.listenersOf(section, port).map(({ name }) => name)).toEqual(expected);
});

test.each([
  ['*', 'shop', true],
  ['*.example.com', 'shop', true],
  ['web.example.com', 'shop', true],
  ['api.example.com', 'shop', false],
  ['*.example.org', 'shop', false],
  ['*/web.example.com', 'shop', true],
  ['*/api.example.com', 'shop', false],
  ['shop/*', 'shop', true],
  ['shop/web.example.com', 'shop', true],
  ['shop/web.example.com', 'infra', false],
  ['./web.example.com', 'infra', true],
  ['./web.example.com', 'shop', false],
])('a server for %s takes web.example.com from namespace %s: %j', (host, namespace, expected) => {
  const yaml = `
apiVersion: ${ISTIO}
kind: Gateway
metadata: { name: edge, namespace: infra }
spec: { servers: [{ hosts: ["${host}"] }] }
`;
  const [fact] = worldOf(yaml).mesh.gateways;
  expect(fact.serves(fact.listeners[0], 'web.example.com', namespace)).toBe(expected);
});
