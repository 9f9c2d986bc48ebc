import { TargetCluster } from '../../../lib';
import { World } from '../../../lib/facts';
import type { Manifest } from '../support/api';
import { findingIds } from '../support/apps';
import { api, isReady, Namespace, until } from '../support/cluster';
import { drill } from '../support/drill';
import { evict, Nodes } from '../support/nodes';
import { found } from '../support/parts';
import { sleep } from '../support/run';
import { budgetWorlds, objectsOf, type SmallWorld, smallWorlds } from '../support/worlds';

const NEEDS = ['controllers', 'simulated nodes'] as const;
const LESSON = 'Predictions';
const SEED = Number(process.env.SEED ?? 20_261_125);
const BUDGETS = 200;
const DISTURBED = found().long ? 200 : 30;
/** How many worlds there are at once. */
const AT_ONCE = 20;
/** Seconds without a change after which something is stuck: the scheduler tries a pod again after 10 at the latest. */
const QUIET = 14;

/** The findings that say of a drain, or of a roll-out, that it never ends. */
const STUCK = {
  drain: [
    'availability/budget-blocks-drain',
    'availability/budget-on-single-replica',
    'availability/hard-spread-blocks-drain',
  ],
  rollout: ['availability/anti-affinity-blocks-rollout'],
} as const;
type Disturbance = keyof typeof STUCK;

const namespace = Namespace.forThisFile('worlds', 'privileged');

