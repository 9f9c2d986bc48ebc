import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { pause, weight } from '../../support/releases';
import { type Manifest, Refused } from '../support/api';
import { webApp } from '../support/apps';
import { api, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { Mesh, underRequests } from '../support/mesh';
import { Nodes } from '../support/nodes';
import { sleep } from '../support/run';
import { fewestReady } from '../support/sampler';

const LESSON = 'Canary: Argo Rollouts walks the plan';
const NEEDS = ['controllers', 'simulated nodes', 'Argo Rollouts'] as const;
const PODS = 10;
const REQUESTS = 5000;
const INSTANCE = 'app.kubernetes.io/instance';

const namespace = Namespace.forThisFile('rollouts');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.simulated(namespace, 4);
});

const PLAN = () =>
  p.CanaryPlan.of(weight(20), p.CanaryStep.approval(), weight(50), p.CanaryStep.approval(), weight(100));

/** What is emitted for a release, and what GitOps tools must leave to the controller. */
function emitted(
  name: string,
  more: Partial<p.CanaryReleaseProps> = {},
  app: Partial<p.WebAppProps> = {},
): { manifests: Manifest[]; fields: p.ControllerField[] } {
  let fields: p.ControllerField[] = [];
  const manifests = namespace.emitted(
    (chart) => {
      const release = new p.CanaryRelease(chart, 'release', {
        app: webApp(chart, nodes, { name, replicas: PODS, ...app }),
        candidate: 'registry.example.com/web:1.1.0',
        plan: PLAN(),
        engine: p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.istio() }),
        ...more,
      });
      fields = release.controllerFields();
    },
    { istio: '1.30' },
  );
  return { manifests, fields };
}

const rollout = (name: string) => namespace.named('argoproj.io/v1alpha1', 'Rollout', name);
const inPhase = (name: string, phase: string, step?: number) =>
  until(`${name} is ${phase}`, 120, async () => {
    const { status, metadata } = await api.get(rollout(name));
    const isSeen = Number(status?.observedGeneration) === metadata.generation;
    const isThere = status?.phase === phase && (step === undefined || status.currentStepIndex === step);
    return isSeen && isThere ? status : undefined;
  });
/** As the vendor's own plugin does it. */
const promote = (name: string) => api.merge(rollout(name), { status: { pauseConditions: null } }, '/status');
const abort = (name: string) => api.merge(rollout(name), { status: { abort: true } }, '/status');
const weights = async (name: string): Promise<number[]> => {
  const { spec } = await api.get(namespace.named('networking.istio.io/v1', 'VirtualService', name));
  return spec.http.at(-1).route.map((route: any) => route.weight ?? 0);
};
const readyOf = async (name: string, track: string): Promise<number> => {
  const pods = await namespace.pods(`${INSTANCE}=${name},track=${track}`);
  return pods.length;
};

/** Waits until the pods of the other version are gone; Argo keeps them for half a minute. */
const onlyImage = (name: string, image: string) =>
  until(`only ${image} runs`, 90, async () => {
    const images = (await namespace.pods(`${INSTANCE}=${name}`)).map(({ spec }) => spec.containers[0].image);
    return images.length === PODS && images.every((one) => one === image) ? images : undefined;
  });

