import { CountOrPercent, Spread, type WebAppProps } from '../../../lib';
import { findingIds, replaced, webApp } from '../support/apps';
import { api, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { Nodes } from '../support/nodes';
import { sleep } from '../support/run';
import { fewestReady } from '../support/sampler';

const NEEDS = ['controllers', 'simulated nodes'] as const;
const LESSON = 'Roll-outs';
const WEB = 'app.kubernetes.io/instance=web';
/** Seconds without a new pod after which a roll-out counts as stuck. */
const STUCK = 10;
const NEXT = 'registry.example.com/web:2.0.0';

const namespace = Namespace.forThisFile('rollout');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.simulated(namespace, 3);
});
afterEach(async () => {
  await api.delete(namespace.named('apps/v1', 'Deployment', 'web'));
  await until('the pods are gone', 60, async () =>
    (await namespace.pods(WEB, { ending: true })).length ? undefined : true,
  );
});

const web = (props: Partial<WebAppProps> = {}) =>
  namespace.emitted((chart) => webApp(chart, nodes, props), { nodes: 3 });

/** Rolls out the next image; how many pods were ready at least, and of what revision they are at the end. */
async function rollOut(manifests: any[], wait: () => Promise<unknown>) {
  const next = replaced(manifests, 'Deployment', (deployment) => {
    deployment.spec.template.spec.containers[0].image = NEXT;
    return deployment;
  });
  const { fewest, samples } = await fewestReady(namespace, WEB, async () => {
    await namespace.apply(next);
    await wait();
  });
  const images = (await namespace.pods(WEB)).map(({ spec }) => spec.containers[0].image);
  return { 'fewest pods ready': fewest, 'new pods made': images.filter((image) => image === NEXT).length, samples };
}

const done = () => namespace.rolledOut('web', 120);

drill(
  {
    lesson: LESSON,
    claim: 'a roll-out of 3 pods has 3 pods ready all the time',
    control: 'with the defaults of a Deployment, and its two limits at 100 %, fewer are ready',
    needs: NEEDS,
  },
  async () => {
    const app = web({ replicas: 3 });
    await namespace.apply(app);
    await done();
    const claim = await rollOut(app, done);
    expect(claim).toMatchObject({ 'fewest pods ready': 3, 'new pods made': 3 });
    const reckless = replaced(app, 'Deployment', (deployment) => {
      deployment.spec.strategy.rollingUpdate = { maxSurge: '100%', maxUnavailable: '100%' };
      return deployment;
    });
    expect(findingIds(reckless)).toContain('app/rollout-stops-all-pods');
    await namespace.apply(reckless);
    await done();
    const control = await rollOut(reckless, done);
    expect(control['fewest pods ready']).toBe(0);
    return { claim, control };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'where each of 3 pods has a node of its own and there are 3 nodes, a roll-out ends',
    control: 'with a surge, and no pod taken away first, the new pod never gets a node',
    needs: NEEDS,
  },
  async () => {
    const app = web({
      replicas: 3,
      spread: Spread.onePodPerHost(),
      surge: CountOrPercent.count(0),
      rolloutUnavailable: CountOrPercent.count(1),
    });
    await namespace.apply(app);
    await done();
    const claim = await rollOut(app, done);
    expect(claim['new pods made']).toBe(3);
    const waiting = replaced(app, 'Deployment', (deployment) => {
      deployment.spec.strategy.rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
      return deployment;
    });
    expect(findingIds(waiting, { nodes: 3 })).toContain('availability/anti-affinity-blocks-rollout');
    await api.delete(namespace.named('apps/v1', 'Deployment', 'web'));
    await namespace.apply(waiting);
    await done();
    const control = await rollOut(waiting, () => sleep(STUCK * 1000));
    const pending = (await namespace.pods(WEB)).filter(({ spec }) => spec.nodeName === undefined);
    expect(pending).toHaveLength(1);
    return { claim, control: { ...control, 'pods without a node': pending.length, seconds: STUCK } };
  },
);
