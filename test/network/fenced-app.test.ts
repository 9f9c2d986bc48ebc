import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { FencedManifest, fencedIn } from '../../lib/network/fenced-app';
import { thrown } from '../support/apps';
import { fenced, policiesOf, webApp } from '../support/fences';

const namesOf = (all: ReturnType<typeof fenced>) => policiesOf(all).map(({ metadata }) => metadata.name);
const legacy = (all: ReturnType<typeof fenced>, more: Partial<kplus.DeploymentProps> = {}) =>
  new kplus.Deployment(all.shop, 'legacy', {
    containers: [
      {
        image: 'registry.example.com/legacy:1.0.0',
        ports: [
          { number: 7000, name: 'web' },
          { number: 7053, name: 'names', protocol: kplus.Protocol.UDP },
          { number: 7132, protocol: kplus.Protocol.SCTP },
        ],
      },
    ],
    ...more,
  });

test('only pods of the namespace get a policy there', () => {
  const all = fenced();
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.teller));
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.podsIn('bank', { app: 'x' }), p.Port.tcp(1));
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.podsIn('shop'), p.Port.tcp(1));
  webApp(all.bank, 'vault');
  expect(namesOf(all)).toEqual(['fence', 'fence-frontend', 'fence-checkout', 'fence-mailer']);
});

test('pods that are known by labels are named after them', () => {
  const named = (labels: Record<string, string>) => fencedIn('shop', p.Peer.podsIn('shop', labels)._intent)?.name;
  expect([named({ app: 'redis' }), named({ app: 'redis', role: 'Main_1.x' }), named({})]).toEqual([
    'redis',
    'redis-main-1-x',
    undefined,
  ]);
  expect(fencedIn('shop', p.Peer.podsIn('bank', { app: 'x' })._intent)).toBeUndefined();
  expect(fencedIn('shop', p.Peer.anywhere()._intent)).toBeUndefined();
});

test('a task and a cdk8s-plus workload are read like an app', () => {
  const all = fenced();
  const task = new p.BatchTask(all.shop, 'report', {
    image: 'registry.example.com/report:1.0.0',
    resources: p.Resources.request({ cpuMillis: 10, memory: require('cdk8s').Size.mebibytes(16) }),
    schedule: '0 3 * * *',
    keepToken: true,
  });
  expect([FencedManifest.of(task).keepsToken, FencedManifest.of(task).ports]).toEqual([true, []]);
  const other = FencedManifest.of(legacy(all));
  expect(other.ports).toEqual([
    { port: 7000, protocol: 'TCP' },
    { port: 7053, protocol: 'UDP' },
    { port: 7132, protocol: 'SCTP' },
  ]);
  expect([other.scraped, other.behind('legacy', 80)]).toEqual([undefined, undefined]);
});

test('whether pods keep their token: as they say, as their account says, or as Kubernetes has it', () => {
  const all = fenced();
  const keeps = (more: Partial<kplus.DeploymentProps>) => {
    all.shop.node.tryRemoveChild('legacy');
    return FencedManifest.of(legacy(all, more)).keepsToken;
  };
  expect([keeps({ automountServiceAccountToken: true }), keeps({ automountServiceAccountToken: false })]).toEqual([
    true,
    false,
  ]);
  expect([
    FencedManifest.of(all.checkout).keepsToken,
    FencedManifest.of(webApp(all.shop, 'op', { keepToken: true })).keepsToken,
  ]).toEqual([false, true]);
});

test('ports are found by number or name, with their protocol', () => {
  const manifest = FencedManifest.of(legacy(fenced()));
  expect(manifest.checked({ port: 'names', protocol: 'UDP' })).toEqual({ port: 7053, protocol: 'UDP' });
  expect(manifest.checked({ port: 7000, protocol: 'TCP' })).toEqual({ port: 7000, protocol: 'TCP' });
  expect(manifest.checked({ port: 1, last: 9, protocol: 'TCP' })).toEqual({ port: 1, last: 9, protocol: 'TCP' });
  expect(thrown(() => manifest.checked({ port: 7053, protocol: 'TCP' }))).toBe(
    'allow: shop/legacy has no port 7053/TCP; it has 7000/TCP (web), 7053/UDP (names), 7132/SCTP',
  );
});

test('the port of a Service is that of the pods behind it', () => {
  const all = fenced();
  const shifted = webApp(all.shop, 'shifted', { port: 9000, servicePort: 80 });
  expect(FencedManifest.of(shifted).ports).toEqual([{ port: 9000, protocol: 'TCP' }]);
  expect(FencedManifest.of(shifted).behind('shifted', 80)).toEqual({ port: 9000, protocol: 'TCP' });
  expect([FencedManifest.of(shifted).behind('shifted', 9000), FencedManifest.of(shifted).behind('other', 80)]).toEqual([
    undefined,
    undefined,
  ]);
});

