import { ApiObject, Chart } from 'cdk8s';
import * as p from '../../lib';
import { Manifests } from '../../lib';
import { thrown } from '../support/apps';

const NETWORK: p.ClusterNetworkProps = {
  calico: '3.31',
  nodes: ['192.0.2.0/24'],
  controlPlane: ['198.51.100.0/28'],
  apiServer: ['198.51.100.3:443'],
};
const chartIn = (network: Partial<p.ClusterNetworkProps> = {}) => {
  const target = p.TargetCluster.of({ network: p.ClusterNetwork.of({ ...NETWORK, ...network }) });
  return new Chart(new p.ProductionApp({ target }), 'edge');
};
const objectsOf = (chart: Chart): any[] => chart.toJson();
const host = (name = 'n1', options: Partial<p.HostOptions> = {}) =>
  p.Host.of(name, { ip: '192.0.2.11', device: 'eth0', ...options });
const allow = (protocol: string, port: number, nets?: string[]) => ({
  in: { action: 'Allow', protocol, destination: { ports: [port] }, ...(nets && { source: { nets } }) },
  out: { action: 'Allow', protocol, destination: { ports: [port], ...(nets && { nets }) } },
});

test('the policy, as a reviewer reads it', () => {
  const chart = chartIn();
  const flows = [p.HostFlow.into(p.Peer.cidr('203.0.113.0/24'), p.Port.tcp(9100)), p.HostFlow.outOf(p.Peer.anywhere())];
  new p.HostFence(chart, 'edge-nodes', { hosts: [host()], allow: flows });
  const { metadata, spec } = Manifests.of(chart).one('GlobalNetworkPolicy');
  expect(metadata.name).toBe('default.edge-nodes');
  expect(spec).toEqual({
    tier: 'default',
    order: 100,
    selector: "kubernetes.io/hostname in { 'n1' }",
    types: ['Ingress', 'Egress'],
    ingress: [
      allow('TCP', 10250, ['198.51.100.0/28']).in,
      allow('TCP', 10250, ['192.0.2.0/24']).in,
      allow('TCP', 9100, ['203.0.113.0/24']).in,
    ],
    egress: [
      allow('TCP', 443, ['198.51.100.3/32']).out,
      allow('UDP', 53).out,
      allow('UDP', 123).out,
      allow('TCP', 443).out,
      allow('TCP', 53).out,
      { action: 'Allow' },
    ],
  });
});

test('the HostEndpoint comes after it, in the file and in waves', () => {
  const chart = chartIn();
  new p.HostFence(chart, 'edge-nodes', { hosts: [host('n1', { labels: { role: 'edge' } })] });
  expect(objectsOf(chart).map(({ kind }) => kind)).toEqual(['GlobalNetworkPolicy', 'HostEndpoint']);
  expect(Manifests.of(chart).one('HostEndpoint')).toEqual({
    apiVersion: 'projectcalico.org/v3',
    kind: 'HostEndpoint',
    metadata: {
      name: 'n1-eth0',
      annotations: { 'argocd.argoproj.io/sync-wave': '1' },
      labels: { role: 'edge', 'kubernetes.io/hostname': 'n1', 'app.kubernetes.io/managed-by': 'cdk8s-patterns' },
    },
    spec: { node: 'n1', interfaceName: 'eth0', expectedIPs: ['192.0.2.11'] },
  });
  expect(Manifests.of(chart).findings()).toEqual([]);
});

test('HostEndpoints in a chart of their own come in a later file', () => {
  const chart = chartIn();
  const later = new Chart(chart.node.root as p.ProductionApp, 'a-endpoints');
  new p.HostFence(chart, 'edge-nodes', { hosts: [host()], endpointsIn: later });
  expect(objectsOf(chart).map(({ kind }) => kind)).toEqual(['GlobalNetworkPolicy']);
  expect(objectsOf(later).map(({ kind }) => kind)).toEqual(['HostEndpoint']);
  const files = (chart.node.root as p.ProductionApp).charts.map(({ node }) => node.id);
  expect(files).toEqual(['edge', 'a-endpoints']);
});

test('images, time and names may come from some only', () => {
  const chart = chartIn();
  const peer = (network: string) => [p.Peer.cidr(network)];
  new p.HostFence(chart, 'edge-nodes', {
    hosts: [host()],
    images: peer('203.0.113.1/32'),
    time: peer('203.0.113.2/32'),
    nameServers: [...peer('203.0.113.3/32'), ...peer('203.0.113.4/32')],
  });
  const { egress } = Manifests.of(chart).one('GlobalNetworkPolicy').spec;
  expect(egress.slice(1)).toEqual([
    allow('UDP', 53, ['203.0.113.3/32']).out,
    allow('UDP', 53, ['203.0.113.4/32']).out,
    allow('UDP', 123, ['203.0.113.2/32']).out,
    allow('TCP', 443, ['203.0.113.1/32']).out,
    allow('TCP', 53, ['203.0.113.3/32']).out,
    allow('TCP', 53, ['203.0.113.4/32']).out,
  ]);
});

