import { KubernetesVersion, TargetCluster } from '../../lib';
import { type MeshProxy, PORT_OF_PROXY, type WorkloadFact, type World } from '../../lib/facts';
import { worldOf } from '../support/facts';

interface Pod {
  readonly labels?: string;
  readonly annotations?: string;
  readonly spec?: string;
  readonly namespace?: string;
}

const pods = ({
  labels = '{ app: web, sidecar.istio.io/inject: "true" }',
  annotations = '{}',
  spec = '{}',
  namespace = 'shop',
}: Pod) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec: { template: { metadata: { labels: ${labels}, annotations: ${annotations} }, spec: ${spec} } }
`;

const shop = (labels: string) => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: ${labels} }
`;

const web = (world: World) => world.workloads[0] as WorkloadFact;

const proxyOf = (pod: Pod, more = '', target?: TargetCluster): MeshProxy | undefined => {
  const world = worldOf(pods(pod) + more, target);
  return world.mesh.proxyOf(web(world));
};

const cluster = (kubernetes: string, istio?: string) =>
  TargetCluster.of({ kubernetes: KubernetesVersion.of(kubernetes), istio });

const AMBIENT = '{ istio.io/dataplane-mode: ambient }';

test.each([
  [{}, '', true],
  [{ labels: '{}' }, '', false],
  [{ labels: '{}' }, shop('{ istio-injection: enabled }'), true],
  [{ labels: '{}' }, shop('{ istio-injection: disabled }'), false],
  [{}, shop('{ istio-injection: disabled }'), false],
  [{ labels: '{ istio.io/rev: stable }' }, '', true],
  [{ labels: '{}' }, shop(AMBIENT), false],
  [{}, shop(AMBIENT), true],
  [{ spec: '{ hostNetwork: true }' }, '', false],
  [{ annotations: '{ inject.istio.io/templates: gateway }' }, '', false],
  [{ annotations: '{ inject.istio.io/templates: "sidecar, more" }' }, '', true],
  [{ annotations: '{ inject.istio.io/templates: "more,sidecar" }' }, '', true],
  [{ annotations: '{ inject.istio.io/templates: "" }' }, '', true],
])('pods with %j in %s have a proxy: %j', (pod, namespace, expected) => {
  expect(proxyOf(pod, namespace) !== undefined).toBe(expected);
});

test.each([
  [{ labels: '{}' }, shop(AMBIENT), true],
  [{ labels: '{}' }, shop('{}'), false],
  [{ labels: AMBIENT }, '', true],
  [{ labels: '{ istio.io/dataplane-mode: none }' }, shop(AMBIENT), false],
  [{}, shop(AMBIENT), false],
  [{ labels: '{ sidecar.istio.io/inject: "false" }' }, shop(AMBIENT), true],
  [{ labels: '{}', spec: '{ hostNetwork: true }' }, shop(AMBIENT), false],
])('the proxy of the node takes the requests of pods with %j in %s: %j', (pod, namespace, expected) => {
  const world = worldOf(pods(pod) + namespace);
  expect(world.mesh.isAmbient(web(world))).toBe(expected);
});

const NATIVE = '{ sidecar.istio.io/nativeSidecar: "true" }';
const CLASSIC = '{ sidecar.istio.io/nativeSidecar: "false" }';
const WRITTEN = '{ initContainers: [{ name: istio-proxy, restartPolicy: Always }] }';

test.each([
  ['1.33', '1.27', {}, 'native'],
  ['1.33', '1.30', {}, 'native'],
  ['1.33', '1.26', {}, 'classic'],
  ['1.33', '1.9', {}, 'classic'],
  ['1.32', '1.27', {}, 'classic'],
  ['1.34', '1.27', {}, 'native'],
  ['1.33', undefined, {}, 'unknown'],
  ['1.34', undefined, {}, 'unknown'],
  ['1.32', undefined, {}, 'classic'],
  ['1.28', undefined, {}, 'classic'],
  ['1.28', '1.27', {}, 'classic'],
  ['1.33', '1.27', { annotations: CLASSIC }, 'classic'],
  ['1.33', undefined, { annotations: CLASSIC }, 'classic'],
  ['1.29', '1.26', { annotations: NATIVE }, 'native'],
  ['1.33', undefined, { annotations: NATIVE }, 'native'],
  ['1.33', undefined, { annotations: '{ sidecar.istio.io/nativeSidecar: "yes" }' }, 'unknown'],
  ['1.29', '1.26', { spec: WRITTEN }, 'native'],
  ['1.29', '1.26', { spec: WRITTEN.replace('istio-proxy', 'proxy') }, 'classic'],
  ['1.29', '1.26', { spec: WRITTEN.replace('initContainers', 'containers') }, 'classic'],
])('on Kubernetes %s with Istio %s the proxy of pods with %j is %s', (kubernetes, istio, pod, expected) => {
  expect(proxyOf(pod, '', cluster(kubernetes, istio))?.form).toBe(expected);
});

