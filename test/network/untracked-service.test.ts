import { Chart, Duration, Size } from 'cdk8s';
import * as p from '../../lib';
import { Manifests } from '../../lib';
import { thrown } from '../support/apps';

const NETWORK: p.ClusterNetworkProps = {
  calico: '3.31',
  nodes: ['192.0.2.0/24'],
  controlPlane: ['198.51.100.0/28'],
  apiServer: ['198.51.100.3:6443'],
};
const host = (index: number) => p.Host.of(`cache-${index}`, { ip: `192.0.2.2${index}`, device: 'eth0' });
const HOSTS = [host(1), host(2), host(3)];
const CLIENTS = [p.Peer.cidr('203.0.113.0/24')];

function chartIn(network: Partial<p.ClusterNetworkProps> = {}) {
  const target = p.TargetCluster.of({ network: p.ClusterNetwork.of({ ...NETWORK, ...network }) });
  return new Chart(new p.ProductionApp({ target }), 'cache', { namespace: 'cache' });
}

function untracked(chart = chartIn(), props: Partial<p.UntrackedServiceProps> = {}) {
  const service = new p.UntrackedService(chart, 'memcached', {
    image: 'registry.example.com/memcached:1.6.39',
    port: 11211,
    resources: p.Resources.request({ cpuMillis: 4000, memory: Size.gibibytes(8) }),
    health: p.HealthCheck.tcp(),
    hosts: HOSTS,
    clients: CLIENTS,
    ...props,
  });
  return { chart, service };
}

const policyOf = (chart: Chart, name: string) =>
  Manifests.of(chart).one('GlobalNetworkPolicy', `default.untracked-cache-memcached${name}`).spec;

test('the pods are on their hosts, one on each, and a release never has two on one', () => {
  const { spec } = Manifests.of(
    untracked(undefined, { expects: p.ConnectionLoad.of({ perSecond: 50_000, simultaneous: 20_000 }) }).chart,
  ).one('Deployment');
  expect([spec.replicas, spec.strategy.rollingUpdate]).toEqual([3, { maxSurge: 0, maxUnavailable: 1 }]);
  const { hostNetwork, dnsPolicy, affinity, topologySpreadConstraints } = spec.template.spec;
  expect([hostNetwork, dnsPolicy, topologySpreadConstraints]).toEqual([true, 'ClusterFirstWithHostNet', undefined]);
  const term = (node: string) => ({ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] });
  expect(affinity).toEqual({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [term('cache-1'), term('cache-2'), term('cache-3')],
      },
    },
  });
  expect(spec.template.metadata.annotations['cdk8s-patterns/expects-connections']).toBe('50000/s 20000');
});