const hasPods = async (service: string): Promise<true | undefined> => {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace.name}/endpointslices?labelSelector=kubernetes.io/service-name=${service}`;
  const { items } = await api.must('GET', path);
  return items.some(({ endpoints }: any) => endpoints?.length > 0) ? true : undefined;
};

/** The first installation: the stable version, and then Argo's own pods in place of the Deployment's. */
async function install(name: string): Promise<void> {
  await namespace.apply(emitted(name, { stage: p.CanaryStage.stable() }).manifests);
  await inPhase(name, 'Healthy');
  await until('the Deployment is empty', 60, async () => {
    const { spec } = await api.get(namespace.named('apps/v1', 'Deployment', name));
    return spec.replicas === 0 ? 0 : undefined;
  });
}

/** Applies what is not left to the controller. */
async function applyOurs({ manifests, fields }: ReturnType<typeof emitted>): Promise<void> {
  const isLeft = ({ kind, metadata }: Manifest) =>
    fields.some((one) => one.kind === kind && one.name === metadata.name && one.jsonPointers.includes('/spec/http'));
  await namespace.apply(manifests.filter((manifest) => !isLeft(manifest)));
}

drill(
  {
    lesson: LESSON,
    claim: `the weights in the API server are those of the plan at each step, there are never fewer than ${PODS} pods ready, the budget counts both versions, and at the end all pods have the new one`,
    control: 'a version that never gets ready is never given a share, and an abort leaves the stable one as it was',
    needs: NEEDS,
    within: 420,
  },
  async () => {
    await install('walked');
    const seen: string[] = [];
    const { fewest } = await fewestReady(namespace, `${INSTANCE}=walked`, async () => {
      await applyOurs(emitted('walked'));
      for (const [step, share] of [
        [1, 20],
        [3, 50],
      ] as const) {
        await inPhase('walked', 'Paused', step);
        expect(await weights('walked')).toEqual([100 - share, share]);
        const [stable, canary] = [await readyOf('walked', 'stable'), await readyOf('walked', 'canary')];
        expect(canary).toBeGreaterThanOrEqual((PODS * share) / 100);
        seen.push(`${share} %: ${stable} + ${canary} pods`);
        const budget = await api.get(namespace.named('policy/v1', 'PodDisruptionBudget', 'walked'));
        expect(budget.status.currentHealthy).toBe(stable + canary);
        await promote('walked');
      }
      await inPhase('walked', 'Healthy');
    });
    expect(fewest).toBeGreaterThanOrEqual(PODS);
    await onlyImage('walked', 'registry.example.com/web:1.1.0');

    const bad = emitted(
      'walked',
      { candidate: 'registry.example.com/web:1.2.0' },
      { image: 'registry.example.com/web:1.1.0', podAnnotations: { 'rig/never-ready': 'true' } },
    );
    await applyOurs(bad);
    await until('the bad version has pods', 60, async () => {
      const count = (await readyOf('walked', 'canary')) || undefined;
      return count;
    });
    const given = await weights('walked');
    expect(given).toEqual([100, 0]);
    await abort('walked');
    await inPhase('walked', 'Degraded');
    await until('the bad version has no pods', 90, async () =>
      (await readyOf('walked', 'canary')) === 0 ? true : undefined,
    );
    expect(await readyOf('walked', 'stable')).toBe(PODS);
    return {
      claim: { 'fewest pods ready': fewest, steps: seen.join(', ') },
      control: { 'weight of a version that is not ready': given[1] as number },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'in the middle of a release everything of ours is applied again, without force, and changes nothing; cut short by `promoted()` it ends, taken back by `aborted()` it returns',
    control: 'the weights, which the controller writes, are refused; applied by force they go back to the begin',
    needs: NEEDS,
    within: 420,
  },
  async () => {
    await install('again');
    const running = emitted('again');
    await applyOurs(running);
    await inPhase('again', 'Paused', 1);
    const stored = async () => {
      const kinds = running.manifests.map((one) => api.get(namespace.own(one)));
      return (await Promise.all(kinds)).map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.generation}`);
    };
    const before = await stored();
    await applyOurs(running);
    expect(await stored()).toEqual(before);
    const routes = running.manifests.filter(({ kind }) => kind === 'VirtualService');
    const refused = await namespace.apply(routes).then(
      () => 'taken',
      (error) => (error instanceof Refused ? error.said : String(error)),
    );
    expect(refused).toContain('conflict');
    for (const route of routes) await api.apply(namespace.own(route), { force: true });
    const forced = await weights('again');
    expect(forced).toEqual([100, 0]);

    await applyOurs(emitted('again', { stage: p.CanaryStage.aborted() }));
    await inPhase('again', 'Healthy');
    await onlyImage('again', 'registry.example.com/web:1.0.0');
    expect(await weights('again')).toEqual([100, 0]);
    await applyOurs(emitted('again'));
    await inPhase('again', 'Paused', 1);
    await applyOurs(emitted('again', { stage: p.CanaryStage.promoted() }));
    await inPhase('again', 'Healthy');
    await onlyImage('again', 'registry.example.com/web:1.1.0');
    return {
      claim: { 'objects applied again': before.length, 'changed by it': 0 },
      control: { 'weight after an apply by force': forced[1] as number },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'without a router the pods are the share, as `describe()` says: 2 of 10, then 5',
    control: 'a share that pods cannot make is rounded by the controller, and refused by us',
    needs: NEEDS,
    within: 300,
  },
  async () => {
    const engine = p.CanaryEngine.argoRollouts();
    await namespace.apply(emitted('pods', { engine, stage: p.CanaryStage.stable() }).manifests);
    await inPhase('pods', 'Healthy');
    await applyOurs(emitted('pods', { engine }));
    const found: number[] = [];
    for (const step of [1, 3]) {
      await inPhase('pods', 'Paused', step);
      found.push(await readyOf('pods', 'canary'));
      await promote('pods');
    }
    await inPhase('pods', 'Healthy');
    expect(found).toEqual([2, 5]);

    const small = emitted('small', { engine, stage: p.CanaryStage.stable() }).manifests.map((one) =>
      one.kind === 'Rollout' ? withFirstWeight(one, 4) : one,
    );
    await namespace.apply(small);
    await inPhase('small', 'Healthy');
    const bad = emitted('small', { engine }).manifests.map((one) =>
      one.kind === 'Rollout' ? withFirstWeight(one, 4) : one,
    );
    await namespace.apply(bad.filter(({ kind }) => kind === 'Deployment' || kind === 'Rollout'));
    await inPhase('small', 'Paused', 1);
    const rounded = await readyOf('small', 'canary');
    expect((100 * rounded) / PODS).not.toBe(4);
    const plan = p.CanaryPlan.of(weight(4), pause(1), weight(100));
    expect(() => emitted('refused', { engine, plan })).toThrow(/4% of 10 pods is 0 of them/);
    return { claim: { pods: found.join(', ') }, control: { 'pods for 4 %': rounded } };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'testers, copied requests and gates in the background are taken by the controller: its routes come in that order, the copies end with the first weight, and the gate is asked from there on',
    control: 'a route for copies that is not among the managed ones is refused by the controller',
    needs: NEEDS,
    within: 300,
  },
  async () => {
    const window = Duration.minutes(5);
    const always = p.Gate.query('always', 'vector(1)', { min: 1 }, { window, prometheus: 'http://127.0.0.1:9' });
    const engine = p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.istio(), background: [always] });
    const plan = p.CanaryPlan.of(
      p.CanaryStep.mirror(p.Weight.percent(10)),
      p.CanaryStep.approval(),
      weight(50),
      p.CanaryStep.approval(),
      weight(100),
    );
    const testers = p.Testers.header('x-canary', 'always');
    const copied = (stage?: p.CanaryStage) => emitted('copied', { engine, plan, testers, stage });
    await namespace.apply(copied(p.CanaryStage.stable()).manifests);
    await inPhase('copied', 'Healthy');
    await applyOurs(copied());
    const routes = async () => {
      const { spec } = await api.get(namespace.named('networking.istio.io/v1', 'VirtualService', 'copied'));
      return spec.http.map(({ name }: any) => name);
    };
    await inPhase('copied', 'Paused', 3);
    expect(await routes()).toEqual(['testers', 'mirror', 'split']);
    await promote('copied');
    const { canary } = await inPhase('copied', 'Paused', 7);
    expect([await routes(), await weights('copied')]).toEqual([
      ['testers', 'split'],
      [50, 50],
    ]);
    expect(canary.currentBackgroundAnalysisRunStatus?.name).toContain('copied');
    const [rollout] = copied().manifests.filter(({ kind }) => kind === 'Rollout');
    const broken = JSON.parse(JSON.stringify(rollout));
    broken.spec.strategy.canary.trafficRouting.managedRoutes = [{ name: 'testers' }];
    await namespace.apply([broken]);
    const refused = await until('the controller has an objection', 60, async () => {
      const { status } = await api.get(namespace.named('argoproj.io/v1alpha1', 'Rollout', 'copied'));
      return status.conditions?.find(({ type }: any) => type === 'InvalidSpec')?.message as string | undefined;
    });
    expect(refused).toContain('mirror');
    return {
      claim: { 'routes before the first weight': 'testers, mirror, split', 'and after it': 'testers, split' },
      control: { refused: 1 },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim: `a live app gets a Rollout, a release at 20 % that is aborted, and loses the Rollout again, under ${REQUESTS} requests, and none fails: Services of the tracks select the app's pods until the controller knows better, and the Deployment has pods again before the Rollout goes`,
    control: 'applied at once, the routes lead to Services without pods until the controller has made its own',
    needs: [...NEEDS, 'Flagger'],
    within: 420,
  },
  async () => {
    const mesh = Mesh.live();
    await mesh.faults();
    const alone = (name: string) =>
      namespace.emitted((chart) => webApp(chart, nodes, { name, replicas: PODS, servicePort: 80 }));
    const released = (name: string, stage?: p.CanaryStage) => emitted(name, { stage }, { servicePort: 80 });
    const load = (name: string) => ({
      from: namespace.name,
      host: `${name}.${namespace.name}.svc.cluster.local`,
      requests: 50,
      concurrency: 2,
    });
    const begin = async (name: string) => {
      await namespace.apply(alone(name));
      await namespace.rolledOut(name);
      await sleep(2000);
    };

    await begin('live');
    const claim = await underRequests(mesh, load('live'), REQUESTS, async () => {
      const { manifests } = released('live', p.CanaryStage.stable());
      const isTrack = ({ kind, metadata }: Manifest) => kind === 'Service' && metadata.name !== 'live';
      for (const service of manifests.filter(isTrack)) {
        await namespace.apply([service]);
        await api.merge(namespace.own(service), { spec: { selector: { [INSTANCE]: 'live' } } });
        await until('the Service has pods', 20, () => hasPods(service.metadata.name));
      }
      // and the proxies know of them
      await sleep(1000);
      await namespace.apply(manifests);
      await inPhase('live', 'Healthy');
      await until('the Deployment is empty', 60, async () => {
        const { spec } = await api.get(namespace.named('apps/v1', 'Deployment', 'live'));
        return spec.replicas === 0 ? true : undefined;
      });
      await applyOurs(released('live'));
      await inPhase('live', 'Paused', 1);
      await applyOurs(released('live', p.CanaryStage.aborted()));
      await inPhase('live', 'Healthy');

      await api.delete(namespace.named('networking.istio.io/v1', 'VirtualService', 'live'));
      await sleep(2000);
      await api.merge(rollout('live'), { spec: { workloadRef: { scaleDown: 'never' } } });
      // the number of pods was the controller's
      for (const one of alone('live')) await api.apply(namespace.own(one), { force: one.kind === 'Deployment' });
      await namespace.rolledOut('live');
      await api.delete(rollout('live'));
      for (const service of manifests.filter(isTrack)) await api.delete(namespace.own(service));
      await onlyImage('live', 'registry.example.com/web:1.0.0');
    });
    expect(claim).toMatchObject({ failed: 0 });
    expect(await api.find(rollout('live'))).toBeUndefined();

    await begin('hasty');
    const control = await underRequests(mesh, load('hasty'), 500, async () => {
      await namespace.apply(released('hasty', p.CanaryStage.stable()).manifests);
      await inPhase('hasty', 'Healthy');
    });
    expect(control.failed).toBeGreaterThan(0);
    return { claim: { ...claim }, control: { ...control } };
  },
);

function withFirstWeight(one: Manifest, setWeight: number): Manifest {
  const copy = JSON.parse(JSON.stringify(one));
  copy.spec.strategy.canary.steps[0] = { setWeight };
  return copy;
}