test('what is scraped is none of the ports that callers get, unless it is the only one', () => {
  const all = fenced();
  all.checkout.monitor({ port: 9090 });
  all.frontend.monitor();
  const [checkout, frontend] = [FencedManifest.of(all.checkout), FencedManifest.of(all.frontend)];
  expect([checkout.scraped, checkout.ports]).toEqual([
    { port: 9090, protocol: 'TCP' },
    [{ port: 8080, protocol: 'TCP' }],
  ]);
  expect([frontend.scraped, frontend.ports]).toEqual([
    { port: 8080, protocol: 'TCP' },
    [{ port: 8080, protocol: 'TCP' }],
  ]);
});

describe('peers and ports', () => {
  test('what only selects pods is no workload', () => {
    const { shop } = fenced();
    const some = kplus.Pods.select(shop, 'some', { labels: { app: 'x' } });
    expect(thrown(() => p.Peer.workload(some))).toBe('Peer.workload: shop/some is no workload; use Peer.podsIn');
  });

  test.each<[() => unknown, string]>([
    [() => p.Port.tcp(0), 'Port.tcp: 0 is outside 1 to 65535'],
    [() => p.Port.udp(65536), 'Port.udp: 65536 is outside 1 to 65535'],
    [() => p.Port.tcpRange(0, 5), 'Port.tcpRange: 0 is outside 1 to 65535'],
    [() => p.Port.tcpRange(5, 65536), 'Port.tcpRange: 65536 is outside 1 to 65535'],
    [
      () => p.Port.named('Http'),
      'Port.named: `Http` is not a port name; use lower-case letters, digits and single inner hyphens',
    ],
    [
      () => p.Peer.podsIn('Shop'),
      'Peer.podsIn: `Shop` is not a DNS label; use lower-case letters, digits and inner hyphens',
    ],
    [() => p.Peer.istioGateway('a/b/c'), "Peer.istioGateway: `a/b/c` is not a Gateway; use 'namespace/name'"],
    [() => p.Peer.istioGateway('a/'), "Peer.istioGateway: `a/` is not a Gateway; use 'namespace/name'"],
    [
      () => p.Peer.cidr('203.0.113.0/99'),
      "Peer.cidr: `203.0.113.0/99` is no network; use '203.0.113.0/24', or '203.0.113.7/32' for one address",
    ],
  ])('%# is refused', (work, message) => {
    expect(thrown(work)).toBe(message);
  });

  test('a range of one port is a range', () => {
    expect(p.Port.tcpRange(80, 80)._intent).toEqual({ port: 80, last: 80, protocol: 'TCP' });
  });
});

test.each(['kube-public', 'kube-node-lease', 'calico-system', 'calico-apiserver', 'tigera-operator'])(
  '%s is not fenced',
  (namespace) => {
    const { Chart } = require('cdk8s');
    const chart = new Chart(new p.ProductionApp(), 'c', { namespace });
    expect(thrown(() => new p.NamespaceFence(chart, 'fence'))).toContain(`${namespace} is the cluster's own`);
  },
);

test('describe() is about edges of the own namespace', () => {
  const all = fenced();
  const other = new p.NamespaceFence(all.bank, 'fence');
  const vault = webApp(all.bank, 'vault');
  other.allow(p.Peer.workload(all.teller), p.Peer.workload(vault));
  other.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.teller));
  expect(all.fence.describe().edges.map(({ source, destination, note }) => [source, destination, note])).toEqual([
    ['shop/frontend', 'bank/teller', ''],
  ]);
  expect(other.describe().edges.length).toBe(2);
});

test('networks by labels are described by them', () => {
  const all = fenced('calico');
  all.fence.allow(p.Peer.workload(all.mailer), p.Peer.networkSet({ role: 'partner', zone: 'a' }), p.Port.tcp(25));
  expect(all.fence.describe().text).toContain('shop/mailer -> networks of role=partner zone=a: 25/TCP\n');
});

test('nodes are ends by their HostEndpoints', () => {
  const all = fenced('calico');
  const edge = p.Peer.hosts(p.HostSet.labelled({ role: 'edge', zone: 'a' }));
  all.fence.allow(edge, p.Peer.workload(all.checkout));
  const { spec } = policiesOf(all).find(({ metadata }) => metadata.name === 'apps.fence-checkout');
  expect(spec.ingress).toEqual([
    {
      action: 'Allow',
      protocol: 'TCP',
      source: { namespaceSelector: 'global()', selector: "role == 'edge' && zone == 'a'" },
      destination: { ports: [8080] },
    },
  ]);
  expect(all.fence.describe().text).toContain("hosts with role == 'edge' && zone == 'a' -> shop/checkout: 8080/TCP\n");
});
