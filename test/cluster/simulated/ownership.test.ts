import { Autoscaling, type WebAppProps } from '../../../lib';
import type { Manifest } from '../support/api';
import { findingIds, replaced, webApp } from '../support/apps';
import { api, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { Nodes } from '../support/nodes';
import { sleep } from '../support/run';
import { fewestReady } from '../support/sampler';

const NEEDS = ['controllers', 'simulated nodes'] as const;
const LESSON = 'Who owns a field';
const LIVE = 20;
/** Seconds in which an autoscaler looks at least once. */
const WATCHED = 20;
/** The field manager of the guide's second step. */
const HANDOVER = 'handover';

const namespace = Namespace.forThisFile('ownership');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.simulated(namespace, 3);
});

const emitted = (name: string, props: Partial<WebAppProps>) =>
  namespace.emitted((chart) => void webApp(chart, nodes, { name, ...props }));
const deployment = (name: string) => namespace.named('apps/v1', 'Deployment', name);
const replicas = async (name: string): Promise<number> => (await api.get(deployment(name))).spec.replicas;

/** Waits until there is a number of replicas. */
const scaled = (name: string, wanted: number) =>
  until(`${name} has ${wanted} replicas`, 90, async () => ((await replicas(name)) === wanted ? wanted : undefined));

drill(
  {
    lesson: LESSON,
    claim: 'what an autoscaler has decided outlives a second apply',
    control: 'with `replicas` beside the autoscaler, the second apply takes its pods away, and no conflict says so',
    needs: NEEDS,
  },
  async () => {
    const app = emitted('scaled', { autoscaling: Autoscaling.between(5, 9, { cpuPercent: 70 }) });
    await namespace.apply(app);
    const before = await scaled('scaled', 5);
    await namespace.apply(app);
    const after = await replicas('scaled');
    expect(after).toBe(before);
    const fixed = replaced(app, 'Deployment', (one) => ({ ...one, spec: { ...one.spec, replicas: 2 } }));
    const beside = fixed.find(({ kind }) => kind === 'Deployment');
    expect(findingIds(fixed)).toEqual(['availability/replicas-beside-autoscaler']);
    const { spec } = await api.apply(beside);
    expect(spec.replicas).toBe(2);
    return {
      claim: { 'scaled to': before, 'after a second apply': after },
      control: { 'after a second apply': spec.replicas },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim: `a live app of ${LIVE} pods is handed over to an autoscaler by the steps of the guide, and has ${LIVE} pods all the time`,
    control: 'to leave `replicas` out at once resets it to 1',
    needs: NEEDS,
  },
  async () => {
    const control = await dropped('dropped');
    expect(control).toBe(1);

    const live = emitted('handed', { replicas: LIVE });
    const autoscaled = emitted('handed', { autoscaling: Autoscaling.between(LIVE, 40, { cpuPercent: 70 }) });
    await namespace.apply(live);
    await namespace.rolledOut('handed');
    const steps = async () => {
      await namespace.apply(autoscaled.filter(({ kind }) => kind === 'HorizontalPodAutoscaler'));
      const owned = { ...deployment('handed'), spec: { replicas: await replicas('handed') } };
      await api.apply(owned, { manager: HANDOVER, force: true });
      await namespace.apply(autoscaled);
      await namespace.rolledOut('handed');
      const kept = await replicas('handed');
      const more = await raised(autoscaled, LIVE + 2);
      await api.apply(deployment('handed'), { manager: HANDOVER });
      await namespace.apply(higher(autoscaled, LIVE + 2));
      await sleep(WATCHED * 1000);
      return [kept, more];
    };
    const label = 'app.kubernetes.io/instance=handed';
    const { fewest, samples, outcome } = await fewestReady(namespace, label, steps);
    const [kept = 0, more] = outcome;
    expect(samples).toBeGreaterThan(WATCHED);
    const afterwards = await replicas('handed');
    expect([kept, more, afterwards, fewest]).toEqual([LIVE, LIVE + 2, LIVE + 2, LIVE]);
    return {
      claim: { 'replicas kept': kept, 'fewest pods ready': fewest, samples, 'then scaled to': afterwards },
      control: { 'replicas left': control },
    };
  },
);

/** Leaves out `replicas` of a live app. */
async function dropped(name: string): Promise<number> {
  await namespace.apply(emitted(name, { replicas: LIVE }));
  await namespace.rolledOut(name);
  const autoscaled = emitted(name, { autoscaling: Autoscaling.between(LIVE, 40, { cpuPercent: 70 }) });
  await namespace.apply(autoscaled.filter(({ kind }) => kind === 'Deployment'));
  const left = await replicas(name);
  await api.delete(deployment(name));
  return left;
}

/** The app with a higher minimum. */
function higher(app: readonly Manifest[], minReplicas: number): Manifest[] {
  return replaced(app, 'HorizontalPodAutoscaler', (one) => ({ ...one, spec: { ...one.spec, minReplicas } }));
}

async function raised(app: readonly Manifest[], minReplicas: number): Promise<number> {
  await namespace.apply(higher(app, minReplicas));
  return scaled('handed', minReplicas);
}
