import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { thrown } from '../support/apps';
import { fenced, policiesOf, webApp } from '../support/fences';

const rulesOf = (all: ReturnType<typeof fenced>, name: string) =>
  policiesOf(all).find(({ metadata }) => metadata.name === name)?.spec;

test('a policy of Kubernetes, as a reviewer reads it', () => {
  const all = fenced();
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  expect(rulesOf(all, 'fence-checkout')).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'checkout' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'frontend' } } }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      },
    ],
  });
});

test('a policy of Calico, as a reviewer reads it', () => {
  const all = fenced(p.FenceEngine.calico({ tier: 'apps', order: 50, logsDenied: true }));
  all.fence.allow(p.Peer.podsIn('monitoring'), p.Peer.workload(all.checkout));
  all.fence.allow(p.Peer.podsIn('shop', { app: 'redis' }), p.Peer.workload(all.checkout));
  all.fence.allow(p.Peer.workload(all.checkout), p.Peer.networkSet({ role: 'partner' }), p.Port.udp(514));
  const { tier, order, selector, types, ingress, egress } = rulesOf(all, 'apps.fence-checkout');
  expect([tier, order, selector, types]).toEqual([
    'apps',
    50,
    "app.kubernetes.io/instance == 'checkout'",
    ['Ingress', 'Egress'],
  ]);
  const ports = { ports: [8080] };
  expect(ingress).toEqual([
    {
      action: 'Allow',
      protocol: 'TCP',
      source: { namespaceSelector: "kubernetes.io/metadata.name == 'monitoring'" },
      destination: ports,
    },
    { action: 'Allow', protocol: 'TCP', source: { selector: "app == 'redis'" }, destination: ports },
  ]);
  const set = { selector: "role == 'partner'", ports: [514] };
  expect(egress.slice(0, 2)).toEqual([
    { action: 'Allow', protocol: 'UDP', destination: set },
    { action: 'Allow', protocol: 'UDP', destination: { namespaceSelector: 'global()', ...set } },
  ]);
  const whole = rulesOf(all, 'apps.fence');
  expect([whole.order, whole.selector, whole.ingress]).toEqual([51, 'all()', [{ action: 'Log' }]]);
  expect(whole.egress.at(-1)).toEqual({ action: 'Log' });
});

test('pods of the own namespace without labels are all of them, and not everybody', () => {
  const all = fenced(p.FenceEngine.calico());
  all.fence.allow(p.Peer.podsIn('shop'), p.Peer.workload(all.checkout));
  expect(rulesOf(all, 'default.fence-checkout').ingress[0].source).toEqual({ selector: 'all()' });
});

test('staged policies are of their own kind, and deny nothing yet', () => {
  const all = fenced(p.FenceEngine.calico({ stage: true }));
  for (const { kind, spec } of policiesOf(all))
    expect([kind, spec.stagedAction]).toEqual(['StagedNetworkPolicy', 'Set']);
  const reaches = (staged: boolean) => all.fence.reachability({ staged }).reaches('bank/teller', 'shop/checkout', 8080);
  expect([reaches(false), reaches(true)]).toEqual([true, false]);
});

test('a policy of administrators denies at its own end', () => {
  const all = fenced(p.FenceEngine.clusterNetworkPolicy({ tier: p.ClusterPolicyTier.BASELINE, priority: 7 }));
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout), p.Port.named('http'));
  const { tier, priority, subject, ingress, egress } = rulesOf(all, 'shop-fence-checkout');
  expect([tier, priority]).toEqual(['Baseline', 7]);
  expect(subject.pods.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'checkout' } });
  expect(ingress.map(({ name, action }: any) => [name, action])).toEqual([
    ['allow-0', 'Accept'],
    ['deny', 'Deny'],
  ]);
  expect(ingress[0].protocols).toEqual([{ tcp: { destinationPort: { number: 8080 } } }]);
  expect(egress.at(-1)).toEqual({ name: 'deny', action: 'Deny', to: [{ networks: ['0.0.0.0/0', '::/0'] }] });
  expect(rulesOf(all, 'shop-fence').priority).toBe(8);
  for (const { metadata } of policiesOf(all)) expect(metadata.namespace).toBeUndefined();
});

