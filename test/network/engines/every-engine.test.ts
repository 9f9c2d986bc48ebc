import * as p from '../../../lib';
import { Manifests } from '../../../lib';
import { CAPABILITIES, type Capability, can, ENGINES } from '../../../lib/network/engines/capabilities';
import { thrown } from '../../support/apps';
import { ENGINE_NAMES, FENCE_ENGINES, type Fenced, fenced, objectsIn, policiesOf, webApp } from '../../support/fences';

/** Every ordered pair of apps that may connect, and the port. */
const openPairs = ({ fence }: Fenced): string[] =>
  fence
    .reachability()
    .all()
    .filter(({ isAllowed }) => isAllowed)
    .map(({ source, destination, port }) => `${source} -> ${destination}:${port}`);

test('no engine does everything, and each capability has one', () => {
  for (const capability of Object.keys(CAPABILITIES) as Capability[]) {
    const able = ENGINE_NAMES.filter((engine) => can(engine, capability));
    expect(able.length).toBeGreaterThan(0);
    expect(able.length).toBeLessThan(ENGINE_NAMES.length);
  }
  expect(Object.keys(ENGINES)).toEqual(ENGINE_NAMES);
});

describe.each(ENGINE_NAMES)('%s', (engine) => {
  test('a fence alone denies everything into, out of and within the namespace', () => {
    expect(openPairs(fenced(engine))).toEqual([]);
  });

  test('what is allowed is open, in one direction, and nothing else is', () => {
    const all = fenced(engine);
    const { fence, frontend, checkout, mailer, teller } = all;
    fence.allow(p.Peer.workload(frontend), p.Peer.workload(checkout));
    fence.allow(p.Peer.workload(mailer), p.Peer.workload(teller));
    expect(openPairs(all).sort()).toEqual(['shop/frontend -> shop/checkout:8080', 'shop/mailer -> bank/teller:8080']);
  });

  test('both halves of an edge between two fenced namespaces are emitted, whoever allows it', () => {
    for (const which of ['first', 'second']) {
      const all = fenced(engine);
      const other = new p.NamespaceFence(all.bank, 'fence', { engine: FENCE_ENGINES[engine]() });
      (which === 'first' ? all.fence : other).allow(p.Peer.workload(all.frontend), p.Peer.workload(all.teller));
      expect(openPairs(all)).toEqual(['shop/frontend -> bank/teller:8080']);
    }
  });

  test('an edge that was allowed before the other fence was made has both halves too', () => {
    const all = fenced(engine);
    all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.teller));
    new p.NamespaceFence(all.bank, 'fence', { engine: FENCE_ENGINES[engine]() });
    expect(openPairs(all)).toEqual(['shop/frontend -> bank/teller:8080']);
  });

  test('every pod finds the DNS server, over both protocols', () => {
    const all = fenced(engine);
    const dns = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      spec: {
        template: {
          metadata: { labels: { 'k8s-app': 'kube-dns' } },
          spec: { containers: [{ name: 'dns', image: 'dns:1.0' }] },
        },
      },
    };
    const reachability = p.Reachability.ofManifests([...objectsIn(all), dns]);
    for (const name of ['frontend', 'checkout', 'mailer']) {
      for (const protocol of ['UDP', 'TCP']) {
        expect(reachability.reaches(`shop/${name}`, 'kube-system/coredns', 53, protocol)).toBe(true);
      }
      expect(reachability.reaches(`shop/${name}`, 'kube-system/coredns', 80)).toBe(false);
    }
  });

  test('a candidate of a release stays inside, and is reached as the app is', () => {
    const all = fenced(engine);
    all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
    new p.CanaryRelease(all.shop, 'release', {
      app: all.checkout,
      candidate: 'registry.example.com/checkout:1.1.0',
      plan: p.CanaryPlan.of(
        p.CanaryStep.weight(p.Weight.percent(50)),
        p.CanaryStep.approval(),
        p.CanaryStep.weight(p.Weight.percent(100)),
      ),
      engine: p.CanaryEngine.istio(),
    });
    expect(openPairs(all).sort()).toEqual([
      'shop/frontend -> shop/checkout-canary:8080',
      'shop/frontend -> shop/checkout:8080',
    ]);
  });

  test('has no finding, and names no object twice', () => {
    const all = fenced(engine);
    all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
    expect(Manifests.of(all.app).findings()).toEqual([]);
    const names = policiesOf(all).map(({ metadata }) => metadata.name);
    expect(names.length).toBe(4);
    expect(new Set(names).size).toBe(4);
  });

  test('what denies is written after what allows', () => {
    const all = fenced(engine);
    const yaml = all.app.synthYaml();
    const [whole = ''] = policiesOf(all).map(({ metadata }) => metadata.name as string);
    for (const name of ['frontend', 'checkout', 'mailer']) {
      expect(yaml.indexOf(`name: ${whole}-${name}\n`)).toBeGreaterThan(0);
      expect(yaml.indexOf(`name: ${whole}-${name}\n`)).toBeLessThan(yaml.indexOf(`name: ${whole}\n`));
    }
  });

  test('networks outside are reached, and no other port of theirs', () => {
    const all = fenced(engine);
    all.fence.allow(p.Peer.workload(all.checkout), p.Peer.cidr('203.0.113.0/24'), p.Port.tcp(443));
    const reachability = all.fence.reachability();
    const asked = ['203.0.113.7', '203.0.114.7'].map((to) => reachability.reaches('shop/checkout', to, 443));
    expect([...asked, reachability.reaches('shop/checkout', '203.0.113.7', 80)]).toEqual([true, false, false]);
    expect(reachability.reaches('shop/frontend', '203.0.113.7', 443)).toBe(false);
  });

  test('networks as sources are allowed, or refused with the engines that can', () => {
    const all = fenced(engine);
    const work = () => all.fence.allow(p.Peer.cidr('203.0.113.0/24'), p.Peer.workload(all.frontend));
    if (!can(engine, 'cidrSources')) {
      expect(thrown(work)).toBe(
        '[shop/fence] allow: clusterNetworkPolicy does not know 203.0.113.0/24; use FenceEngine.kubernetes(), FenceEngine.calico()',
      );
      return;
    }
    work();
    const reachability = all.fence.reachability();
    expect(reachability.reaches('203.0.113.7', 'shop/frontend', 8080)).toBe(true);
    expect(reachability.reaches('203.0.114.7', 'shop/frontend', 8080)).toBe(false);
    expect(reachability.reaches('203.0.113.7', 'shop/frontend', 9090)).toBe(false);
  });

  test('anywhere is anywhere', () => {
    const all = fenced(engine);
    all.fence.allow(p.Peer.anywhere(), p.Peer.workload(all.frontend));
    all.fence.allow(p.Peer.workload(all.mailer), p.Peer.anywhere(), p.Port.tcp(587));
    const reachability = all.fence.reachability();
    expect(reachability.reaches('bank/teller', 'shop/frontend', 8080)).toBe(true);
    expect(reachability.reaches('shop/mailer', '198.51.100.1', 587)).toBe(true);
    expect(reachability.reaches('shop/mailer', '198.51.100.1', 25)).toBe(false);
  });

  test('ranges and names of ports are those of the pods', () => {
    const all = fenced(engine);
    const extra = webApp(all.shop, 'extra', { port: 9000 });
    all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(extra), p.Port.named('http'));
    all.fence.allow(p.Peer.workload(all.mailer), p.Peer.podsIn('bank', { app: 'x' }), p.Port.tcpRange(5000, 5010));
    expect(all.fence.reachability().reaches('shop/frontend', 'shop/extra', 9000)).toBe(true);
    const text = JSON.stringify(policiesOf(all));
    expect(text).toMatch(/"endPort":5010|"5000:5010"|"end":5010/);
  });
});
