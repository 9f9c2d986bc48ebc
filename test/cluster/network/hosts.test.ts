import { Chart, Size } from 'cdk8s';
import * as p from '../../../lib';
import { HostReach, World } from '../../../lib/facts';
import { webApp } from '../../support/fences';
import { hostWorld } from '../../support/host-worlds';
import { objects } from '../../support/rules';
import type { Manifest } from '../support/api';
import { api, Namespace } from '../support/cluster';
import { drill } from '../support/drill';
import { type Evaluation, evaluated } from '../support/evaluator';
import { answered, applied, FELIX, forget, listening, removed, trackedTo } from '../support/felix';
import { found } from '../support/parts';

const LESSON = 'Network: hosts';
const open = Namespace.forThisFile('hosts', 'privileged');
const closed = Namespace.forThisFile('hosts-restricted');
const WORLDS = found().long ? 1000 : 100;
const LISTS = ['untracked', 'preDNAT', 'forward', 'normal'] as const;
const DIRECTIONS = ['ingress', 'egress'] as const;
const [CLOSED, ALLOWED] = FELIX.clients;
const TIMES = 100;

const NETWORK: p.ClusterNetworkProps = {
  calico: '3.31',
  nodes: [FELIX.network],
  controlPlane: [`${CLOSED}/32`],
  apiServer: [`${CLOSED}:6443`],
};
const HOST = p.Host.of(FELIX.node, { ip: FELIX.address, device: FELIX.device, labels: { role: 'node' } });

/** What a program emits for hosts. */
function emitted(program: (chart: Chart) => void): Manifest[] {
  const target = p.TargetCluster.of({ network: p.ClusterNetwork.of(NETWORK) });
  const app = new p.ProductionApp({ target });
  program(new Chart(app, 'edge', { namespace: 'edge' }));
  const isOfHosts = ({ kind }: Manifest) => ['GlobalNetworkPolicy', 'HostEndpoint'].includes(kind);
  return objects(app.synthYaml()).filter(isOfHosts);
}

function untracked(chart: Chart, hosts: p.Host[], clients: p.Peer[]): void {
  new p.UntrackedService(chart, 'cache', {
    image: 'registry.example.com/cache:1.0.0',
    port: FELIX.servicePort,
    resources: p.Resources.request({ cpuMillis: 100, memory: Size.mebibytes(64) }),
    health: p.HealthCheck.tcp(),
    hosts,
    clients,
  });
}

const changed = (manifests: readonly Manifest[], change: (spec: any) => void): Manifest[] =>
  manifests.map((manifest) => {
    const copy = JSON.parse(JSON.stringify(manifest));
    if (copy.kind === 'GlobalNetworkPolicy') change(copy.spec);
    return copy;
  });

/** Applies, asks, and takes away again: HostEndpoints first. */
async function during<T>(manifests: readonly Manifest[], ask: () => T | Promise<T>): Promise<T> {
  try {
    await applied(manifests);
    return await ask();
  } finally {
    await removed([...manifests].reverse());
  }
}

const toNodePort = (from: string) =>
  answered('client', { from, to: FELIX.address, port: FELIX.nodePort, count: TIMES });
const toService = (from: string, count = TIMES) =>
  answered('client', { from, to: FELIX.address, port: FELIX.servicePort, count });

/** The lists that differ from Calico's own. */
function differing(world: readonly any[], { hostEndpoints }: Evaluation): string[] {
  const reach = HostReach.of(new World(world.map((manifest) => ({ manifest }))));
  return reach.hosts.flatMap((host) =>
    LISTS.flatMap((list) => {
      // the calculation lists it, and the data plane leaves it out (endpoint_mgr.go)
      if (list === 'untracked' && host.fact.interfaceName === '*') return [];
      const ours = DIRECTIONS.flatMap((direction) =>
        reach.policiesOf(host, list, direction).map(({ tier, object }) => `${tier} | ${object.name} | ${direction}`),
      );
      const theirs = hostEndpoints[host.fact.name]?.[list] ?? [];
      const isSame = DIRECTIONS.every((direction) => {
        const of = (all: readonly string[]) => all.filter((one) => one.endsWith(direction)).join();
        return of(ours) === of(theirs);
      });
      return isSame ? [] : [`${host.fact.name} ${list}: ${ours.join()} and not ${theirs.join()}`];
    }),
  );
}