test('workloads of cdk8s-plus are peers by the labels of their pods', () => {
  const all = fenced();
  const other = new kplus.Deployment(all.shop, 'legacy', {
    containers: [{ image: 'registry.example.com/legacy:1.0.0', portNumber: 7000, securityContext: { user: 1000 } }],
  });
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(other));
  const { reaches } = {
    reaches: (from: string, to: string, port: number) => all.fence.reachability().reaches(from, to, port),
  };
  const name = `shop/${other.name}`;
  expect([
    reaches('shop/frontend', name, 7000),
    reaches('shop/frontend', name, 7001),
    reaches('shop/mailer', name, 7000),
  ]).toEqual([true, false, false]);
});

test('pods that are known by labels get a policy of their own', () => {
  const all = fenced();
  all.fence.allow(p.Peer.workload(all.checkout), p.Peer.podsIn('shop', { app: 'redis' }), p.Port.tcp(6379));
  const { podSelector, ingress } = rulesOf(all, 'fence-redis');
  expect(podSelector).toEqual({ matchLabels: { app: 'redis' } });
  expect(ingress).toEqual([
    {
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'checkout' } } }],
      ports: [{ port: 6379, protocol: 'TCP' }],
    },
  ]);
});

test('edges with the same ports are one rule', () => {
  const all = fenced();
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  all.fence.allow(p.Peer.workload(all.mailer), p.Peer.workload(all.checkout));
  const { ingress } = rulesOf(all, 'fence-checkout');
  expect(ingress.map(({ from, ports }: any) => [from.length, ports])).toEqual([[2, [{ port: 8080, protocol: 'TCP' }]]]);
});

test('a sidecar’s or a later port counts, since the manifest is read when it is written', () => {
  const all = fenced();
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout), p.Port.tcp(9999));
  all.checkout.addSidecar(
    p.Sidecar.of('proxy', {
      image: 'registry.example.com/proxy:1.0.0',
      ports: { proxy: 9999 },
      resources: p.Resources.request({ cpuMillis: 10, memory: require('cdk8s').Size.mebibytes(16) }),
    }),
  );
  expect(all.fence.reachability().reaches('shop/frontend', 'shop/checkout', 9999)).toBe(true);
});

