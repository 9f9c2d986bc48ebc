import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { Manifests } from '../../lib';
import { thrown } from '../support/apps';
import { webApp } from '../support/fences';

const NETWORK: p.ClusterNetworkProps = { calico: '3.31', nodes: ['192.0.2.0/24'], pods: ['10.244.0.0/16'] };
const HOSTS = p.HostSet.labelled({ role: 'edge' });
const ALLOWED = ['198.51.100.0/24'];

function guarded(
  {
    network = {},
    exposure = {},
    ...props
  }: Partial<p.NodePortGuardProps> & {
    network?: Partial<p.ClusterNetworkProps>;
    exposure?: Partial<p.NodePortOptions>;
  } = {},
  engine?: p.FenceEngine,
) {
  const target = p.TargetCluster.of({ network: p.ClusterNetwork.of({ ...NETWORK, ...network }) });
  const shop = new Chart(new p.ProductionApp({ target }), 'shop', { namespace: 'shop' });
  const frontend = webApp(shop, 'frontend');
  frontend.expose(p.Exposure.nodePort({ nodePort: 31852, ...exposure }));
  const fence = new p.NamespaceFence(shop, 'fence', { engine });
  new p.NodePortGuard(shop, 'guard', { app: frontend, nodePort: 31852, allowFrom: ALLOWED, hosts: HOSTS, ...props });
  return { shop, frontend, fence };
}

const rule = (net: string) => ({
  action: 'Allow',
  protocol: 'TCP',
  source: { nets: [net] },
  destination: { ports: [31852] },
});
const fromInFence = (shop: Chart) =>
  Manifests.of(shop)
    .one('NetworkPolicy', 'fence-frontend')
    .spec.ingress.flatMap(({ from }: any) => from.map(({ ipBlock }: any) => ipBlock.cidr));

test('the policy, as a reviewer reads it', () => {
  const { shop } = guarded();
  const { metadata, spec } = Manifests.of(shop).one('GlobalNetworkPolicy');
  expect(metadata).toEqual({
    name: 'default.node-port-31852',
    labels: { 'app.kubernetes.io/managed-by': 'cdk8s-patterns' },
  });
  expect(spec).toEqual({
    tier: 'default',
    order: 10,
    preDNAT: true,
    applyOnForward: true,
    selector: "role == 'edge'",
    types: ['Ingress'],
    ingress: [
      rule('198.51.100.0/24'),
      rule('192.0.2.0/24'),
      rule('10.244.0.0/16'),
      { action: 'Deny', protocol: 'TCP', destination: { ports: [31852] } },
    ],
  });
  expect(Manifests.of(shop).findings()).toEqual([]);
});

test('the Service has the port, and the guard does not set it', () => {
  const { shop } = guarded({ exposure: { name: 'public', port: 80 } });
  expect(Manifests.of(shop).one('Service', 'public').spec).toEqual({
    type: 'NodePort',
    selector: { 'app.kubernetes.io/instance': 'frontend' },
    ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http', nodePort: 31852 }],
  });
});

test('nodes and pods are left out where they are to be', () => {
  const { shop } = guarded({ admitsCluster: false, network: { pods: [] } });
  expect(Manifests.of(shop).one('GlobalNetworkPolicy').spec.ingress.length).toBe(2);
});

test('pods see the addresses of nodes, those of the overlay too, which a fence of the app lets in', () => {
  const { shop, fence } = guarded({ network: { tunnels: ['10.244.0.1/32'] } });
  expect(fromInFence(shop)).toEqual(['192.0.2.0/24', '10.244.0.1/32']);
  expect(fence.describe().text).toContain('192.0.2.0/24 -> shop/frontend: 8080/TCP');
});

test('or those of clients, where the Service keeps them', () => {
  const { shop } = guarded({ exposure: { keepsClientAddress: true }, admitsCluster: false, network: { nodes: [] } });
  expect(fromInFence(shop)).toEqual(['198.51.100.0/24']);
  expect(Manifests.of(shop).one('Service', 'frontend-node-port').spec.externalTrafficPolicy).toBe('Local');
  expect(Manifests.of(shop).findings()).toEqual([]);
});

test('a workload of cdk8s-plus has Services too', () => {
  const { shop } = guarded();
  const deployment = new kplus.Deployment(shop, 'Plus', {
    replicas: 2,
    containers: [{ name: 'plus', image: 'registry.example.com/plus:1.0.0', ports: [{ number: 9090, name: 'web' }] }],
  });
  new kplus.Service(shop, 'PlusService', {
    type: kplus.ServiceType.NODE_PORT,
    selector: deployment,
    ports: [{ port: 80, targetPort: 9090, nodePort: 31853 }],
  });
  new p.NodePortGuard(shop, 'other', { app: deployment, nodePort: 31853, allowFrom: ALLOWED, hosts: HOSTS });
  expect(Manifests.of(shop).one('GlobalNetworkPolicy', 'default.node-port-31853').spec.ingress.length).toBe(4);
  const policies = Manifests.of(shop).all('NetworkPolicy');
  expect(policies.some(({ spec }) => JSON.stringify(spec.ingress).includes('"port":9090'))).toBe(true);
});

