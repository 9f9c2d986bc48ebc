import { ApiObject, Duration } from 'cdk8s';
import * as p from '../../lib';
import { thrown } from '../support/apps';
import { type Fenced, fenced, policiesOf, webApp } from '../support/fences';

const PROMETHEUS = p.Peer.podsIn('monitoring', { app: 'prometheus' });
const rulesOf = (all: Fenced, name: string, direction: 'ingress' | 'egress') =>
  policiesOf(all).find(({ metadata }) => metadata.name === name)?.spec[direction];
const completionsOf = ({ fence }: Fenced) =>
  fence.describe().completions.map(({ completion, app = '*', reason }) => `${completion} ${app}: ${reason}`);

test('names are asked of the cache on the node too, where there is one', () => {
  const all = fenced('kubernetes', { nodeLocalDns: ['169.254.20.10', 'fd00::a'] });
  const [dns] = rulesOf(all, 'fence', 'egress');
  expect(dns.to.slice(1)).toEqual([{ ipBlock: { cidr: '169.254.20.10/32' } }, { ipBlock: { cidr: 'fd00::a/128' } }]);
  expect(completionsOf(all)).toEqual(['dns *: names are asked of the cache on the node, and of kube-dns']);
});

test('sidecars reach istiod', () => {
  const all = fenced('kubernetes', { mesh: p.MeshMode.SIDECAR });
  expect(rulesOf(all, 'fence-checkout', 'egress').at(-1)).toEqual({
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
        podSelector: { matchLabels: { app: 'istiod' } },
      },
    ],
    ports: [{ port: 15012, protocol: 'TCP' }],
  });
});

test('in ambient mode both halves of an edge open the port of the mesh, and its probes come in', () => {
  const all = fenced('kubernetes', { mesh: p.MeshMode.AMBIENT });
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  const ports = [
    { port: 8080, protocol: 'TCP' },
    { port: 15008, protocol: 'TCP' },
  ];
  expect(rulesOf(all, 'fence-frontend', 'egress')[0].ports).toEqual(ports);
  const [edge, probes] = rulesOf(all, 'fence-checkout', 'ingress');
  expect([edge.ports, probes]).toEqual([ports, { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] }]);
  expect(all.fence.describe().text).toContain('in ambient mode connections come by port 15008');
});