test('it can be native where the cluster has native sidecars', () => {
  expect(['1.28', '1.29'].map((version) => proxyOf({}, '', cluster(version))?.canBeNative)).toEqual([false, true]);
});

const configured = (config: string) => proxyOf({ annotations: `{ proxy.istio.io/config: ${JSON.stringify(config)} }` });

test.each([
  ['holdApplicationUntilProxyStarts: true', true],
  ['holdApplicationUntilProxyStarts:true', true],
  ['{ "holdApplicationUntilProxyStarts": true }', true],
  ['{"holdApplicationUntilProxyStarts":true,"concurrency":2}', true],
  ["'holdApplicationUntilProxyStarts' : 'true'", true],
  ['concurrency: 2\nholdApplicationUntilProxyStarts: true\n', true],
  ['holdApplicationUntilProxyStarts: false', false],
  ['notholdApplicationUntilProxyStarts: true', false],
  ['holdApplicationUntilProxyStarts', false],
  ['', false],
])('with %j the app waits: %j', (config, expected) => {
  expect(configured(config)?.holdsApp).toBe(expected);
});

test.each([
  ['', 5],
  ['drainDuration: 30s', 5],
  ['terminationDrainDuration: 30s', 30],
  ['{ "terminationDrainDuration": "30s" }', 30],
  ['terminationDrainDuration: 1.5s', 1.5],
  ['terminationDrainDuration: 0s', 0],
  ['terminationDrainDuration: 1m', undefined],
  ['terminationDrainDuration: 10', undefined],
  ['terminationDrainDuration: x10s', undefined],
  ['terminationDrainDuration: 10sx', undefined],
])('with %j it stays for %j s', (config, expected) => {
  expect(configured(config)?.drain).toBe(expected);
});

test.each([
  [{}, false],
  [{ annotations: '{ proxy.istio.io/config: "proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \'true\' }" }' }, true],
  [
    { annotations: '{ proxy.istio.io/config: "proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \'false\' }" }' },
    false,
  ],
  [
    {
      spec: '{ containers: [{ name: web }, { name: istio-proxy, env: [{ name: A, value: b }, { name: EXIT_ON_ZERO_ACTIVE_CONNECTIONS, value: "true" }] }] }',
    },
    true,
  ],
  [{ spec: '{ containers: [{ name: istio-proxy, env: [{ name: OTHER, value: "true" }] }] }' }, false],
  [{ spec: '{ containers: [{ name: web, env: [{ name: EXIT_ON_ZERO_ACTIVE_CONNECTIONS, value: "true" }] }] }' }, false],
  [{ spec: '{ containers: [{ name: istio-proxy, lifecycle: { preStop: { sleep: { seconds: 20 } } } }] }' }, true],
  [{ spec: '{ containers: [{ name: web, lifecycle: { preStop: { sleep: { seconds: 20 } } } }] }' }, false],
])('with %j it outlives the connections: %j', (pod, expected) => {
  expect(proxyOf(pod)?.outlivesConnections).toBe(expected);
});