describe('which Service it is', () => {
  const service = (chart: Chart, spec: object, namespace?: string) =>
    new ApiObject(chart, 'Own', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'own', namespace }, spec });
  const ports = [{ port: 80, targetPort: 8080, nodePort: 31999 }];
  const guard = (shop: Chart, app: p.WebApp) => () =>
    new p.NodePortGuard(shop, 'own', { app, nodePort: 31999, allowFrom: ALLOWED, hosts: HOSTS });

  test('one that selects its pods by any of their labels', () => {
    const { shop, frontend } = guarded();
    service(shop, { type: 'NodePort', selector: { 'app.kubernetes.io/name': 'frontend', track: 'stable' }, ports });
    expect(guard(shop, frontend)).not.toThrow();
    expect(Manifests.of(shop).all('GlobalNetworkPolicy').length).toBe(2);
  });

  test.each<[string, object, string | undefined]>([
    [
      'of other pods',
      { type: 'NodePort', selector: { 'app.kubernetes.io/name': 'frontend', track: 'canary' }, ports },
      undefined,
    ],
    ['of no pods', { type: 'NodePort', ports }, undefined],
    ['elsewhere', { type: 'NodePort', selector: { 'app.kubernetes.io/name': 'frontend' }, ports }, 'bank'],
  ])('not one %s', (_, spec, namespace) => {
    const { shop, frontend } = guarded();
    service(shop, spec, namespace);
    expect(thrown(guard(shop, frontend))).toContain('has no NodePort 31999: its Services have 31852;');
  });

  test('the fence opens the port behind it, and no other', () => {
    const { shop } = guarded({}, p.FenceEngine.kubernetes());
    const more = webApp(shop, 'more', { extraPorts: { admin: 9000 } });
    more.expose(p.Exposure.nodePort({ nodePort: 31853 }));
    new p.NodePortGuard(shop, 'more-guard', { app: more, nodePort: 31853, allowFrom: ALLOWED, hosts: HOSTS });
    const [rule] = Manifests.of(shop).one('NetworkPolicy', 'fence-more').spec.ingress;
    expect(rule.ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
  });
});

test('in an overlay a node sends on from its tunnel, unless pods see the client', () => {
  const inOverlay = (overlay: p.Overlay) => thrown(() => guarded({ network: { overlay } }));
  const message =
    "[shop/guard] network.tunnels: a NodePort needs it, and nothing says it; use ClusterNetwork.of({ tunnels: ['10.244.11.0/32'] })";
  expect([p.Overlay.VXLAN, p.Overlay.IPIP].map((overlay) => inOverlay(overlay))).toEqual([message, message]);
  guarded({ network: { overlay: p.Overlay.NONE } });
  guarded({ network: { overlay: p.Overlay.VXLAN, tunnels: ['10.244.0.1/32'] } });
  guarded({ network: { overlay: p.Overlay.VXLAN }, exposure: { keepsClientAddress: true } });
});

describe('is refused', () => {
  const AT = '[shop/guard]';
  test.each<[string, Parameters<typeof guarded>[0], string]>([
    [
      'a port that no Service has',
      { nodePort: 31853 },
      `${AT} nodePort: shop/frontend has no NodePort 31853: its Services have 31852; use frontend.expose(Exposure.nodePort({ nodePort: 31853 })), before the guard`,
    ],
    ['a port that is none of nodes', { nodePort: 8080 }, `${AT} nodePort: 8080 is outside 30000 to 32767`],
    ['nobody', { allowFrom: [] }, `${AT} allowFrom: nobody may connect; use ['198.51.100.0/24']`],
    [
      'a network that is none',
      { allowFrom: ['198.51.100.7'] },
      `${AT} Peer.cidr: \`198.51.100.7\` is no network; use '203.0.113.0/24', or '203.0.113.7/32' for one address`,
    ],
    [
      'nodes that nobody knows',
      { network: { nodes: [] } },
      `${AT} network.nodes: a NodePort needs it, and nothing says it; use ClusterNetwork.of({ nodes: ['192.0.2.0/24'] })`,
    ],
    [
      'pods that nobody knows',
      { network: { pods: [] } },
      `${AT} network.pods: a NodePort needs it, and nothing says it; use ClusterNetwork.of({ pods: ['10.244.0.0/16'] })`,
    ],
    [
      'VPP',
      { network: { dataPlane: p.DataPlane.VPP } },
      `${AT} NodePortGuard: the data plane VPP knows no preDNAT; use DataPlane.IPTABLES, NFTABLES or EBPF`,
    ],
    [
      'a target without Calico',
      { network: { calico: undefined } },
      `${AT} engine: nothing says which release of Calico there is; use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })`,
    ],
  ])('%s', (_, props, message) => {
    expect(thrown(() => guarded(props))).toBe(message);
  });

  test('a Service without a fixed port, and one of other pods', () => {
    const { shop } = guarded();
    const other = webApp(shop, 'other');
    const guard = () =>
      new p.NodePortGuard(shop, 'late', { app: other, nodePort: 31852, allowFrom: ALLOWED, hosts: HOSTS });
    expect(thrown(guard)).toContain('shop/other has no NodePort 31852: no Service of it has a fixed one');
  });

  test('a port of nodes that is outside of its bounds', () => {
    for (const nodePort of [29_999, 32_768]) {
      expect(thrown(() => p.Exposure.nodePort({ nodePort }))).toBe(
        `Exposure.nodePort: nodePort: ${nodePort} is outside 30000 to 32767`,
      );
    }
    expect(thrown(() => p.Exposure.nodePort({ nodePort: 30_000, port: 0 }))).toContain('Exposure.nodePort: port');
    expect(() => p.Exposure.nodePort({ nodePort: 32_767 })).not.toThrow();
  });
});