test('who scrapes reaches the port of the metrics, and callers of the app do not', () => {
  const all = fenced('kubernetes', {}, { scrapedBy: [PROMETHEUS] });
  all.checkout.monitor({ port: 9090 });
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  const [edge, scrape, ...more] = rulesOf(all, 'fence-checkout', 'ingress');
  expect(more).toEqual([]);
  expect(edge.ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
  expect(scrape.ports).toEqual([{ port: 9090, protocol: 'TCP' }]);
  expect(scrape.from[0].podSelector).toEqual({ matchLabels: { app: 'prometheus' } });
});

test('metrics on the app’s own port, of workers, and of sidecars', () => {
  const all = fenced('kubernetes', { mesh: p.MeshMode.SIDECAR }, { scrapedBy: [PROMETHEUS] });
  all.checkout.monitor();
  all.mailer.monitor({ port: 9100 });
  const ports = (name: string) => rulesOf(all, name, 'ingress')[0].ports.map(({ port }: { port: number }) => port);
  expect([ports('fence-checkout'), ports('fence-mailer')]).toEqual([
    [8080, 15020, 15090],
    [9100, 15020, 15090],
  ]);
});

describe('what the gates of a release look at', () => {
  const released = (
    mesh: p.MeshMode | undefined,
    props: Partial<p.CanaryReleaseProps>,
    gate = p.Gate.successRate(99),
  ) => {
    const all = fenced('kubernetes', { mesh }, { scrapedBy: [PROMETHEUS] });
    new p.CanaryRelease(all.shop, 'release', {
      app: all.checkout,
      candidate: 'registry.example.com/checkout:1.1.0',
      plan: p.CanaryPlan.of(
        p.CanaryStep.weight(p.Weight.percent(50)),
        p.CanaryStep.pause(Duration.minutes(10)),
        p.CanaryStep.gate(gate),
        p.CanaryStep.weight(p.Weight.percent(100)),
      ),
      expects: p.Traffic.requestsPerSecond(50),
      engine: p.CanaryEngine.istio(),
      ...props,
    });
    return all;
  };
  const ports = (all: Fenced) =>
    rulesOf(all, 'fence-checkout', 'ingress').flatMap(({ ports: open = [] }: { ports?: { port: number }[] }) =>
      open.map(({ port }) => port),
    );

  test('metrics of sidecars, of an app that nothing else monitors', () => {
    const all = released(p.MeshMode.SIDECAR, {});
    expect(ports(all)).toEqual([15020, 15090]);
    expect(all.fence.describe().text).toContain(
      'scrapes, for checkout: the gates of a release look at metrics of checkout',
    );
    expect(ports(released(p.MeshMode.AMBIENT, {}))).toEqual([]);
    expect(ports(released(undefined, {}))).toEqual([]);
  });

  test('an approval looks at nothing', () => {
    const plan = p.CanaryPlan.of(
      p.CanaryStep.weight(p.Weight.percent(50)),
      p.CanaryStep.approval(),
      p.CanaryStep.weight(p.Weight.percent(100)),
    );
    expect(ports(released(p.MeshMode.SIDECAR, { plan }))).toEqual([]);
  });

  test('metrics of the app itself, whose port its monitor says', () => {
    const all = released(undefined, { telemetry: p.Telemetry.app() });
    expect(thrown(() => policiesOf(all))).toBe(
      '[shop/fence] scrapedBy: the gates of its release ask for metrics of checkout, and nothing says at which port it shows them; use checkout.monitor()',
    );
    all.checkout.monitor({ port: 9090 });
    expect(ports(all)).toEqual([9090]);
  });
});

test('a monitored app is refused where nobody says who scrapes, or nobody is to', () => {
  const all = fenced();
  all.checkout.monitor();
  expect(thrown(() => all.fence.describe())).toBe(
    "[shop/fence] scrapedBy: checkout is monitored, and nothing says who scrapes it; use scrapedBy: [Peer.podsIn('monitoring', { 'app.kubernetes.io/name': 'prometheus' })]",
  );
  all.fence.without(p.FenceCompletion.SCRAPES, 'metrics are pushed');
  expect(rulesOf(all, 'fence-checkout', 'ingress')).toEqual([]);
  expect(all.fence.describe().completions.at(-1)).toEqual({
    completion: 'scrapes',
    reason: 'metrics are pushed',
    isRemoved: true,
  });
  expect(all.fence.describe().text).toContain('scrapes: left out, metrics are pushed\n');
});

test('pods that keep their token reach the API server: by its addresses, or by its Service', () => {
  const all = fenced('kubernetes', { apiServer: ['192.0.2.10:6443', '[fd00::1]:443'] });
  webApp(all.shop, 'operator', { keepToken: true });
  expect(rulesOf(all, 'fence-operator', 'egress').slice(1)).toEqual([
    { to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 6443, protocol: 'TCP' }] },
    { to: [{ ipBlock: { cidr: 'fd00::1/128' } }], ports: [{ port: 443, protocol: 'TCP' }] },
  ]);
  expect(rulesOf(all, 'fence-checkout', 'egress').length).toBe(1);
  const calico = fenced(p.FenceEngine.calico(), { apiServer: [] });
  webApp(calico.shop, 'operator', { keepToken: true });
  expect(rulesOf(calico, 'default.fence-operator', 'egress').at(-1)).toEqual({
    action: 'Allow',
    destination: { services: { name: 'kubernetes', namespace: 'default' } },
  });
});

test('what lacks its address is refused with the name of the field', () => {
  const all = fenced('kubernetes', { apiServer: [] });
  webApp(all.shop, 'operator', { keepToken: true });
  expect(thrown(() => policiesOf(all))).toBe(
    "[shop/fence] network.apiServer: operator keeps its token, and nothing says where the API server is; use ClusterNetwork.of({ apiServer: ['192.0.2.10:6443'] }), or keepToken: false",
  );
  all.fence.without(p.FenceCompletion.API_SERVER, 'the token is for Vault');
  expect(rulesOf(all, 'fence-operator', 'egress').length).toBe(1);
});

