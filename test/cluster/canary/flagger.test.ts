import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { weight } from '../../support/releases';
import type { Manifest } from '../support/api';
import { webApp } from '../support/apps';
import { api, isReady, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { Mesh } from '../support/mesh';
import { Nodes } from '../support/nodes';
import { sleep } from '../support/run';

const LESSON = 'Canary: Flagger walks the plan';
const NEEDS = ['controllers', 'simulated nodes', 'Flagger'] as const;
const HOST = 'flagger.example.com';
const PODS = 3;
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
function emitted(tag: string, stage?: p.CanaryStage, image = '1.0.0'): Manifest[] {
  const router = p.CanaryEngine.istio({ gateways: [`${namespace.name}/public`], hosts: [HOST], retries: 0 });
  const gate = () => p.CanaryStep.gate(p.Gate.query('success', SUCCESS, { min: 95 }));
  const hold = () => p.CanaryStep.pause(Duration.seconds(20));
  return namespace.emitted(
    (chart) => {
      const app = webApp(chart, nodes, {
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
    claim: `of ${PODS} pods that serve, one may be evicted at a time: the budget holds for the copy that Flagger made`,
    control: 'with a budget on the label that Flagger rewrites, all are evicted at once',
    needs: NEEDS,
    within: 300,
  },
  async () => {
    const serving = `${NAME}=web-primary`;
    const ready = () =>
      until('the copy is ready', 90, async () => {
        const pods = (await namespace.pods(serving)).filter(isReady);
        return pods.length >= PODS ? pods : undefined;
      });
    const evicted = async () => {
      const pods = await ready();
      // the budget's controller counts a moment later
      await sleep(3000);
      const answers = await Promise.all(
        pods.map(({ metadata }) =>
          api.ask('POST', `/api/v1/namespaces/${namespace.name}/pods/${metadata.name}/eviction`, {
            apiVersion: 'policy/v1',
            kind: 'Eviction',
            metadata: { name: metadata.name, namespace: namespace.name },
          }),
        ),
      );
      return answers.filter(({ status }) => status < 300).length;
    };
    const claim = await evicted();
    expect(claim).toBe(1);
    const budget = namespace.named('policy/v1', 'PodDisruptionBudget', 'web');
    await api.merge(budget, { spec: { selector: { matchLabels: { [INSTANCE]: null, [NAME]: 'web' } } } });
    const control = await evicted();
    expect(control).toBeGreaterThanOrEqual(PODS);
    return { claim: { 'evicted at once': claim, of: PODS }, control: { 'evicted at once': control } };
  },
);
