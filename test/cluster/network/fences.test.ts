import { Chart } from 'cdk8s';
import * as p from '../../../lib';
import { hostEndpointRefused } from '../../../lib/rules/network/host-endpoint-refused';
import { hostFlagsContradict } from '../../../lib/rules/network/host-flags-contradict';
import { policyNameWithoutTier } from '../../../lib/rules/network/policy-name-without-tier';
import { portsWithoutProtocol } from '../../../lib/rules/network/ports-without-protocol';
import { selectorUnreadable } from '../../../lib/rules/network/selector-unreadable';
import { servicesMisplaced } from '../../../lib/rules/network/services-misplaced';
import { FENCE_ENGINES, fenced, policiesOf, webApp } from '../../support/fences';
import { objects } from '../../support/rules';
import type { Manifest } from '../support/api';
import { TIER } from '../support/around';
import { api, Namespace } from '../support/cluster';
import { drill } from '../support/drill';
import { evaluated, packets } from '../support/evaluator';

const namespace = Namespace.forThisFile('fences');
const PROMETHEUS = p.Peer.podsIn('monitoring', { app: 'prometheus' });

/** Everything that a fence can say, with an engine. */
function everything(engine: p.FenceEngine, mesh: p.MeshMode | undefined, isAdmin = false): Manifest[] {
  const all = fenced(
    engine,
    { mesh, nodeLocalDns: ['169.254.20.10'], calico: isAdmin ? '3.32' : '3.31' },
    { scrapedBy: [PROMETHEUS] },
  );
  const { fence, frontend, checkout, mailer, teller } = all;
  checkout.monitor({ port: 9090 });
  webApp(all.shop, 'operator', { keepToken: true });
  fence.allow(p.Peer.workload(frontend), p.Peer.workload(checkout));
  fence.allow(p.Peer.workload(mailer), p.Peer.workload(teller), p.Port.named('http'));
  fence.allow(p.Peer.istioGateway('istio-system/public'), p.Peer.workload(frontend));
  fence.allow(p.Peer.podsIn('shop'), p.Peer.workload(checkout));
  fence.allow(p.Peer.workload(mailer), p.Peer.cidr('203.0.113.0/24'), p.Port.tcpRange(25, 587), p.Port.udp(53));
  fence.allow(p.Peer.workload(mailer), p.Peer.anywhere(), p.Port.tcp(443));
  if (!isAdmin) fence.allow(p.Peer.cidr('198.51.100.0/24'), p.Peer.workload(frontend));
  return policiesOf(all);
}

const EMITTED: Readonly<Record<string, () => Manifest[]>> = {
  kubernetes: () => everything(p.FenceEngine.kubernetes(), undefined),
  'kubernetes, ambient mesh': () => everything(p.FenceEngine.kubernetes(), p.MeshMode.AMBIENT),
  calico: () => everything(p.FenceEngine.calico(), p.MeshMode.SIDECAR),
  'calico in a tier, logging': () =>
    everything(p.FenceEngine.calico({ tier: 'apps', order: 20, logsDenied: true }), p.MeshMode.AMBIENT),
  'the default of a cluster': () => {
    const network = p.ClusterNetwork.of({ calico: '3.31', mesh: p.MeshMode.AMBIENT });
    const chart = new Chart(new p.ProductionApp({ target: p.TargetCluster.of({ network }) }), 'platform');
    new p.ClusterFence(chart, 'staged', { stage: true, logsDenied: true });
    return p.Manifests.of(chart).all('StagedGlobalNetworkPolicy');
  },
  'calico, staged': () => everything(p.FenceEngine.calico({ tier: 'apps', stage: true }), undefined),
};