test('clients find the hosts by a headless Service, and a drain takes one at a time', () => {
  const { chart } = untracked();
  expect(Manifests.of(chart).one('Service').spec).toEqual({
    type: 'ClusterIP',
    clusterIP: 'None',
    selector: { 'app.kubernetes.io/instance': 'memcached' },
    ports: [{ name: 'tcp', port: 11211, targetPort: 'tcp', protocol: 'TCP', appProtocol: 'tcp' }],
  });
  expect(Manifests.of(chart).one('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  expect(Manifests.of(chart).findings()).toEqual([]);
});

test('requests and answers mirror each other at servers', () => {
  const { chart } = untracked();
  expect(policyOf(chart, '-servers')).toEqual({
    tier: 'default',
    order: 10,
    doNotTrack: true,
    applyOnForward: true,
    selector: "kubernetes.io/hostname in { 'cache-1', 'cache-2', 'cache-3' }",
    types: ['Ingress', 'Egress'],
    ingress: [
      { action: 'Allow', protocol: 'TCP', source: { nets: ['203.0.113.0/24'] }, destination: { ports: [11211] } },
    ],
    egress: [
      { action: 'Allow', protocol: 'TCP', source: { ports: [11211] }, destination: { nets: ['203.0.113.0/24'] } },
    ],
  });
});

test('and at clients that are hosts', () => {
  const edge = p.HostSet.labelled({ role: 'edge' });
  const { chart } = untracked(undefined, {
    clients: [...CLIENTS, p.Peer.hosts(edge), p.Peer.networkSet({ role: 'partner' })],
  });
  const servers = {
    namespaceSelector: 'global()',
    selector: "kubernetes.io/hostname in { 'cache-1', 'cache-2', 'cache-3' }",
    ports: [11211],
  };
  expect(policyOf(chart, '-clients-0')).toEqual({
    tier: 'default',
    order: 10,
    doNotTrack: true,
    applyOnForward: true,
    selector: "role == 'edge'",
    types: ['Ingress', 'Egress'],
    egress: [{ action: 'Allow', protocol: 'TCP', destination: servers }],
    ingress: [{ action: 'Allow', protocol: 'TCP', source: servers }],
  });
  expect(policyOf(chart, '-servers').ingress[1].source).toEqual({
    namespaceSelector: 'global()',
    selector: "role == 'edge'",
  });
  expect(Manifests.of(chart).all('GlobalNetworkPolicy').length).toBe(3);
  expect(Manifests.of(chart).findings()).toEqual([]);
});

test('hosts that nobody has fenced are fenced, after the policies', () => {
  const { chart } = untracked();
  const kinds = chart.toJson().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(kinds.slice(-5)).toEqual([
    'GlobalNetworkPolicy default.untracked-cache-memcached-servers',
    'GlobalNetworkPolicy default.untracked-cache-memcached',
    'HostEndpoint cache-1-eth0',
    'HostEndpoint cache-2-eth0',
    'HostEndpoint cache-3-eth0',
  ]);
});

test('long names of a namespace and of the service fit together', () => {
  const target = p.TargetCluster.of({ network: p.ClusterNetwork.of(NETWORK) });
  const long = new Chart(new p.ProductionApp({ target }), 'cache', { namespace: 'n'.repeat(63) });
  const { chart } = untracked(long, { name: 'm'.repeat(45) });
  expect(
    Manifests.of(chart).one('GlobalNetworkPolicy', `default.untracked-${'n'.repeat(63)}-${'m'.repeat(45)}`),
  ).toBeDefined();
});

test('hosts of another fence stay there', () => {
  const chart = chartIn();
  new p.HostFence(chart, 'nodes', { hosts: HOSTS.slice(0, 2) });
  untracked(chart);
  expect(policyOf(chart, '').selector).toBe("kubernetes.io/hostname in { 'cache-3' }");
  const all = chartIn();
  new p.HostFence(all, 'nodes', { hosts: HOSTS });
  untracked(all);
  expect(Manifests.of(all).all('HostEndpoint').length).toBe(3);
  expect(Manifests.of(all).all('GlobalNetworkPolicy').length).toBe(2);
});

test('no fence of the namespace covers it, and it is no end of an edge', () => {
  const chart = chartIn();
  const fence = new p.NamespaceFence(chart, 'fence');
  const { service } = untracked(chart);
  expect(
    Manifests.of(chart)
      .all('NetworkPolicy')
      .map(({ metadata }) => metadata.name),
  ).toEqual(['fence']);
  expect(thrown(() => fence.allow(p.Peer.anywhere(), p.Peer.workload(service)))).toBe(
    'Peer.workload: cache/memcached is in the network of its nodes, where policies of pods do not hold; use Peer.hosts(HostSet.of(...))',
  );
  expect(Manifests.of(chart).findings()).toEqual([]);
});

test('in a test cluster there is one pod', () => {
  const target = p.TargetCluster.of({ disposable: true, network: p.ClusterNetwork.of(NETWORK) });
  const chart = new Chart(new p.ProductionApp({ target }), 'cache', { namespace: 'cache' });
  untracked(chart);
  expect(Manifests.of(chart).one('Deployment').spec.replicas).toBe(1);
});

describe('is refused', () => {
  const AT = '[cache/memcached]';
  test.each<[string, Partial<p.UntrackedServiceProps>, Partial<p.ClusterNetworkProps>, string]>([
    ['no host', { hosts: [] }, {}, `${AT} hosts: there is none; use Host.of('n1', { ... })`],
    [
      'a host twice',
      { hosts: [host(1), host(1)] },
      {},
      `${AT} hosts: cache-1 is there twice, and has room for one pod; name it once`,
    ],
    ['no client', { clients: [] }, {}, `${AT} clients: nobody connects; use [Peer.cidr('198.51.100.0/24')]`],
    [
      'clients that are pods',
      { clients: [p.Peer.podsIn('shop')] },
      {},
      `${AT} clients: pods of shop may come by a translated address, and that needs tracking; use Peer.cidr(...) or Peer.hosts(...)`,
    ],
    [
      'everybody',
      { clients: [p.Peer.anywhere()] },
      {},
      `${AT} clients: anywhere may come by a translated address, and that needs tracking; use Peer.cidr(...) or Peer.hosts(...)`,
    ],
    [
      'VPP',
      {},
      { dataPlane: p.DataPlane.VPP },
      `${AT} UntrackedService: the data plane VPP knows no doNotTrack; use DataPlane.IPTABLES, NFTABLES or EBPF`,
    ],
    [
      'a target without Calico',
      {},
      { calico: undefined },
      `${AT} engine: nothing says which release of Calico there is; use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })`,
    ],
    [
      'a heartbeat',
      { health: p.HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30)) },
      {},
      `${AT} health: HealthCheck.heartbeat cannot say whether the app can serve, so that it would get requests too early; use HealthCheck.http('/ready')`,
    ],
  ])('%s', (_, props, network, message) => {
    expect(thrown(() => untracked(chartIn(network), props))).toBe(message);
  });
});

test('a load is a number of connections', () => {
  const load = p.ConnectionLoad.of({ perSecond: 1000 });
  expect([load.perSecond, load.simultaneous, load.trackedEntries]).toEqual([1000, 0, 120_000]);
  expect(thrown(() => p.ConnectionLoad.of({ perSecond: -1 }))).toBe('ConnectionLoad.of: perSecond: -1 is below 0');
  expect(thrown(() => p.ConnectionLoad.of({ perSecond: 1, simultaneous: 0.5 }))).toBe(
    'ConnectionLoad.of: simultaneous: 0.5 is not a whole number',
  );
});