test.each([
  ['{}', [true, true]],
  ['{ traffic.sidecar.istio.io/excludeInboundPorts: "8080" }', [false, true]],
  ['{ traffic.sidecar.istio.io/excludeInboundPorts: "80, 8080" }', [false, true]],
  ['{ traffic.sidecar.istio.io/excludeInboundPorts: "18080" }', [true, true]],
  ['{ traffic.sidecar.istio.io/includeInboundPorts: "*" }', [true, true]],
  ['{ traffic.sidecar.istio.io/includeInboundPorts: "8080" }', [true, false]],
  ['{ traffic.sidecar.istio.io/includeInboundPorts: "" }', [false, false]],
  [
    '{ traffic.sidecar.istio.io/includeInboundPorts: "8080", traffic.sidecar.istio.io/excludeInboundPorts: "8080" }',
    [true, false],
  ],
  ['{ sidecar.istio.io/interceptionMode: NONE }', [false, false]],
  ['{ sidecar.istio.io/interceptionMode: TPROXY }', [true, true]],
  ['{ proxy.istio.io/config: "interceptionMode: NONE" }', [false, false]],
  ['{ proxy.istio.io/config: "interceptionMode: REDIRECT" }', [true, true]],
])('with the annotations %s it takes ports 8080 and 9090: %j', (annotations, expected) => {
  const proxy = proxyOf({ annotations });
  expect([8080, 9090].map((port) => proxy?.takes(port))).toEqual(expected);
});

test('its own ports are free', () => {
  const ports = [15019, 15020, 15021, 15022, 15090];
  expect(ports.map((port) => proxyOf({})?.takes(port))).toEqual([true, false, false, true, false]);
});

test.each([
  ['http-envoy-prom', true],
  ['linkerd-admin', true],
  ['linkerd', false],
  ['http', false],
  ['my-http-envoy-prom', false],
  ['http-envoy-prom2', false],
  ['my-linkerd-admin', false],
])('%s is the name of a port that a mesh adds: %j', (name, expected) => {
  expect(PORT_OF_PROXY.test(name)).toBe(expected);
});

const authentication = (name: string, spec: string, namespace = 'shop') => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const STRICT = '{ mtls: { mode: STRICT } }';
const PERMISSIVE = '{ mtls: { mode: PERMISSIVE } }';
const OWN = 'selector: { matchLabels: { app: web } }';

test.each([
  [authentication('root', STRICT, 'istio-system'), 'root'],
  [authentication('root', STRICT, 'ops'), undefined],
  [authentication('root', STRICT, 'istio-system') + authentication('wide', PERMISSIVE), 'wide'],
  [authentication('root', STRICT, 'istio-system') + authentication('wide', '{}'), 'root'],
  [
    authentication('root', STRICT, 'istio-system') + authentication('own', `{ ${OWN}, mtls: { mode: DISABLE } }`),
    'own',
  ],
  [authentication('far', `{ ${OWN}, mtls: { mode: STRICT } }`, 'ops'), undefined],
  [authentication('one', STRICT) + authentication('two', STRICT), 'one'],
  [authentication('one', STRICT) + authentication('two', PERMISSIVE), undefined],
  [authentication('one', STRICT) + authentication('two', '{}'), undefined],
  [authentication('one', '{}') + authentication('two', '{}') + authentication('r', STRICT, 'istio-system'), 'r'],
  [authentication('wide', '{ mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } } }'), 'wide'],
])('of %s that which counts is %j', (authentications, expected) => {
  const world = worldOf(pods({}) + authentications);
  expect(world.mesh.mtlsOf(web(world), 8080)?.name).toBe(expected);
});

test('ports may differ only where the pods are chosen by labels', () => {
  const ports = 'portLevelMtls: { 8080: { mode: DISABLE } }, mtls: { mode: STRICT }';
  const modes = [`{ ${ports} }`, `{ ${OWN}, ${ports} }`].map((spec) => {
    const world = worldOf(pods({}) + authentication('a', spec));
    return world.mesh.mtlsOf(web(world), 8080)?.modeOf(8080);
  });
  expect(modes).toEqual(['STRICT', 'DISABLE']);
});

test('in the namespace of the mesh what chooses pods has no effect', () => {
  const world = worldOf(
    pods({ namespace: 'istio-system' }) +
      authentication('own', `{ ${OWN}, mtls: { mode: STRICT } }`, 'istio-system') +
      authentication('root', PERMISSIVE, 'istio-system'),
  );
  expect(world.mesh.mtlsOf(web(world), 8080)?.name).toBe('root');
});
