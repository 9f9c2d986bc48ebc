import { Chart } from 'cdk8s';
import * as p from '../../lib';
import { Manifests } from '../../lib';
import { thrown } from '../support/apps';
import { fenced, objectsIn, policiesOf } from '../support/fences';

const platform = (network: p.ClusterNetworkProps = { calico: '3.31' }, namespace?: string) =>
  new Chart(
    new p.ProductionApp({ target: p.TargetCluster.of({ network: p.ClusterNetwork.of(network) }) }),
    'platform',
    { namespace },
  );

test('the policy, as a reviewer reads it', () => {
  const chart = platform(undefined, 'ops');
  new p.ClusterFence(chart, 'defaults', { spares: ['ingress'] });
  const { metadata, spec } = Manifests.of(chart).one('GlobalNetworkPolicy');
  expect([metadata.name, metadata.namespace]).toEqual(['default.cluster-fence', undefined]);
  const destination = {
    namespaceSelector: "kubernetes.io/metadata.name == 'kube-system'",
    selector: "k8s-app == 'kube-dns'",
    ports: [53],
  };
  expect(spec).toEqual({
    tier: 'default',
    order: 100_000,
    namespaceSelector:
      "kubernetes.io/metadata.name not in { 'kube-system', 'kube-public', 'kube-node-lease', 'calico-system', 'calico-apiserver', 'tigera-operator', 'ingress' }",
    selector: 'all()',
    types: ['Ingress', 'Egress'],
    ingress: [],
    egress: [
      { action: 'Allow', protocol: 'UDP', destination },
      { action: 'Allow', protocol: 'TCP', destination },
    ],
  });
  expect(Manifests.of(chart).findings()).toEqual([]);
});

test('staged, in a tier, logging', () => {
  const chart = platform();
  new p.ClusterFence(chart, 'defaults', { tier: 'platform', stage: true, logsDenied: true });
  const { metadata, spec } = Manifests.of(chart).one('StagedGlobalNetworkPolicy');
  expect([metadata.name, spec.tier, spec.stagedAction]).toEqual(['platform.cluster-fence', 'platform', 'Set']);
  expect([spec.ingress, spec.egress.at(-1)]).toEqual([[{ action: 'Log' }], { action: 'Log' }]);
});

test('what nobody speaks of is closed, what a fence allows stays open, and the cluster’s own is spared', () => {
  const all = fenced(p.FenceEngine.calico());
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  new p.ClusterFence(all.bank, 'defaults');
  const dns = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: { containers: [{ name: 'dns', image: 'dns:1.0' }] },
  };
  const reachability = p.Reachability.ofManifests([...objectsIn(all), dns]);
  const asked = [
    ['shop/frontend', 'shop/checkout', 8080],
    ['shop/frontend', 'bank/teller', 8080],
    ['bank/teller', 'shop/checkout', 8080],
    ['203.0.113.7', 'bank/teller', 8080],
    ['bank/teller', 'kube-system/dns', 53],
    ['bank/teller', 'kube-system/dns', 80],
    ['kube-system/dns', '203.0.113.7', 53],
  ] as const;
  expect(asked.map(([from, to, port]) => reachability.reaches(from, to, port))).toEqual([
    true,
    false,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(policiesOf(all).length).toBe(5);
});

test('the mesh is needed by all pods', () => {
  const chart = platform({ calico: '3.31', mesh: p.MeshMode.AMBIENT });
  new p.ClusterFence(chart, 'defaults');
  expect(Manifests.of(chart).one('GlobalNetworkPolicy').spec.ingress).toEqual([
    { action: 'Allow', source: { nets: ['169.254.7.127/32'] } },
  ]);
});

test.each<[string, () => unknown, string]>([
  [
    'without Calico',
    () => new p.ClusterFence(platform({}), 'x'),
    "[platform/x] engine: nothing says which release of Calico there is; use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })",
  ],
  [
    'staged in an old Calico',
    () => new p.ClusterFence(platform({ calico: '3.29' }), 'x', { stage: true }),
    '[platform/x] engine: stage: staged policies need Calico 3.30 or newer, the target has 3.29; remove stage',
  ],
  [
    'sparing what is spared',
    () => new p.ClusterFence(platform(), 'x', { spares: ['kube-system'] }),
    "[platform/x] spares: kube-system is the cluster's own, and spared anyway; remove it",
  ],
  [
    'sparing what is no namespace',
    () => new p.ClusterFence(platform(), 'x', { spares: ['Ops'] }),
    '[platform/x] spares: `Ops` is not a DNS label; use lower-case letters, digits and inner hyphens',
  ],
])('is refused %s', (_, work, message) => {
  expect(thrown(work)).toBe(message);
});