test('hosts that are the control plane have what it needs, and nodes tell each other routes', () => {
  const chart = chartIn({
    apiServer: ['192.0.2.11:6443', '192.0.2.12:6443'],
    overlay: p.Overlay.IPIP,
    pods: ['10.244.0.0/16'],
  });
  const fence = new p.HostFence(chart, 'masters', { hosts: [host()] });
  const { ingress, egress } = Manifests.of(chart).one('GlobalNetworkPolicy').spec;
  expect(ingress.slice(2)).toEqual([
    allow('TCP', 179, ['192.0.2.0/24']).in,
    allow('TCP', 6443, ['192.0.2.0/24']).in,
    allow('TCP', 2379, ['192.0.2.12/32']).in,
    allow('TCP', 2380, ['192.0.2.12/32']).in,
    allow('TCP', 10250, ['10.244.0.0/16']).in,
  ]);
  expect(egress).toEqual(
    expect.arrayContaining([allow('TCP', 2380, ['192.0.2.12/32']).out, allow('TCP', 179, ['192.0.2.0/24']).out]),
  );
  expect(fence.describe().text).toContain('192.0.2.12/32 -> hosts: 2379/TCP; etcd');
  const vxlan = chartIn({ overlay: p.Overlay.VXLAN });
  new p.HostFence(vxlan, 'nodes', { hosts: [host()] });
  expect(JSON.stringify(Manifests.of(vxlan).one('GlobalNetworkPolicy'))).not.toContain('179');
});

test('all that is allowed, as one reads it', () => {
  const chart = chartIn();
  const fence = new p.HostFence(chart, 'edge-nodes', {
    hosts: [host()],
    allow: [p.HostFlow.into(p.Peer.podsIn('monitoring'), p.Port.tcp(9100))],
  });
  expect(
    fence.describe().text,
  ).toBe(`hosts, fenced by calico: what ends or starts there and is not listed here is denied
198.51.100.0/28 -> hosts: 10250/TCP; the kubelet: logs, exec, metrics
192.0.2.0/24 -> hosts: 10250/TCP; the kubelet: logs, exec, metrics
hosts -> 198.51.100.3/32: 443/TCP; the API server
hosts -> anywhere: 53/UDP; names
hosts -> anywhere: 123/UDP; time
hosts -> anywhere: 443/TCP; images
hosts -> anywhere: 53/TCP; names with long answers
pods of monitoring -> hosts: 9100/TCP
the failsafe ports of Calico stay open, SSH among them, until its own configuration says otherwise
what goes through the hosts to pods is not touched, nor what pods on a host say to it
`);
  expect(fence.describe().flows.at(-1)).toEqual({
    source: 'pods of monitoring',
    destination: 'hosts',
    ports: ['9100/TCP'],
    reason: '',
  });
});

test('what locks the node out is an error before anything is written', () => {
  const chart = chartIn();
  new p.HostFence(chart, 'edge-nodes', { hosts: [host()] });
  const closing = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'closing' },
    spec: {
      order: 1,
      selector: 'has(kubernetes.io/hostname)',
      types: ['Egress'],
      egress: [{ action: 'Deny', protocol: 'UDP' }],
    },
  };
  const open = p.ManifestCheck.of([...objectsOf(chart), closing], {
    target: p.TargetCluster.of({ network: p.ClusterNetwork.of(NETWORK) }),
  }).open;
  expect(open.map(({ id }) => id)).toEqual(['network/node-locked-out']);
});

test('and nothing is written then', () => {
  const chart = chartIn();
  new p.HostFence(chart, 'edge-nodes', { hosts: [host()] });
  new ApiObject(chart, 'Closing', {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'closing' },
    spec: {
      order: 1,
      selector: 'has(kubernetes.io/hostname)',
      types: ['Ingress'],
      ingress: [{ action: 'Deny', source: {} }],
    },
  });
  expect(thrown(() => (chart.node.root as p.ProductionApp).synthYaml())).toContain(
    '[edge/edge-nodes] network/node-locked-out: spec: closes the interface, and no policy lets through what the node needs: the kubelet: logs, exec, metrics (in, 10250/TCP)',
  );
});

