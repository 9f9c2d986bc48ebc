import type { WorkloadFact, World } from '../../lib/facts';
import { worldOf } from '../support/facts';

const names = (facts: readonly { readonly name: string }[]) => facts.map(({ name }) => name);

const istio = (kind: string, name: string, spec: string, namespace = 'shop') => `
---
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const rule = (name: string, host: string, namespace = 'shop') =>
  istio('DestinationRule', name, `{ host: ${host} }`, namespace);
const route = (name: string, hosts: string, namespace = 'shop') =>
  istio('VirtualService', name, `{ hosts: ${hosts} }`, namespace);

test('without objects of a mesh nothing is known', () => {
  const { mesh } = worldOf('{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop } }');
  expect([mesh.virtualServices, mesh.gateways]).toEqual([[], []]);
  expect(mesh.destinationRulesOf('web')).toStrictEqual([]);
  expect([mesh.gateway('shop/web'), mesh.istioGateway('shop/web'), mesh.namespace('shop')]).toEqual(
    Array(3).fill(undefined),
  );
});

test('DestinationRules are found by the complete host, whatever namespace they lie in', () => {
  const { mesh } = worldOf(
    rule('short', 'web') +
      rule('long', 'web.shop.svc.cluster.local', 'ops') +
      rule('far', 'web', 'ops') +
      rule('other', 'api'),
  );
  expect(names(mesh.destinationRulesOf('web.shop.svc.cluster.local'))).toEqual(['short', 'long']);
  expect(names(mesh.destinationRulesOf('web.ops.svc.cluster.local'))).toEqual(['far']);
  expect(mesh.destinationRulesOf('web')).toStrictEqual([]);
});

test('VirtualServices are known in the order in which they came', () => {
  const { mesh } = worldOf(
    route('one', '[web, shop.example.com]') +
      route('two', '[web]') +
      route('far', '[web]', 'ops') +
      rule('rule', 'web'),
  );
  expect(names(mesh.virtualServices)).toEqual(['one', 'two', 'far']);
});

test('gateways are found by kind, namespace and name', () => {
  const { mesh } = worldOf(`${istio('Gateway', 'edge', '{}')}${istio('Gateway', 'inner', '{}', 'ops')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
`);
  const [edge, inner, api] = mesh.gateways;
  expect(names(mesh.gateways)).toEqual(['edge', 'inner', 'edge']);
  expect([mesh.istioGateway('shop/edge'), mesh.istioGateway('ops/inner'), mesh.gateway('shop/edge')]).toEqual([
    edge,
    inner,
    api,
  ]);
  expect(mesh.istioGateway('shop/edge')).toBe(edge);
  expect(mesh.gateway('shop/edge')).toBe(api);
  expect([mesh.istioGateway('ops/edge'), mesh.gateway('ops/inner')]).toEqual([undefined, undefined]);
});

const namespace = (name: string, labels: string) => `
---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: ${labels} }
`;

test('Namespaces are found by name', () => {
  const world = worldOf(namespace('shop', '{}') + namespace('ops', '{}'));
  expect(world.mesh.namespace('shop')).toBe(world.objects[0]);
  expect(world.mesh.namespace('ops')).toBe(world.objects[1]);
  expect(world.mesh.namespace('default')).toBeUndefined();
  expect(worldOf(rule('shop', 'web')).mesh.namespace('shop')).toBeUndefined();
});

const deployment = ({ labels = '{}', annotations = '{}', spec = '{}' }) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: ${labels}, annotations: ${annotations} }, spec: ${spec} } }
`;

const holds = (pod: Parameters<typeof deployment>[0], labels?: string) => {
  const world = worldOf((labels === undefined ? '' : namespace('shop', labels)) + deployment(pod));
  return world.mesh.holds(world.workloads[0] as WorkloadFact);
};

const ENABLED = '{ istio-injection: enabled }';
const DISABLED = '{ istio-injection: disabled }';
const AMBIENT = '{ istio.io/dataplane-mode: ambient }';

