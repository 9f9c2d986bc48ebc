import { Autoscaling, CountOrPercent, UnhealthyPods, type WebAppProps } from '../../../lib';
import type { Manifest } from '../support/api';
import { findingIds, replaced, webApp } from '../support/apps';
import { api, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { evict, Nodes } from '../support/nodes';
import { fewestReady } from '../support/sampler';

const NEEDS = ['controllers', 'simulated nodes'] as const;
const LESSON = 'Disruption budgets';
const WEB = 'app.kubernetes.io/instance=web';
/** Seconds after which a drain that should never end is given up. */
const GIVEN_UP = 12;

const namespace = Namespace.forThisFile('drain');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.simulated(namespace, 3);
});
afterEach(async () => {
  await nodes.uncordonAll();
  for (const [apiVersion, kind] of [
    ['apps/v1', 'Deployment'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ] as const) {
    await api.delete(namespace.named(apiVersion, kind, 'web'));
  }
  await api.delete(namespace.named('policy/v1', 'PodDisruptionBudget', 'second'));
  await until('the pods are gone', 60, async () =>
    (await namespace.pods(WEB, { ending: true })).length ? undefined : true,
  );
});

const web = (props: Partial<WebAppProps> = {}) =>
  namespace.emitted((chart) => webApp(chart, nodes, props), { nodes: 3 });

/** The budget with other limits. */
const limited = (manifests: readonly Manifest[], limits: object) =>
  replaced(manifests, 'PodDisruptionBudget', ({ spec, ...budget }) => {
    const { maxUnavailable: _, minAvailable: __, ...rest } = spec;
    return { ...budget, spec: { ...rest, ...limits } };
  });

/** Drains every node in turn, letting pods back on it afterwards; ends at the first that does not end. */
async function drainAll(seconds: number) {
  const {
    fewest,
    samples,
    outcome: drained,
  } = await fewestReady(namespace, WEB, async () => {
    for (const [index, name] of nodes.names.entries()) {
      const { ended } = await nodes.drain(name, seconds);
      await nodes.uncordon(name);
      if (!ended) return index;
      await settled();
    }
    return nodes.names.length;
  });
  return { 'nodes drained': drained, 'fewest pods ready': fewest, samples };
}

/** The budget has seen all pods. */
async function settled(expected?: number): Promise<number> {
  return until('the budget has seen every pod', 60, async () => {
    const { metadata, status } = await api.get(namespace.named('policy/v1', 'PodDisruptionBudget', 'web'));
    const { observedGeneration, expectedPods, currentHealthy, disruptionsAllowed } = status ?? {};
    const isSeen =
      observedGeneration === metadata.generation && expectedPods > 0 && currentHealthy === (expected ?? expectedPods);
    return isSeen ? disruptionsAllowed : undefined;
  });
}

drill(
  {
    lesson: LESSON,
    claim: 'an app of 3 pods on 3 nodes is drained node after node, and 2 pods are ready all the time',
    control:
      'with minAvailable 3 the first drain does not end; with a second budget each eviction is answered by an error',
    needs: NEEDS,
  },
  async () => {
    const app = web({ replicas: 3 });
    await namespace.apply(app);
    await namespace.rolledOut('web');
    await settled();
    const claim = await drainAll(60);
    expect(claim).toMatchObject({ 'nodes drained': 3, 'fewest pods ready': 2 });

    const blocking = limited(app, { minAvailable: 3 });
    expect(findingIds(blocking)).toEqual(['availability/budget-blocks-drain']);
    await namespace.apply(blocking);
    await settled();
    const blocked = await drainAll(GIVEN_UP);
    expect(blocked).toMatchObject({ 'nodes drained': 0, 'fewest pods ready': 3 });

    const second = app.filter(({ kind }) => kind === 'PodDisruptionBudget');
    const both = [...app, ...second.map((budget) => ({ ...budget, metadata: { ...budget.metadata, name: 'second' } }))];
    expect(findingIds(both)).toEqual(['availability/two-budgets-on-pod']);
    await namespace.apply(both);
    await settled();
    const [pod] = await namespace.pods(WEB);
    const { status, said } = await until('the server knows both budgets', 20, async () => {
      const answer = await evict(namespace, pod.metadata.name);
      return answer.status === 429 ? undefined : answer;
    });
    expect(status).toBe(500);
    return { claim, control: { ...blocked, 'eviction under two budgets': `${status}: ${said}` } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'pods that never become ready do not keep a node from being drained',
    control: 'under a budget that evicts unready pods only if enough others are ready, the drain does not end',
    needs: NEEDS,
  },
  async () => {
    const broken = { replicas: 3, podAnnotations: { 'rig/never-ready': 'true' } };
    const run = async (manifests: Manifest[], seconds: number) => {
      await namespace.apply(manifests);
      await settled(0);
      const pods = await until('the pods run', 30, async () => {
        const all = await namespace.pods(WEB);
        return all.length === 3 && all.every(({ status }) => status.phase === 'Running') ? all : undefined;
      });
      return nodes.drain(pods[0].spec.nodeName, seconds);
    };
    const claim = await run(web(broken), 60);
    expect(claim.ended).toBe(true);
    await nodes.uncordonAll();
    const keeping = web(broken).filter(({ kind }) => kind === 'PodDisruptionBudget');
    const strict = keeping.map((budget) => ({
      ...budget,
      spec: { ...budget.spec, unhealthyPodEvictionPolicy: UnhealthyPods.EVICT_IF_ENOUGH_OTHERS },
    }));
    expect(findingIds([...web(broken).filter(({ kind }) => kind === 'Deployment'), ...strict])).toEqual([
      'availability/budget-keeps-unhealthy',
    ]);
    await namespace.apply(strict);
    const control = await run([], GIVEN_UP);
    expect(control.ended).toBe(false);
    return { claim: { 'drained after seconds': claim.seconds }, control: { said: control.said } };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'an app that its autoscaler keeps at the minimum of 2 pods is drained node after node, and 1 pod is ready all the time',
    control: 'with a budget of minAvailable 2, fine for any higher count, the drain does not end at the minimum',
    needs: NEEDS,
  },
  async () => {
    const app = web({ autoscaling: Autoscaling.between(2, 6, { cpuPercent: 70 }) });
    await namespace.apply(app);
    await until('the autoscaler has made 2 pods', 90, async () =>
      (await namespace.pods(WEB)).length === 2 ? true : undefined,
    );
    await namespace.rolledOut('web');
    await settled(2);
    const claim = await drainAll(60);
    expect(claim).toMatchObject({ 'nodes drained': 3, 'fewest pods ready': 1 });
    const blocking = limited(app, { minAvailable: 2 });
    expect(findingIds(blocking)).toEqual(['availability/budget-blocks-drain']);
    await namespace.apply(blocking);
    await settled();
    const [pod] = await namespace.pods(WEB);
    const control = await nodes.drain(pod.spec.nodeName, GIVEN_UP);
    expect(control.ended).toBe(false);
    return { claim, control: { said: control.said } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'a percentage of evictable pods is rounded up, so that half of 3 pods lets 2 go',
    control: '90 % of 3 pods that must stay are all 3, and no pod may go',
    needs: NEEDS,
  },
  async () => {
    const app = web({ replicas: 3, evictable: CountOrPercent.percent(50) });
    await namespace.apply(app);
    await namespace.rolledOut('web');
    const allowed = await settled(3);
    expect(allowed).toBe(2);
    const blocking = limited(app, { minAvailable: '90%' });
    expect(findingIds(blocking)).toEqual(['availability/budget-blocks-drain']);
    await namespace.apply(blocking);
    const none = await settled(3);
    expect(none).toBe(0);
    return { claim: { 'evictions allowed': allowed }, control: { 'evictions allowed': none } };
  },
);