describe('is refused', () => {
  test.each<[string, () => unknown, string]>([
    [
      'no host',
      () => new p.HostFence(chartIn(), 'f', { hosts: [] }),
      "[edge/f] hosts: there is none; use Host.of('n1', { ... })",
    ],
    [
      'a host twice',
      () => new p.HostFence(chartIn(), 'f', { hosts: [host(), host()] }),
      '[edge/f] hosts: eth0 of n1 is fenced by edge/f already; allow there what you want to allow',
    ],
    [
      'a target without Calico',
      () => new p.HostFence(chartIn({ calico: undefined }), 'f', { hosts: [host()] }),
      "[edge/f] engine: nothing says which release of Calico there is; use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })",
    ],
    [
      'no nodes',
      () => new p.HostFence(chartIn({ nodes: [] }), 'f', { hosts: [host()] }),
      "[edge/f] network.nodes: hosts need it, and nothing says it; use ClusterNetwork.of({ nodes: ['192.0.2.0/24'] })",
    ],
    [
      'no control plane',
      () => new p.HostFence(chartIn({ controlPlane: [] }), 'f', { hosts: [host()] }),
      "[edge/f] network.controlPlane: hosts need it, and nothing says it; use ClusterNetwork.of({ controlPlane: ['192.0.2.10/32'] })",
    ],
    [
      'no API server',
      () => new p.HostFence(chartIn({ apiServer: [] }), 'f', { hosts: [host()] }),
      "[edge/f] network.apiServer: hosts need it, and nothing says it; use ClusterNetwork.of({ apiServer: ['192.0.2.10:6443'] })",
    ],
    [
      'images of nobody',
      () => new p.HostFence(chartIn(), 'f', { hosts: [host()], images: [] }),
      '[edge/f] images: nobody is named, and nodes need somebody; remove images',
    ],
    [
      'a name that is none',
      () => new p.HostFence(chartIn(), 'f', { hosts: [host()], name: 'Edge' }),
      '[edge/f] name: `Edge` is not a DNS label; use lower-case letters, digits and inner hyphens',
    ],
    [
      'a name that is too long beside that of the tier',
      () => new p.HostFence(chartIn(), 'f', { hosts: [host()], name: 'n'.repeat(246) }),
      `[edge/f] name: \`${'n'.repeat(246)}\` has 246 characters, 245 are allowed`,
    ],
    [
      'a host without an address',
      () => host('n1', { ip: '' }),
      "Host.of n1: ip: `` is no address; use ip: '192.0.2.11'",
    ],
    [
      'a network in place of an address',
      () => host('n1', { ip: '192.0.2.0/24' }),
      "Host.of n1: ip: `192.0.2.0/24` is no address; use ip: '192.0.2.11'",
    ],
    [
      'an interface without a name',
      () => host('n1', { device: '' }),
      "Host.of n1: device: `` has 0 characters, and an interface has 1 to 15; use device: 'eth0'",
    ],
    [
      'an interface that Linux would cut',
      () => host('n1', { device: 'enp0s31f6-vlan10' }),
      "Host.of n1: device: `enp0s31f6-vlan10` has 16 characters, and an interface has 1 to 15; use device: 'eth0'",
    ],
    [
      'all interfaces',
      () => host('n1', { device: '*' }),
      "Host.of n1: device: `*` is not one interface; use device: 'eth0'",
    ],
    [
      'a node without a name',
      () => host('N1'),
      'Host.of: `N1` is not a host name; use `shop.example.com`, without scheme, port and path',
    ],
    [
      'the name as a label',
      () => host('n1', { labels: { 'kubernetes.io/hostname': 'n2' } }),
      'Host.of n1: labels: `kubernetes.io/hostname` is the name of the node; remove it',
    ],
    ['no label', () => p.HostSet.labelled({}), "HostSet.labelled: no label says which; use { role: 'edge' }"],
    ['no hosts', () => p.HostSet.of(), "HostSet.of: it has no host; use HostSet.labelled({ role: 'edge' })"],
    [
      'a port by name',
      () => p.HostFlow.into(p.Peer.anywhere(), p.Port.named('metrics')),
      'HostFlow with anywhere: port `metrics` has a name, which processes on hosts have not; use Port.tcp(9100)',
    ],
  ])('%s', (_, work, message) => {
    expect(thrown(work)).toBe(message);
  });
});

test('of 15 characters an interface is one, and a port by name is one of pods', () => {
  expect(host('n1', { device: 'enp0s31f6-vlan1' }).device).toBe('enp0s31f6-vlan1');
  expect(() => p.HostFlow.outOf(p.Peer.podsIn('monitoring'), p.Port.named('http'))).not.toThrow();
});