describe.each([
  [
    'ValidatingWebhookConfiguration',
    { webhooks: [{ clientConfig: { service: { namespace: 'shop', name: 'checkout', port: 8080 } } }] },
  ],
  [
    'MutatingWebhookConfiguration',
    {
      webhooks: [
        { clientConfig: { url: 'https://x' } },
        { clientConfig: { service: { namespace: 'shop', name: 'checkout', port: 8080 } } },
      ],
    },
  ],
  ['APIService', { spec: { service: { namespace: 'shop', name: 'checkout', port: 8080 } } }],
])('%s', (kind, body) => {
  const group = kind === 'APIService' ? 'apiregistration.k8s.io' : 'admissionregistration.k8s.io';
  const calling = (network: Partial<p.ClusterNetworkProps> = {}, other: object = body) => {
    const all = fenced('kubernetes', network);
    new ApiObject(all.bank, 'Calls', { apiVersion: `${group}/v1`, kind, ...other });
    return all;
  };

  test('the API server calls the app', () => {
    expect(rulesOf(calling(), 'fence-checkout', 'ingress')).toEqual([
      { from: [{ ipBlock: { cidr: '192.0.2.0/28' } }], ports: [{ port: 8080, protocol: 'TCP' }] },
    ]);
    expect(rulesOf(calling(), 'fence-frontend', 'ingress')).toEqual([]);
    expect(completionsOf(calling())).toContain('webhooks checkout: the API server calls checkout');
  });

  test('from where, has to be known', () => {
    expect(thrown(() => policiesOf(calling({ controlPlane: [] })))).toBe(
      "[shop/fence] network.controlPlane: the API server calls checkout, and nothing says from which addresses; use ClusterNetwork.of({ controlPlane: ['192.0.2.0/28'] })",
    );
  });

  test('a Service or port of somebody else is none of the app’s', () => {
    const elsewhere = JSON.parse(JSON.stringify(body).replace('"shop"', '"bank"'));
    const otherPort = JSON.parse(JSON.stringify(body).replace('8080', '9'));
    for (const other of [elsewhere, otherPort]) {
      expect(rulesOf(calling({}, other), 'fence-checkout', 'ingress')).toEqual([]);
    }
  });
});

test('all that is allowed, as one reads it', () => {
  const all = fenced('kubernetes', {}, { scrapedBy: [PROMETHEUS] });
  all.checkout.monitor({ port: 9090 });
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  all.fence.allow(p.Peer.workload(all.mailer), p.Peer.workload(all.teller));
  all.fence.allow(p.Peer.istioGateway('istio-system/public'), p.Peer.workload(all.frontend));
  all.fence.allow(p.Peer.workload(all.mailer), p.Peer.anywhere(), p.Port.tcpRange(1, 9));
  all.fence.allow(p.Peer.workload(all.mailer), p.Peer.podsIn('lab'));
  all.fence.without(p.FenceCompletion.DNS, 'addresses are fixed');
  expect(all.fence.describe().text).toBe(`namespace shop, fenced by kubernetes: what is not listed here is denied
shop/frontend -> shop/checkout: 8080/TCP
shop/mailer -> bank/teller: 8080/TCP; bank/teller is not fenced, and accepts anybody else too
pods of istio-system gateway.networking.k8s.io/gateway-name=public -> shop/frontend: 8080/TCP; pods of istio-system gateway.networking.k8s.io/gateway-name=public is not fenced, and may connect to anybody else too
shop/mailer -> anywhere: 1-9/TCP
shop/mailer -> pods of lab: every port; pods of lab is not fenced, and accepts anybody else too
scrapes, for checkout: checkout is monitored
dns: left out, addresses are fixed
pods in the network of their node (hostNetwork) are not fenced, and a node always reaches its own pods
`);
  const { edges } = all.fence.describe();
  expect(edges[0]).toEqual({ source: 'shop/frontend', destination: 'shop/checkout', ports: ['8080/TCP'], note: '' });
});

test('what administrators’ policies cannot deny is said', () => {
  expect(fenced('clusterNetworkPolicy').fence.describe().text).toContain(
    'connections from outside of the cluster are not denied',
  );
});

test('a staged fence says that it denies nothing yet', () => {
  const staged = fenced(p.FenceEngine.calico({ stage: true }), { calico: '3.31' });
  expect(staged.fence.describe().text.split('\n')[0]).toBe(
    'namespace shop, fenced by calico, staged: nothing is denied yet, and once it is enforced what is not listed here',
  );
  const enforced = fenced(p.FenceEngine.calico(), { calico: '3.31' });
  expect(enforced.fence.describe().text.split('\n')[0]).toBe(
    'namespace shop, fenced by calico: what is not listed here is denied',
  );
});