/** Why the server does not take an object; it is applied for real, since Calico validates what it stores. */
async function refusalOf(manifest: Manifest): Promise<string | undefined> {
  const isOfCluster = ['ClusterNetworkPolicy', 'StagedGlobalNetworkPolicy'].includes(manifest.kind);
  const own = isOfCluster ? manifest : namespace.own(manifest);
  try {
    await api.apply(own);
    if (manifest.kind === 'StagedGlobalNetworkPolicy') await api.delete(own);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const changed = (manifest: Manifest | undefined, change: (copy: any) => void): Manifest => {
  const copy = JSON.parse(JSON.stringify(manifest));
  copy.metadata.name += '-broken';
  change(copy);
  return copy;
};

drill(
  {
    lesson: 'Network: fences are accepted',
    claim:
      'what a fence emits, with each engine and each end and completion, is stored by Kubernetes and by Calico’s own API server',
    control: 'a range backwards, ports without a protocol, a tier that is not there, and a misspelt field are refused',
    needs: ['controllers', 'Calico API'],
    within: 300,
  },
  async () => {
    await api.apply(TIER);
    let accepted = 0;
    for (const [name, emitted] of Object.entries(EMITTED)) {
      for (const manifest of emitted()) {
        expect({ name, refusal: await refusalOf(manifest) }).toEqual({ name, refusal: undefined });
        accepted += 1;
      }
    }
    const kubernetes = EMITTED.kubernetes?.().find(({ metadata }) => metadata.name === 'fence-mailer');
    const calico = EMITTED.calico?.().find(({ metadata }) => metadata.name === 'default.fence-mailer');
    const broken = [
      changed(kubernetes, ({ spec }) => {
        const range = spec.egress
          .flatMap(({ ports = [] }: any) => ports)
          .find(({ endPort }: any) => endPort !== undefined);
        range.endPort = 1;
      }),
      changed(kubernetes, ({ spec }) => {
        spec.podSelektor = {};
      }),
      changed(calico, ({ spec }) => {
        for (const rule of spec.egress) delete rule.protocol;
      }),
      changed(calico, ({ metadata, spec }) => {
        metadata.name = 'missing.fence';
        spec.tier = 'missing';
      }),
      changed(calico, ({ spec }) => {
        spec.selektor = 'all()';
      }),
      changed(calico, ({ spec }) => {
        spec.selector = "app = 'web'";
      }),
    ];
    const refused: string[] = [];
    for (const manifest of broken) refused.push((await refusalOf(manifest)) ?? 'taken');
    expect(refused).not.toContain('taken');
    return { claim: { 'objects stored': accepted }, control: { refused: refused.length, of: broken.length } };
  },
);

drill(
  {
    lesson: 'Network: fences are accepted',
    claim: 'ClusterNetworkPolicies of a fence are accepted by their definition (v1alpha2)',
    control: 'a priority above 1 000 and a rule without an action are refused',
    needs: ['controllers', 'ClusterNetworkPolicy'],
  },
  async () => {
    const emitted = everything(p.FenceEngine.clusterNetworkPolicy(), p.MeshMode.AMBIENT, true);
    for (const manifest of emitted) expect(await refusalOf(manifest)).toBeUndefined();
    const [first] = emitted;
    const broken = [
      changed(first, ({ spec }) => {
        spec.priority = 1001;
      }),
      changed(first, ({ spec }) => {
        delete spec.egress[0].action;
      }),
    ];
    const refused = [];
    for (const manifest of broken) refused.push((await refusalOf(manifest)) ?? 'taken');
    for (const manifest of emitted) await api.delete(manifest);
    expect(refused).not.toContain('taken');
    return { claim: { 'objects stored': emitted.length }, control: { refused: refused.length } };
  },
);

drill(
  {
    lesson: 'Network: fences are accepted',
    claim: 'what our rules call right of Calico’s policies and host endpoints, Calico’s own API server stores',
    control: 'what they call an error it refuses',
    needs: ['controllers', 'Calico API'],
  },
  async () => {
    const rules = [
      hostFlagsContradict,
      portsWithoutProtocol,
      selectorUnreadable,
      hostEndpointRefused,
      servicesMisplaced,
      policyNameWithoutTier,
    ];
    await api.apply(TIER);
    const judged: { readonly id: string; readonly good: boolean; readonly bad: boolean }[] = [];
    for (const { id, good, bad } of rules) {
      const taken = async (yaml: string) => {
        const [manifest] = objects(yaml);
        const isOfCluster = !['NetworkPolicy'].includes(manifest.kind);
        const own = isOfCluster ? manifest : namespace.own(manifest);
        const isTaken = await api.apply(own).then(
          () => true,
          () => false,
        );
        if (isTaken && isOfCluster) await api.delete(own);
        return isTaken;
      };
      judged.push({ id, good: await taken(good), bad: await taken(bad) });
    }
    expect(judged).toEqual(rules.map(({ id }) => ({ id, good: true, bad: false })));
    return { claim: { stored: judged.length }, control: { refused: judged.length } };
  },
);

/** Pods that others talk to, and that talk. */
const AROUND = `apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec: { template: { metadata: { labels: { k8s-app: kube-dns } }, spec: { containers: [{ name: dns, image: "dns:1.0", ports: [{ containerPort: 53, protocol: UDP }, { containerPort: 53 }] }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: prometheus, namespace: monitoring }
spec: { template: { metadata: { labels: { app: prometheus } }, spec: { containers: [{ name: main, image: "prometheus:1.0", ports: [{ containerPort: 9090 }] }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: public-istio, namespace: istio-system }
spec: { template: { metadata: { labels: { gateway.networking.k8s.io/gateway-name: public } }, spec: { containers: [{ name: proxy, image: "proxy:1.0", ports: [{ containerPort: 80 }] }] } } }
`;
const PORTS = [53, 80, 443, 8080, 9090];

/** What the program below says is open, beside the DNS server, to and within the shop. */
const OPEN = [
  'istio-system/public-istio -> shop/frontend:8080/tcp',
  'monitoring/prometheus -> shop/checkout:9090/tcp',
  'shop/frontend -> shop/checkout:8080/tcp',
  'shop/mailer -> bank/teller:8080/tcp',
  ...['checkout', 'frontend', 'mailer'].flatMap((name) => [
    `shop/${name} -> kube-system/coredns:53/tcp`,
    `shop/${name} -> kube-system/coredns:53/udp`,
  ]),
];

function program(engine: p.FenceEngine, { withDns = true } = {}): Manifest[] {
  const all = fenced(engine, { calico: '3.31' }, { scrapedBy: [PROMETHEUS] });
  all.checkout.monitor({ port: 9090 });
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  all.fence.allow(p.Peer.workload(all.mailer), p.Peer.workload(all.teller));
  all.fence.allow(p.Peer.istioGateway('istio-system/public'), p.Peer.workload(all.frontend));
  if (!withDns) all.fence.without(p.FenceCompletion.DNS, 'to see what happens');
  const isMeant = ({ kind }: Manifest) => /Policy$|^Deployment$|^Service$/.test(kind);
  return [...objects(all.app.synthYaml()).filter(isMeant), ...objects(AROUND)];
}

/** All connections with an end in the shop that Calico lets through, of every ordered pair of pods. */
function openIn(manifests: readonly Manifest[]): { readonly open: string[]; readonly asked: number } {
  const flows = PORTS.flatMap((port) => ['tcp', 'udp'].map((protocol) => ({ from: '*', to: '*', port, protocol })));
  const { flows: answers, refused, withoutEffect } = evaluated([...manifests, TIER], flows);
  expect([refused, withoutEffect]).toEqual([[], []]);
  const own = answers.filter(({ from, to }) => from !== to && `${from} ${to}`.includes('shop/'));
  const open = own.filter(({ verdict }) => verdict === 'allow');
  return {
    open: open.map(({ from, to, port, protocol }) => `${from} -> ${to}:${port}/${protocol}`).sort(),
    asked: own.length,
  };
}

drill(
  {
    lesson: 'Network: who reaches whom',
    claim:
      'a fence lets through what the program says, no more and no less, for every ordered pair of pods and port, as Calico judges and as `reachability()` does',
    control: 'without the completion for DNS nobody finds a name, and without the fence everything is open',
    needs: ['policy evaluator'],
    within: 120,
  },
  async () => {
    const engines = { kubernetes: FENCE_ENGINES.kubernetes, calico: FENCE_ENGINES.calico };
    const claim: Record<string, number> = {};
    for (const [name, engine] of Object.entries(engines)) {
      const manifests = program(engine());
      const { open, asked } = openIn(manifests);
      expect(open).toEqual([...OPEN].sort());
      claim[`${name}, connections asked`] = asked;
      claim[`${name}, open`] = open.length;
      const reachability = p.Reachability.ofManifests([...manifests, TIER]);
      const ours = reachability
        .all()
        .filter(({ isAllowed, source, destination }) => isAllowed && `${source} ${destination}`.includes('shop/'));
      for (const { source, destination, port, protocol } of ours)
        expect(open).toContain(`${source} -> ${destination}:${port}/${protocol.toLowerCase()}`);
    }
    const without = openIn(program(FENCE_ENGINES.calico(), { withDns: false }));
    const bare = openIn(program(FENCE_ENGINES.calico()).filter(({ kind }) => !kind.endsWith('Policy')));
    expect(without.open.filter((flow) => flow.includes('coredns'))).toEqual([]);
    expect(bare.open.length).toBe(bare.asked);
    return {
      claim,
      control: { 'ways to DNS without its completion': 0, 'open without a fence': bare.open.length },
    };
  },
);

drill(
  {
    lesson: 'Network: who reaches whom',
    claim:
      'real packets on a node of Calico do what the evaluator says, for every ordered pair of pods that the fence is about',
    control: 'without the fence the same packets all arrive',
    needs: ['policy evaluator', 'packets'],
    within: 280,
  },
  async () => {
    // in the default tier: another drill may have policies in its own
    const manifests = program(p.FenceEngine.calico());
    const flows = [8080, 53].map((port) => ({ from: '*', to: '*', port, protocol: 'tcp' }));
    const own = (all: readonly object[]) =>
      evaluated(all, flows).flows.filter(({ from, to }) => from !== to && `${from} ${to}`.includes('shop/'));
    const [fencedIn, bare] = [own(manifests), own(manifests.filter((one: any) => !one.kind.endsWith('Policy')))];
    const denied = fencedIn.filter(({ verdict }) => verdict === 'deny').length;
    expect(denied).toBeGreaterThan(fencedIn.length / 5);
    expect(bare.every(({ verdict }) => verdict === 'allow')).toBe(true);
    const claim = packets(manifests, fencedIn);
    const control = packets(
      manifests.filter((one: any) => !one.kind.endsWith('Policy')),
      bare.slice(0, 20),
    );
    expect([claim, control]).toEqual([
      { passed: fencedIn.length, failed: 0 },
      { passed: 20, failed: 0 },
    ]);
    return {
      claim: { 'connections tried': fencedIn.length, 'of them denied': denied, 'otherwise than said': 0 },
      control: { 'of 20 denied': 0 },
    };
  },
);

drill(
  {
    lesson: 'Network: who reaches whom',
    claim: 'a staged fence leaves packets alone: whatever it would deny arrives',
    control: 'enforced, the same fence denies them',
    needs: ['policy evaluator', 'packets'],
    within: 280,
  },
  async () => {
    const flows = [{ from: '*', to: '*', port: 8080, protocol: 'tcp' }];
    const denied = (all: readonly object[]) => evaluated(all, flows).flows.filter(({ verdict }) => verdict === 'deny');
    const [enforced, staged] = [program(p.FenceEngine.calico()), program(p.FenceEngine.calico({ stage: true }))];
    const asked = denied(enforced).slice(0, 20);
    expect([asked.length, denied(staged).length]).toEqual([20, 0]);
    // rig-packets compares with the verdicts: all allowed of the staged ones, all denied of the others
    const [claim, control] = [packets(staged, asked), packets(enforced, asked)];
    expect([claim, control]).toEqual([
      { passed: 20, failed: 0 },
      { passed: 20, failed: 0 },
    ]);
    const would = p.Reachability.ofManifests(staged, { staged: true });
    for (const { from, to, port } of asked) expect(would.reaches(from, to, port)).toBe(false);
    return {
      claim: { 'connections tried': 20, arrived: claim.passed },
      control: { 'of the same denied': control.passed },
    };
  },
);
