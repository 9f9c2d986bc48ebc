import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { weight } from '../../support/releases';
import type { Manifest } from '../support/api';
import { webApp } from '../support/apps';
import { api, isReady, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { Mesh, underRequests } from '../support/mesh';
import { Nodes } from '../support/nodes';
import { withoutTargets } from '../support/prometheus';
import { sleep } from '../support/run';
import { fewestReady } from '../support/sampler';

const LESSON = 'Canary: Flagger walks the plan';
const NEEDS = ['controllers', 'simulated nodes', 'Flagger'] as const;
const HOST = 'flagger.example.com';
const PODS = 3;
const REQUESTS = 5000;
const INSTANCE = 'app.kubernetes.io/instance';
const NAME = 'app.kubernetes.io/name';

const namespace = Namespace.forThisFile('flagger');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.simulated(namespace, 4);
});

/** The rig names what Envoy counts after the Service, where Istio's own metrics have the workload. */
const CANDIDATE = `destination_workload_namespace="${namespace.name}",destination_workload="web-release"`;
const SUCCESS = `100 * sum(rate(istio_requests_total{${CANDIDATE},response_code!~"5.*"}[{{window}}])) / sum(rate(istio_requests_total{${CANDIDATE}}[{{window}}]))`;

/** What is emitted for a release of `web`, whose candidate has a tag. */
function emitted(tag: string, stage?: p.CanaryStage, image = '1.0.0', name = 'web'): Manifest[] {
  const outside = name === 'web' ? { gateways: [`${namespace.name}/public`], hosts: [HOST] } : {};
  const router = p.CanaryEngine.istio({ ...outside, retries: 0 });
  const gate = () => p.CanaryStep.gate(p.Gate.query('success', SUCCESS, { min: 95 }));
  const hold = () => p.CanaryStep.pause(Duration.seconds(20));
  return namespace.emitted(
    (chart) => {
      const app = webApp(chart, nodes, {
        name,
        servicePort: 80,
        image: `registry.example.com/web:${image}`,
        autoscaling: p.Autoscaling.between(PODS, 6, { cpuPercent: 70 }),
      });
      new p.CanaryRelease(chart, 'release', {
        app,
        candidate: `registry.example.com/web:${tag}`,
        plan: p.CanaryPlan.of(weight(20), hold(), gate(), weight(50), hold(), gate(), weight(100)),
        engine: p.CanaryEngine.flagger({ router }),
        ...(stage !== undefined && { stage }),
      });
    },
    { istio: '1.30', prometheus: String(process.env.RIG_PROMETHEUS) },
  );
}

const hostOf = (name: string) => `${name}.${namespace.name}.svc.cluster.local`;

const GATEWAY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'public' },
  spec: {
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [HOST] }],
  },
};

const canary = () => api.get(namespace.named('flagger.app/v1beta1', 'Canary', 'web'));
const primaryImage = async (): Promise<string> => {
  const { spec } = await api.get(namespace.named('apps/v1', 'Deployment', 'web-primary'));
  return spec.template.spec.containers[0].image.split(':')[1];
};

/** Sends requests until the release is in a phase; says which shares it went through and what was answered. */
async function watched(mesh: Mesh, phase: string) {
  const shares: number[] = [];
  const status: Record<string, number> = {};
  await until(`the release is ${phase}`, 300, async () => {
    const answers = await mesh.load({
      gateway: 'istio-system/istio-ingressgateway',
      host: HOST,
      requests: 100,
      concurrency: 4,
    });
    for (const [code, count] of Object.entries(answers.status)) status[code] = (status[code] ?? 0) + count;
    const { canaryWeight = 0, phase: now } = (await canary()).status ?? {};
    if (shares.at(-1) !== canaryWeight) shares.push(canaryWeight);
    return now === phase ? now : undefined;
  });
  return { shares, status };
}