drill(
  {
    lesson: LESSON,
    claim: `in ${WORLDS} random worlds each interface of a node has the policies that Calico gives it, in its order, at each of the four points where they are asked`,
    control: 'with one policy less the lists differ',
    needs: ['policy evaluator'],
    within: 900,
  },
  async () => {
    let [lists, policies, found] = [0, 0, 0];
    for (let seed = 1; seed <= WORLDS; seed += 1) {
      const world = hostWorld(seed);
      const truth = evaluated(world);
      expect({ seed, refused: truth.refused }).toEqual({ seed, refused: [] });
      expect({ seed, differing: differing(world, truth) }).toEqual({ seed, differing: [] });
      const all = Object.values(truth.hostEndpoints).flatMap((host) => Object.values(host));
      lists += all.length;
      policies += all.flat().length;
      // what only stands among the untracked ones of all interfaces is in none of the lists that are compared
      const seen = Object.values(truth.hostEndpoints).flatMap(({ untracked: _, ...others }) =>
        Object.values(others).flat(),
      );
      const gone = world.findIndex(({ metadata }) => seen.some((one) => one.includes(` ${metadata.name} `)));
      const less = world.filter((_one, index) => index !== gone);
      if (seed <= 20 && differing(less, truth).length > 0) found += 1;
    }
    expect(found).toBe(20);
    return {
      claim: { worlds: WORLDS, lists, 'policies in them': policies, differing: 0 },
      control: { 'found of 20': found },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'what an untracked service, a guarded NodePort and their hosts emit is stored by Kubernetes and by Calico’s own API server',
    control:
      'a namespace with restricted pods refuses those in the network of their node, and a taken NodePort, an interface without a node and two flags at once are refused',
    needs: ['controllers', 'Calico API'],
  },
  async () => {
    const target = p.TargetCluster.of({ network: p.ClusterNetwork.of({ ...NETWORK, pods: ['10.244.0.0/16'] }) });
    const app = new p.ProductionApp({ target });
    const chart = new Chart(app, 'edge', { namespace: 'edge' });
    const web = webApp(chart, 'web');
    web.expose(p.Exposure.nodePort({ nodePort: 31852, keepsClientAddress: true }));
    const hosts = p.HostSet.labelled({ role: 'node' });
    new p.NodePortGuard(chart, 'guard', { app: web, nodePort: 31852, allowFrom: ['198.51.100.0/24'], hosts });
    const other = p.Host.of('other', { ip: '10.89.1.9', device: 'eth0' });
    untracked(chart, [HOST, other], [p.Peer.cidr('198.51.100.0/24'), p.Peer.hosts(hosts)]);
    const manifests = objects(app.synthYaml());
    const isOfCluster = ({ metadata }: Manifest) => metadata.namespace === undefined;
    for (const manifest of manifests) await api.apply(isOfCluster(manifest) ? manifest : open.own(manifest));

    const find = (kind: string, name: string): Manifest =>
      manifests.find((one) => one.kind === kind && one.metadata.name.includes(name));
    const copy = (manifest: Manifest, change: (one: any) => void) => {
      const changed = JSON.parse(JSON.stringify(manifest));
      changed.metadata.name += '-broken';
      change(changed);
      return changed as Manifest;
    };
    const broken = [
      closed.own(find('Deployment', 'cache')),
      open.own(copy(find('Service', 'web-node-port'), () => undefined)),
      copy(find('HostEndpoint', 'other'), ({ spec }) => {
        delete spec.node;
      }),
      copy(find('GlobalNetworkPolicy', 'node-port'), ({ spec }) => {
        spec.doNotTrack = true;
      }),
    ];
    const refused = [];
    for (const manifest of broken)
      refused.push(
        await api.apply(manifest).then(
          () => 'taken',
          () => 'refused',
        ),
      );
    for (const manifest of manifests.filter(isOfCluster).reverse()) await api.delete(manifest);
    expect(refused).toEqual(broken.map(() => 'refused'));
    return { claim: { 'objects stored': manifests.length }, control: { refused: refused.length, of: broken.length } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'a guarded NodePort answers the network that may connect, and nobody else',
    control: 'the same policy after the translation of addresses closes nothing',
    needs: ['controllers', 'packets', 'Calico API'],
  },
  async () => {
    const guard = emitted((chart) => {
      const app = webApp(chart, 'web');
      app.expose(p.Exposure.nodePort({ nodePort: FELIX.nodePort }));
      const hosts = p.HostSet.labelled({ role: 'node' });
      const allowFrom = [`${ALLOWED}/32`];
      new p.NodePortGuard(chart, 'guard', { app, nodePort: FELIX.nodePort, allowFrom, hosts, admitsCluster: false });
      new p.HostFence(chart, 'hosts', { hosts: [HOST] });
    });
    const ask = () => [toNodePort(ALLOWED), toNodePort(CLOSED)];
    const claim = await during(guard, ask);
    const after = changed(guard, (spec) => {
      if (spec.preDNAT !== true) return;
      delete spec.preDNAT;
      spec.ingress.push({ action: 'Allow' });
    });
    const control = await during(after, ask);
    expect([claim, control]).toEqual([
      [TIMES, 0],
      [TIMES, TIMES],
    ]);
    const said = ([allowed, closed]: number[]) => ({
      [`answered of ${TIMES}, allowed`]: allowed ?? 0,
      [`answered of ${TIMES}, others`]: closed ?? 0,
    });
    return { claim: said(claim), control: said(control) };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'a fence around hosts closes their processes, and leaves alone what goes through them to pods',
    control: 'with applyOnForward the same rules cut off the pods of the node too, which a rule of ours finds',
    needs: ['controllers', 'packets', 'Calico API'],
  },
  async () => {
    const fence = emitted((chart) => {
      new p.HostFence(chart, 'hosts', { hosts: [HOST] });
    });
    const ask = () => [toService(ALLOWED, 20), toNodePort(ALLOWED)];
    const claim = await during(fence, ask);
    const forward = changed(fence, (spec) => {
      spec.applyOnForward = true;
    });
    const control = await during(forward, ask);
    expect([claim, control]).toEqual([
      [0, TIMES],
      [0, 0],
    ]);
    const findings = p.ManifestCheck.of(forward).open.map(({ id }) => id);
    expect(findings).toContain('network/forwarding-denied');
    expect(p.ManifestCheck.of(fence).open.map(({ id }) => id)).not.toContain('network/forwarding-denied');
    return {
      claim: {
        'a process of the host, answered of 20': claim[0] ?? 0,
        [`a pod behind it, answered of ${TIMES}`]: claim[1] ?? 0,
      },
      control: { [`a pod behind it, answered of ${TIMES}`]: control[1] ?? 0 },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'an untracked service answers 10 000 short connections, and the node remembers none',
    control: 'with tracking it remembers thousands, and without the rule for the answers nothing gets through',
    needs: ['controllers', 'packets', 'Calico API'],
    within: 400,
  },
  async () => {
    const many = 10_000;
    const service = emitted((chart) => untracked(chart, [HOST], [p.Peer.cidr(`${ALLOWED}/32`)]));
    const ask = () => {
      forget();
      return [toService(ALLOWED, many), trackedTo(FELIX.servicePort)];
    };
    const claim = await during(service, ask);
    const tracked = emitted((chart) => {
      const allow = [p.HostFlow.into(p.Peer.cidr(`${ALLOWED}/32`), p.Port.tcp(FELIX.servicePort))];
      new p.HostFence(chart, 'hosts', { hosts: [HOST], allow });
    });
    const withTracking = await during(tracked, ask);
    const oneWay = changed(service, (spec) => {
      if (spec.doNotTrack === true) spec.egress = [];
    });
    const withoutAnswers = await during(oneWay, () => toService(ALLOWED, 20));
    const foreign = await during(service, () => toService(CLOSED, 20));
    expect([claim, withoutAnswers, foreign]).toEqual([[many, 0], 0, 0]);
    expect(withTracking[0]).toBe(many);
    expect(withTracking[1]).toBeGreaterThan(1000);
    return {
      claim: {
        'answered of 10 000': claim[0] ?? 0,
        'entries afterwards': claim[1] ?? 0,
        'of another client, answered of 20': foreign,
      },
      control: {
        'entries with tracking': withTracking[1] ?? 0,
        'answered of 20 without the rule for answers': withoutAnswers,
      },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'what a node needs lives through each step of applying and of removing a fence around it, in our order',
    control: 'in the other order the node loses what no failsafe port covers, and keeps SSH',
    needs: ['controllers', 'packets', 'Calico API'],
    within: 400,
  },
  async () => {
    const fence = emitted((chart) => {
      new p.HostFence(chart, 'hosts', { hosts: [HOST] });
    });
    expect(fence.map(({ kind }) => kind)).toEqual(['GlobalNetworkPolicy', 'HostEndpoint']);
    const [policy, host] = fence as [Manifest, Manifest];
    const onNode = await listening('node', ['tcp:22', 'tcp:10250']);
    const outside = await listening('client', ['tcp:443', 'tcp:6443', 'udp:123', 'udp:53']);
    const needs = () => {
      forget();
      const into = (port: number) => answered('client', { from: CLOSED, to: FELIX.address, port });
      const outOf = (port: number, protocol = 'tcp') =>
        answered('node', { from: FELIX.address, to: CLOSED, port, protocol });
      const lives = {
        22: into(22),
        10250: into(10250),
        443: outOf(443),
        6443: outOf(6443),
        123: outOf(123, 'udp'),
        53: outOf(53, 'udp'),
      };
      return Object.entries(lives)
        .filter(([, count]) => count === 0)
        .map(([port]) => Number(port));
    };
    try {
      const lost: number[][] = [needs()];
      for (const step of [
        () => applied([policy]),
        () => applied([host]),
        () => removed([host]),
        () => removed([policy]),
      ]) {
        await step();
        lost.push(needs());
      }
      expect(lost).toEqual([[], [], [], [], []]);
      await applied([host]);
      const first = needs();
      await applied([policy]);
      await removed([policy]);
      const last = needs();
      await removed([host]);
      expect([first, last]).toEqual([
        [123, 443, 10250],
        [123, 443, 10250],
      ]);
      return {
        claim: { steps: 4, 'connections asked at each': 6, lost: 0 },
        control: {
          'lost when the HostEndpoint comes first': first.join(', '),
          'lost when it goes last': last.join(', '),
        },
      };
    } finally {
      onNode.kill();
      outside.kill();
      await removed([host, policy]);
    }
  },
);