describe('is refused', () => {
  const shop = (namespace?: string) => new Chart(new p.ProductionApp(), 'c', { namespace });
  const calico = (release: string | undefined, options: p.CalicoFenceOptions) => () => {
    const network = p.ClusterNetwork.of({ calico: release });
    const app = new p.ProductionApp({ target: p.TargetCluster.of({ network }) });
    return new p.NamespaceFence(new Chart(app, 'c', { namespace: 'shop' }), 'fence', {
      engine: p.FenceEngine.calico(options),
    });
  };

  test.each<[string, () => unknown, string]>([
    [
      'a chart without a namespace',
      () => new p.NamespaceFence(shop(), 'fence'),
      "[c/fence] NamespaceFence: its chart has no namespace; use new Chart(app, 'shop', { namespace: 'shop' })",
    ],
    [
      'a namespace of the cluster',
      () => new p.NamespaceFence(shop('kube-system'), 'fence'),
      "[c/fence] NamespaceFence: kube-system is the cluster's own: a fence there takes DNS or policies from everybody; fence the namespaces of apps",
    ],
    [
      'a second fence',
      () => {
        const chart = shop('shop');
        new p.NamespaceFence(chart, 'one');
        new p.NamespaceFence(chart, 'two');
      },
      '[c/two] NamespaceFence: shop is fenced by c/one already; allow there what you want to allow',
    ],
    [
      'an edge elsewhere',
      () => {
        const all = fenced();
        all.fence.allow(p.Peer.podsIn('a'), p.Peer.workload(all.teller));
      },
      '[shop/fence] allow: neither pods of a nor bank/teller lies in namespace shop; allow it where one of them lies',
    ],
    [
      'networks by labels without Calico',
      () => {
        const all = fenced();
        all.fence.allow(p.Peer.workload(all.frontend), p.Peer.networkSet({ role: 'partner' }));
      },
      '[shop/fence] allow: kubernetes does not know networks by labels; use FenceEngine.calico()',
    ],
    [
      'nodes by their HostEndpoints without Calico',
      () => {
        const all = fenced();
        all.fence.allow(p.Peer.hosts(p.HostSet.labelled({ role: 'edge' })), p.Peer.workload(all.frontend));
      },
      '[shop/fence] allow: kubernetes does not know nodes by their HostEndpoints; use FenceEngine.calico()',
    ],
    [
      'a reason of spaces',
      () => fenced().fence.without(p.FenceCompletion.DNS, ' '),
      '[shop/fence] without: a reason is missing; say why the pods do not need it',
    ],
    [
      'Calico of which nobody knows the release',
      calico(undefined, {}),
      "[c/fence] engine: nothing says which release of Calico there is; use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })",
    ],
    [
      'stages of an old Calico',
      calico('3.29', { stage: true }),
      '[c/fence] engine: stage: staged policies need Calico 3.30 or newer, the target has 3.29; remove stage',
    ],
    [
      'tiers of an old Calico',
      calico('3.28', { tier: 'apps' }),
      '[c/fence] engine: tier: tiers need Calico 3.29 or newer, the target has 3.28; remove tier',
    ],
    [
      'policies of administrators with an old Calico',
      () => fenced('clusterNetworkPolicy', { calico: '3.31' }),
      '[shop/fence] engine: needs Calico 3.32 or newer, the target has 3.31; use FenceEngine.calico() or FenceEngine.kubernetes()',
    ],
    [
      'a priority that leaves no room',
      () => p.FenceEngine.clusterNetworkPolicy({ priority: 1000 }),
      'FenceEngine.clusterNetworkPolicy: priority: 1000 is outside 0 to 999',
    ],
    [
      'a port that the app does not have',
      () => {
        const all = fenced();
        all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout), p.Port.tcp(9999));
        all.fence.describe();
      },
      '[shop/fence] allow: shop/checkout has no port 9999/TCP; it has 8080/TCP (http)',
    ],
    [
      'a port of what has none',
      () => {
        const all = fenced();
        all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.mailer), p.Port.named('http'));
        all.fence.describe();
      },
      '[shop/fence] allow: shop/mailer has no port http/TCP; it has none',
    ],
    [
      'a network without a length',
      () => p.Peer.cidr('203.0.113.7'),
      "Peer.cidr: `203.0.113.7` is no network; use '203.0.113.0/24', or '203.0.113.7/32' for one address",
    ],
    [
      'a Gateway without a namespace',
      () => p.Peer.istioGateway('public'),
      "Peer.istioGateway: `public` is not a Gateway; use 'namespace/name'",
    ],
    ['sets of nothing', () => p.Peer.networkSet({}), "Peer.networkSet: no label says which; use { role: 'partner' }"],
    ['a range backwards', () => p.Port.tcpRange(9, 8), 'Port.tcpRange: 8 comes before 9; use Port.tcpRange(8, 9)'],
  ])('%s', (_, work, message) => {
    expect(thrown(work)).toBe(message);
  });

  test('an edge to a worker, which has no port', () => {
    const all = fenced();
    all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.mailer));
    expect(thrown(() => all.fence.describe())).toBe(
      '[shop/fence] allow: shop/mailer has no port that could be connected to; name one: Port.tcp(8080)',
    );
  });
});

test('an app that is made before or after the fence has a policy', () => {
  const all = fenced();
  webApp(all.shop, 'late');
  expect(policiesOf(all).map(({ metadata }) => metadata.name)).toEqual([
    'fence',
    'fence-frontend',
    'fence-checkout',
    'fence-mailer',
    'fence-late',
  ]);
});

test('the first releases that have what is asked', () => {
  expect(() => fenced(p.FenceEngine.calico({ stage: true }), { calico: '3.30' })).not.toThrow();
  expect(() => fenced(p.FenceEngine.calico({ tier: 'apps' }), { calico: '3.29' })).not.toThrow();
  expect(() => fenced(p.FenceEngine.calico(), { calico: '3.27' })).not.toThrow();
  expect(() => fenced('clusterNetworkPolicy', { calico: '3.32' })).not.toThrow();
});