drill(
  {
    lesson: LESSON,
    claim: `the evictions that the rules predict for a budget are those that the server allows, in ${BUDGETS} of ${BUDGETS} random worlds`,
    control: 'rounded down, as one would think, a percentage predicts other numbers',
    needs: NEEDS,
    within: 900,
  },
  async () => {
    const nodes = await Nodes.simulated(namespace, 3, { group: 'budgets' });
    const outcomes = await inBatches(budgetWorlds(SEED, BUDGETS), async (world, index) => {
      const name = `b${index}`;
      const objects = objectsOf(name, world, nodes);
      await namespace.apply(objects);
      const expected = world.replicas + world.unready;
      const { disruptionsAllowed } = await until(`the budget of ${name} has seen its pods`, 120, async () => {
        const { status } = await api.get(namespace.named('policy/v1', 'PodDisruptionBudget', name));
        return status?.expectedPods === expected && status.currentHealthy === world.replicas ? status : undefined;
      });
      await takeAway(objects);
      return {
        world,
        allowed: disruptionsAllowed,
        predicted: predicted(objects, world.replicas),
        naive: roundedDown(world),
      };
    });
    const wrong = outcomes.filter(({ allowed, predicted: said }) => allowed !== said);
    expect(wrong).toEqual([]);
    const naive = outcomes.filter(({ allowed, naive: said }) => allowed !== said).length;
    expect(naive).toBeGreaterThan(0);
    return { claim: { worlds: BUDGETS, wrong: 0, seed: SEED }, control: { worlds: BUDGETS, wrong: naive } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'the drains and roll-outs that the rules call stuck are those that get stuck, in all random worlds',
    control: 'to take none for stuck is wrong for some, and to take all for stuck is too',
    needs: NEEDS,
    within: 2400,
  },
  async () => {
    const outcomes = await inBatches(smallWorlds(SEED, DISTURBED), async (world, index) => {
      const disturbance: Disturbance = index % 2 === 0 ? 'drain' : 'rollout';
      const name = `s${index}`;
      const nodes = await Nodes.simulated(namespace, world.nodes, { group: name });
      const objects = objectsOf(name, world, nodes);
      const ids = findingIds(objects, { nodes: world.nodes });
      const isPredicted = STUCK[disturbance].some((id) => ids.includes(id));
      await namespace.apply(objects);
      await quiet(name, world);
      const isStuck = !(await (disturbance === 'drain' ? drained(name, nodes) : rolledOut(name, objects)));
      await takeAway(objects);
      return { seed: SEED, index, disturbance, world, isPredicted, isStuck };
    });
    const wrong = outcomes.filter(({ isPredicted, isStuck }) => isPredicted !== isStuck);
    expect(wrong).toEqual([]);
    const stuck = outcomes.filter(({ isStuck }) => isStuck).length;
    for (const one of ['drain', 'rollout'] as const) {
      const kinds = outcomes.filter(({ disturbance }) => disturbance === one).map(({ isStuck }) => isStuck);
      expect([one, ...new Set(kinds)].sort()).toEqual([one, true, false].sort());
    }
    const claim = { worlds: outcomes.length, stuck, wrong: 0, seed: SEED };
    return { claim, control: { 'wrong if none is called stuck': stuck, 'wrong if all are': outcomes.length - stuck } };
  },
);

/** What the facts say that the budget allows, with so many ready pods. */
function predicted(objects: readonly Manifest[], ready: number): number {
  const target = TargetCluster.of();
  const world = new World(objects.map((manifest) => ({ manifest, target })));
  const [budget] = world.budgets;
  const pods = budget && world.fewestPodsUnder(budget);
  if (budget === undefined || pods === undefined) throw new Error('the facts know no budget');
  return budget.allowedEvictions(pods, ready);
}

/** The same by the rounding that a roll-out's maxUnavailable has. */
function roundedDown({ budget = {}, replicas, unready }: SmallWorld): number {
  const pods = replicas + unready;
  const of = (amount: number | string) =>
    typeof amount === 'number' ? amount : Math.floor((Number.parseInt(amount, 10) * pods) / 100);
  const { minAvailable, maxUnavailable = 0 } = budget;
  const mustStay = minAvailable === undefined ? pods - of(maxUnavailable) : of(minAvailable);
  return Math.max(0, replicas - Math.max(0, mustStay));
}

async function inBatches<T>(
  worlds: readonly SmallWorld[],
  work: (world: SmallWorld, index: number) => Promise<T>,
): Promise<T[]> {
  const waiting = worlds.entries();
  const outcomes: T[] = [];
  const lane = async () => {
    for (const [index, world] of waiting) outcomes[index] = await work(world, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return outcomes;
}

async function takeAway(objects: readonly Manifest[]): Promise<void> {
  for (const manifest of objects) await api.delete(namespace.own(manifest));
}

const podsOf = (name: string) => namespace.pods(`world=${name}`, { ending: true });

/** What of the pods may change. */
const seen = (pods: readonly any[]) =>
  pods
    .map(
      ({ metadata, spec, ...pod }) => `${metadata.name} ${spec.nodeName} ${isReady(pod)} ${metadata.deletionTimestamp}`,
    )
    .sort()
    .join();

/** Waits until all pods are ready, or, where some have no place, nothing changes any more. */
async function quiet(name: string, { replicas }: SmallWorld): Promise<void> {
  let last = '';
  let since = Date.now();
  await until(`the pods of ${name} are settled`, 120, async () => {
    const pods = await podsOf(name);
    if (pods.length === replicas && pods.every(isReady)) return true;
    const now = seen(pods);
    if (now !== last) since = Date.now();
    last = now;
    return Date.now() - since > QUIET * 1000 ? true : undefined;
  });
}

/** Drains the node with the most pods; whether that ended. */
async function drained(name: string, nodes: Nodes): Promise<boolean> {
  const counts = new Map<string, number>();
  for (const { spec } of await podsOf(name))
    if (spec.nodeName) counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1);
  const [[fullest = ''] = []] = [...counts].sort(([, a], [, b]) => b - a);
  await nodes.cordon(fullest);
  return ends(name, async (pods) => {
    const left = pods.filter(({ spec }) => spec.nodeName === fullest);
    for (const { metadata } of left)
      if (metadata.deletionTimestamp === undefined) await evict(namespace, metadata.name);
    return left.length === 0;
  });
}

/** Rolls out another image; whether that ended. */
async function rolledOut(name: string, [first]: readonly Manifest[]): Promise<boolean> {
  const deployment = JSON.parse(JSON.stringify(first));
  deployment.spec.template.spec.containers[0].image = 'registry.example.com/web:2.0.0';
  await namespace.apply([deployment]);
  return ends(name, async (pods) => {
    const { metadata, spec, status } = await api.get(namespace.named('apps/v1', 'Deployment', name));
    if (status.observedGeneration !== metadata.generation) return false;
    const old = pods.filter(
      (pod) => pod.spec.containers[0].image !== deployment.spec.template.spec.containers[0].image,
    );
    return old.length === 0 && status.updatedReplicas === spec.replicas && status.availableReplicas === spec.replicas;
  });
}

/** Whether it is done before nothing changes any more. */
async function ends(name: string, step: (pods: readonly any[]) => Promise<boolean>): Promise<boolean> {
  let last = '';
  for (let since = Date.now(); Date.now() - since < QUIET * 1000; await sleep(300)) {
    const pods = await podsOf(name);
    if (await step(pods)) return true;
    const now = seen(pods);
    if (now !== last) since = Date.now();
    last = now;
  }
  return false;
}