drill(
  {
    lesson: LESSON,
    claim:
      'a good version goes through the weights of the plan and is promoted, and no request fails; our Service and budget stay ours',
    control: 'a version that fails half of its requests is rolled back at the first gate',
    needs: NEEDS,
    within: 900,
  },
  async () => {
    const mesh = Mesh.live();
    await mesh.faults();
    await namespace.apply([GATEWAY, ...emitted('1.1.0', p.CanaryStage.stable())]);
    await until('the release is initialized', 120, async () =>
      (await canary()).status?.phase === 'Initialized' ? true : undefined,
    );
    await sleep(2000);
    await namespace.apply(emitted('1.1.0'));
    await until('the release has begun', 60, async () =>
      (await canary()).status?.phase === 'Progressing' ? true : undefined,
    );
    const good = await watched(mesh, 'Succeeded');
    expect(good.shares).toEqual(expect.arrayContaining([20, 50]));
    expect(Object.keys(good.status)).toEqual(['200']);
    expect(await primaryImage()).toBe('1.1.0');
    const { spec } = await api.get(namespace.named('v1', 'Service', 'web'));
    expect(spec.selector).toEqual({ [INSTANCE]: 'web' });

    await mesh.faults({ selector: { [NAME]: 'web' }, status: 500, share: 0.5 });
    await namespace.apply(emitted('1.2.0', undefined, '1.1.0'));
    await until('the bad release has begun', 60, async () =>
      (await canary()).status?.phase === 'Progressing' ? true : undefined,
    );
    const bad = await watched(mesh, 'Failed');
    await mesh.faults();
    expect(await primaryImage()).toBe('1.1.0');
    expect(Math.max(...bad.shares)).toBeLessThanOrEqual(20);
    const failed = bad.status[500] ?? 0;
    return {
      claim: { shares: good.shares.join(', '), requests: good.status[200] ?? 0, failed: 0 },
      control: { shares: bad.shares.join(', '), 'requests that failed until it was rolled back': failed },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'a release whose metrics stop, as when a policy cuts Prometheus off, is taken back at its first gate, although every request is answered',
    control: 'the same version with its metrics is promoted',
    needs: NEEDS,
    within: 600,
  },
  async () => {
    const mesh = Mesh.live();
    await mesh.faults();
    const begun = async (tag: string) => {
      await namespace.apply(emitted(tag, undefined, '1.1.0'));
      await until(`release ${tag} has begun`, 60, async () =>
        (await canary()).status?.phase === 'Progressing' ? true : undefined,
      );
    };
    await begun('1.4.0');
    const blind = await withoutTargets(() => watched(mesh, 'Failed'));
    expect(Object.keys(blind.status)).toEqual(['200']);
    expect(Math.max(...blind.shares)).toBeLessThanOrEqual(20);
    expect(await primaryImage()).toBe('1.1.0');
    await begun('1.4.1');
    const seen = await watched(mesh, 'Succeeded');
    expect(await primaryImage()).toBe('1.4.1');
    await namespace.apply(emitted('1.1.0', undefined, '1.4.1'));
    await watched(mesh, 'Succeeded');
    return {
      claim: { shares: blind.shares.join(', '), 'requests answered': blind.status[200] ?? 0, failed: 0 },
      control: { shares: seen.shares.join(', ') },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim: `in the middle of a release the nodes of its pods are drained at once, and of ${PODS} pods that serve never more than one is away, and what is applied again, without force, changes nothing: the budget holds for the copy that Flagger made`,
    control: 'with a budget on the label that Flagger rewrites, all of them are away at once',
    needs: NEEDS,
    within: 600,
  },
  async () => {
    const mesh = Mesh.live();
    await mesh.faults();
    const serving = `${NAME}=web-primary`;
    const ready = () =>
      until('the copy is ready', 90, async () => {
        const pods = (await namespace.pods(serving)).filter(isReady);
        return pods.length >= PODS ? pods : undefined;
      });
    const drained = async () => {
      const used = new Set((await ready()).map(({ spec }) => spec.nodeName));
      // the budget's controller counts a moment later
      await sleep(3000);
      const { fewest } = await fewestReady(namespace, serving, () =>
        Promise.all([...used].map((node) => nodes.drain(node, 60))),
      );
      await nodes.uncordonAll();
      return fewest;
    };
    await namespace.apply(emitted('1.3.0', undefined, '1.1.0'));
    await until('the release is at its first weight', 90, async () => {
      await mesh.load({ gateway: 'istio-system/istio-ingressgateway', host: HOST, requests: 20, concurrency: 2 });
      return (await canary()).status?.canaryWeight === 20 ? true : undefined;
    });
    const ours = emitted('1.3.0', undefined, '1.1.0');
    const stored = async () => {
      const all = await Promise.all(ours.map((one) => api.get(namespace.own(one))));
      return all.map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.generation}`);
    };
    const before = await stored();
    await namespace.apply(ours);
    expect(await stored()).toEqual(before);
    const claim = await drained();
    expect((await canary()).status?.phase).toBe('Progressing');
    expect(claim).toBeGreaterThanOrEqual(PODS - 1);
    const budget = namespace.named('policy/v1', 'PodDisruptionBudget', 'web');
    await api.merge(budget, { spec: { selector: { matchLabels: { [INSTANCE]: null, [NAME]: 'web' } } } });
    const control = await drained();
    expect(control).toBeLessThan(PODS - 1);
    const claimed = { 'fewest ready': claim, of: PODS, 'objects applied again': before.length, 'changed by it': 0 };
    return { claim: claimed, control: { 'fewest ready': control } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: `a live app gets a Canary and loses it again, under ${REQUESTS} requests, and none fails: the Deployment gets its pods back, and then the route goes, and then what it led to`,
    control: 'deleted at once, the Canary takes the pods that serve with it, and the Deployment has none',
    needs: NEEDS,
    within: 420,
  },
  async () => {
    const mesh = Mesh.live();
    await mesh.faults();
    const manifests = emitted('1.1.0', p.CanaryStage.stable(), '1.0.0', 'live');
    const isOfRelease = ({ kind }: Manifest) => ['Canary', 'MetricTemplate'].includes(kind);
    const released = namespace.named('flagger.app/v1beta1', 'Canary', 'live');
    const load = { from: namespace.name, host: hostOf('live'), requests: 50, concurrency: 2 };
    const adopted = async () => {
      await namespace.apply(manifests.filter(isOfRelease));
      await until('the release is initialized', 120, async () =>
        (await api.get(released)).status?.phase === 'Initialized' ? true : undefined,
      );
    };
    const lost = async (propagation?: 'Orphan') => {
      await api.delete(released, propagation);
      await until('the Canary is gone', 120, async () => ((await api.find(released)) === undefined ? true : undefined));
    };
    const copyIsGone = () =>
      until('the copy is gone', 60, async () =>
        (await namespace.pods(`${NAME}=live-primary`)).length === 0 ? true : undefined,
      );
    const without = async (apiVersion: string, kind: string, ...names: string[]) => {
      for (const name of names) await api.delete(namespace.named(apiVersion, kind, name));
      await sleep(1000);
    };
    await namespace.apply(manifests.filter((one) => !isOfRelease(one)));
    await until('the app serves', 60, async () =>
      (await namespace.pods(`${NAME}=live`)).filter(isReady).length >= PODS ? true : undefined,
    );
    await sleep(2000);
    const claim = await underRequests(mesh, load, REQUESTS, async () => {
      await adopted();
      await sleep(3000);
      await api.merge(released, { spec: { revertOnDeletion: true } });
      await sleep(3000);
      await lost('Orphan');
      await without('networking.istio.io/v1', 'VirtualService', 'live-release');
      await without('networking.istio.io/v1', 'DestinationRule', 'live-release-primary', 'live-release-canary');
      await without('v1', 'Service', 'live-release', 'live-release-primary', 'live-release-canary');
      await without('autoscaling/v2', 'HorizontalPodAutoscaler', 'live-primary');
      await without('apps/v1', 'Deployment', 'live-primary');
      await copyIsGone();
    });
    expect(claim).toMatchObject({ failed: 0 });
    await adopted();
    await sleep(5000);
    const control = await underRequests(mesh, load, 100, async () => {
      await lost();
      await copyIsGone();
      await sleep(2000);
    });
    expect(control.failed).toBeGreaterThan(0);
    return { claim: { ...claim }, control: { ...control } };
  },
);