test.each([
  ['{}', undefined, undefined],
  ['{}', '{}', undefined],
  ['{}', ENABLED, true],
  ['{}', '{ istio.io/rev: stable }', true],
  ['{}', DISABLED, false],
  ['{}', AMBIENT, true],
  ['{ sidecar.istio.io/inject: "true" }', undefined, true],
  ['{ sidecar.istio.io/inject: "true" }', '{}', true],
  ['{ sidecar.istio.io/inject: "true" }', DISABLED, false],
  ['{ sidecar.istio.io/inject: "false" }', undefined, false],
  ['{ sidecar.istio.io/inject: "false" }', ENABLED, false],
  ['{ sidecar.istio.io/inject: "false" }', AMBIENT, true],
  ['{ sidecar.istio.io/inject: "yes" }', undefined, undefined],
  ['{ sidecar.istio.io/inject: true }', undefined, undefined],
  ['{ sidecar.istio.io/inject: "" }', ENABLED, true],
  ['{ istio.io/rev: stable }', undefined, true],
  ['{ istio.io/rev: stable }', DISABLED, false],
  ['{ istio.io/rev: stable, sidecar.istio.io/inject: "false" }', undefined, false],
  ['{ istio.io/dataplane-mode: ambient }', undefined, true],
  ['{ istio.io/dataplane-mode: ambient }', DISABLED, true],
  ['{ istio.io/dataplane-mode: none }', undefined, undefined],
  ['{ istio.io/dataplane-mode: none }', AMBIENT, undefined],
  ['{ istio.io/dataplane-mode: none }', ENABLED, true],
  ['{ istio.io/dataplane-mode: other }', AMBIENT, true],
])('pods with the labels %s in a namespace with %j are in the mesh: %j', (labels, ofNamespace, expected) => {
  expect(holds({ labels }, ofNamespace)).toBe(expected);
});

test.each([
  ['{}', '{ sidecar.istio.io/inject: "false" }', ENABLED, false],
  ['{}', '{ sidecar.istio.io/inject: "true" }', ENABLED, true],
  ['{}', '{ sidecar.istio.io/inject: "true" }', undefined, undefined],
  ['{}', '{ sidecar.istio.io/inject: "false" }', undefined, false],
  ['{ sidecar.istio.io/inject: "true" }', '{ sidecar.istio.io/inject: "false" }', undefined, true],
  ['{ sidecar.istio.io/inject: "false" }', '{ sidecar.istio.io/inject: "true" }', ENABLED, false],
  ['{}', '{ istio.io/rev: stable, istio.io/dataplane-mode: ambient }', undefined, undefined],
])('with the labels %s and the annotations %s in %j they are: %j', (labels, annotations, ofNamespace, expected) => {
  expect(holds({ labels, annotations }, ofNamespace)).toBe(expected);
});

test.each([
  ['{ hostNetwork: true }', false],
  ['{ hostNetwork: false }', true],
  ['{ hostNetwork: null }', true],
  ['{ hostNetwork: "true" }', true],
])('with the pod spec %s they are: %j', (spec, expected) => {
  expect(holds({ spec }, ENABLED)).toBe(expected);
  expect(holds({ spec, labels: AMBIENT })).toBe(expected);
});

test('the namespace is that of the workload', () => {
  const world = worldOf(namespace('ops', ENABLED) + namespace('shop', '{}') + deployment({}));
  expect(world.mesh.holds(world.workloads[0] as WorkloadFact)).toBeUndefined();
});

const authentication = (name: string, spec: string, namespace = 'shop') => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const WEB = 'selector: { matchLabels: { app: web } }';
const mtls = (world: World, port: number) => world.mesh.mtlsOf(world.workloads[0] as WorkloadFact, port)?.name;

test.each([
  ['{ mtls: { mode: STRICT } }', `{ ${WEB}, mtls: { mode: DISABLE } }`, 'own'],
  ['{ mtls: { mode: STRICT } }', `{ ${WEB} }`, 'wide'],
  ['{ mtls: { mode: STRICT } }', `{ ${WEB}, mtls: { mode: UNSET } }`, 'wide'],
  ['{ mtls: { mode: STRICT } }', `{ ${WEB}, portLevelMtls: { 8080: { mode: PERMISSIVE } } }`, 'own'],
  ['{ mtls: { mode: STRICT } }', `{ ${WEB}, portLevelMtls: { 9090: { mode: PERMISSIVE } } }`, 'wide'],
  ['{ mtls: { mode: STRICT } }', '{ selector: { matchLabels: { app: api } }, mtls: { mode: DISABLE } }', 'wide'],
  [
    '{ mtls: { mode: STRICT } }',
    '{ selector: { matchLabels: { app: web, part: ops } }, mtls: { mode: DISABLE } }',
    'wide',
  ],
  ['{}', `{ ${WEB}, mtls: { mode: DISABLE } }`, 'own'],
  ['{}', `{ ${WEB} }`, undefined],
])('of a wide %s and a narrow %s, that which says the mode of the port is %j', (wide, own, expected) => {
  const pod = deployment({ labels: '{ app: web, part: shop }' });
  expect(mtls(worldOf(pod + authentication('wide', wide) + authentication('own', own)), 8080)).toBe(expected);
  expect(mtls(worldOf(authentication('own', own) + pod + authentication('wide', wide)), 8080)).toBe(expected);
});

test('a mode of another namespace says nothing', () => {
  const world = worldOf(deployment({}) + authentication('far', '{ mtls: { mode: STRICT } }', 'ops'));
  expect(mtls(world, 8080)).toBeUndefined();
});

test('without a word on mTLS nothing is known', () => {
  expect(mtls(worldOf(deployment({})), 8080)).toBeUndefined();
});

test("Istio's own gateways are found by namespace and by name", () => {
  const { mesh } =
    worldOf(`${istio('Gateway', 'edge', '{}')}${istio('Gateway', 'inner', '{}')}${istio('Gateway', 'edge', '{}', 'ops')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: api }
`);
  expect(mesh.istioGatewaysIn('shop')).toEqual(mesh.gateways.slice(0, 2));
  expect(mesh.istioGatewaysNamed('edge').map(({ namespace }) => namespace)).toEqual(['shop', 'ops']);
  expect([mesh.istioGatewaysIn('api'), mesh.istioGatewaysNamed('outer')]).toStrictEqual([[], []]);
});

test.each([
  ['api.example.com', true],
  ['web.example.com', false],
  ['example.com', false],
  ['a.example.org', true],
  ['a.b.example.org', true],
  ['example.org', false],
  ['xexample.org', false],
  ['web', false],
  ['', false],
])('a ServiceEntry makes the host %j: %j', (host, expected) => {
  const { mesh } = worldOf(istio('ServiceEntry', 'out', '{ hosts: [api.example.com, "*.example.org"] }'));
  expect(mesh.isEntry(host)).toBe(expected);
});

test('a ServiceEntry of all hosts makes every one', () => {
  expect(worldOf(istio('ServiceEntry', 'out', '{ hosts: ["*"] }')).mesh.isEntry('web')).toBe(true);
});

const SUBSETS = '[{ name: v1, labels: { version: v1, track: a } }, { name: all }]';

test.each([
  ['v1', { version: 'v1', track: 'a', app: 'web' }, true],
  ['v1', { version: 'v1' }, false],
  ['v1', { version: 'v2', track: 'a' }, false],
  ['all', {}, true],
  ['v2', { version: 'v1', track: 'a' }, false],
])('subset %s has the pods with %j: %j', (subset, labels, expected) => {
  const { mesh } = worldOf(istio('DestinationRule', 'web', `{ host: web, subsets: ${SUBSETS} }`));
  expect(mesh.isInSubset('web.shop.svc.cluster.local', subset, labels)).toBe(expected);
  expect(mesh.isInSubset('web.ops.svc.cluster.local', subset, labels)).toBe(false);
});

const routes = (name: string, more: string, http = '[{}]') =>
  istio('VirtualService', name, `{ hosts: [web], http: ${http}${more} }`);

test('sidecars obey one VirtualService for a host: of those that are for all of them, the first is known', () => {
  const first = (yaml: string) => worldOf(yaml).mesh.firstForAllSidecars('web.shop.svc.cluster.local')?.name;
  expect(first(routes('a', '') + routes('b', ''))).toBe('a');
  expect(first(routes('a', ', gateways: [edge]') + routes('b', ''))).toBe('b');
  expect(first(routes('a', ', exportTo: ["."]') + routes('b', ''))).toBe('b');
  expect(first(routes('a', '', '[{ match: [{ sourceLabels: { app: x } }] }]') + routes('b', ''))).toBe('b');
  expect(first(routes('a', '', '[]'))).toBeUndefined();
  expect(first(routes('a', '').replace('hosts: [web]', 'hosts: [api]'))).toBeUndefined();
});
