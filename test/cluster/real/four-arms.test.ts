import type { Manifest } from '../support/api';
import { testApp } from '../support/apps';
import { api, until } from '../support/cluster';
import { addressOf, known } from '../support/deletions';
import { drill, type Figures, type Outcome } from '../support/drill';
import { losses, underLoad } from '../support/load';
import { containers, deployments, mutated } from '../support/mutations';
import { Nodes } from '../support/nodes';
import { found } from '../support/parts';
import { onRealNodes } from '../support/real';

const LESSON = 'Graceful shutdown';
const NEEDS = ['controllers', 'real nodes', 'test app', 'load'] as const;
const PODS = 2;
/** Requests to an arm that must lose none, and to one that must lose some. */
const COUNTS = { none: found().long ? 20_000 : 5_000, some: 5_000 };
/** The fewest requests where one pod starts after the other. */
const LONG_COUNT = 12_000;

/** How often a control is tried that must lose some. */
const TRIES = 3;

/** What each arm takes from what the library emits: the four parts of the story. */
const ARMS = {
  naive: (app: readonly Manifest[]) => naive(mutated(app, 'no-budget', 'no-delay')),
  graceful: (app: readonly Manifest[]) => mutated(app, 'no-budget', 'no-delay'),
  delayed: (app: readonly Manifest[]) => mutated(app, 'no-budget'),
  careful: (app: readonly Manifest[]) => [...app],
};
type Arm = keyof typeof ARMS;
/** The long form shows that a budget is not what a single disturbance needs. */
const ALSO_DELAYED = found().long ? ({ delayed: 'none' } as const) : {};

const namespace = onRealNodes('arms');
const nodes = new Map<Arm, Nodes>();
let old: readonly string[] = [];
let fresh: readonly string[] = [];

beforeAll(async () => {
  for (const arm of Object.keys(ARMS) as Arm[]) nodes.set(arm, await Nodes.real(namespace, arm));
  const [one = '', other = '', ...more] = nodesOf('careful').names;
  old = [one, other];
  fresh = more;
});
beforeEach(async () => {
  for (const name of fresh) await nodesOf('careful').cordon(name);
  for (const name of old) await nodesOf('careful').uncordon(name);
});

drill(
  {
    lesson: LESSON,
    claim: 'a roll-out under 200 requests a second loses none',
    control:
      'a Deployment without probes, delay and graceful stop loses some, and so does one that stops gracefully without a delay',
    needs: NEEDS,
    within: 1200,
  },
  () =>
    tryArms({ careful: 'none', ...ALSO_DELAYED, graceful: 'some', naive: 'some' }, 'rollout', {}, async (arm, app) => {
      const version = { name: 'VERSION', value: 'v2' };
      const next = containers((container) => ({ ...container, env: [...container.env, version] }));
      const before = await podsOf(`rollout-${arm}`);
      await namespace.apply(next(app));
      await namespace.rolledOut(`rollout-${arm}`);
      await gone(before);
    }),
);

drill(
  {
    lesson: LESSON,
    claim: 'the drain of a node under 200 requests a second loses none',
    control: 'without probes, delay and graceful stop some are lost, and with a graceful stop alone too',
    needs: NEEDS,
    within: 1200,
  },
  () => {
    const [, second = ''] = old;
    const arms = { careful: 'none', ...ALSO_DELAYED, graceful: 'some', naive: 'some' } as const;
    return tryArms(arms, 'drain', {}, async (arm) => {
      const there = (await podsOf(`drain-${arm}`)).filter(({ spec }) => spec.nodeName === second);
      expect(there).not.toEqual([]);
      const { ended, said } = await nodesOf(arm).drain(second, 60);
      if (!ended) throw new Error(said);
      await nodesOf(arm).uncordon(second);
      await gone(there);
    });
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'two old nodes are drained at once beside two new ones, under 200 requests a second, and none is lost, though a pod takes 15 s to start',
    control: 'without a budget both pods go at once, and the delay is over before others have started',
    needs: [...NEEDS, 'four real nodes'],
    within: 1200,
  },
  () => {
    const others = found().long ? ({ graceful: 'some', naive: 'some' } as const) : {};
    return tryArms({ careful: 'none', delayed: 'some', ...others }, 'upgrade', { START_AFTER: '15s' }, async (arm) => {
      for (const name of fresh) await nodesOf(arm).uncordon(name);
      const before = await podsOf(`upgrade-${arm}`);
      const drains = await Promise.all(old.map((name) => nodesOf(arm).drain(name, 120)));
      for (const { ended, said } of drains) if (!ended) throw new Error(said);
      await gone(before);
      for (const name of fresh) await nodesOf(arm).cordon(name);
      for (const name of old) await nodesOf(arm).uncordon(name);
    });
  },
);

/** What an arm must lose. */
type Expected = Partial<Record<Arm, 'none' | 'some'>>;

/** Does the same to each arm while requests arrive; some must lose none of them, and the others some. */
async function tryArms(
  expected: Expected,
  what: string,
  env: Record<string, string>,
  disturb: (arm: Arm, app: readonly Manifest[]) => Promise<void>,
): Promise<Outcome> {
  const arms = Object.keys(expected) as Arm[];
  const apps = arms.map((arm) => ({ arm, name: `${what}-${arm}`, app: emitted(`${what}-${arm}`, arm, env) }));
  for (const { app } of apps) await namespace.apply(app);
  for (const { name } of apps) await namespace.rolledOut(name);
  await known();
  const figures: Record<'claim' | 'control', Figures> = { claim: {}, control: {} };
  for (const { arm, name, app } of apps) {
    const wanted = expected[arm] ?? 'none';
    const count = Math.max(COUNTS[wanted], env.START_AFTER === undefined ? 0 : LONG_COUNT);
    const address = await addressOf(namespace, name);
    let turn = 1;
    let load = await underLoad(address, count, () => disturb(arm, app));
    // what must lose some does not lose some every time
    for (; wanted === 'some' && load.failed === 0 && turn < TRIES; turn += 1) {
      await deployedAgain(name, app);
      load = await underLoad(address, count, () => disturb(arm, app));
    }
    expect(load.sent).toBeGreaterThanOrEqual(count);
    expect([name, load.failed > 0 ? 'some' : 'none', load.outcomes]).toEqual([name, wanted, expect.anything()]);
    const part = wanted === 'none' ? 'claim' : 'control';
    const named = Object.entries({ ...losses(load), ...(turn > 1 && { tries: turn }) }).map(([figure, value]) => [
      `${arm}: ${figure}`,
      value,
    ]);
    figures[part] = { ...figures[part], ...Object.fromEntries(named) };
  }
  return figures;
}

const podsOf = (name: string) => namespace.pods(`app.kubernetes.io/instance=${name}`);

/** The same app as at first, its pods spread over the nodes again: each try has the same start. */
async function deployedAgain(name: string, app: readonly Manifest[]): Promise<void> {
  const before = await podsOf(name);
  await api.delete(namespace.named('apps/v1', 'Deployment', name));
  await gone(before);
  await namespace.apply(app);
  await namespace.rolledOut(name);
  await known();
}

/** Waits until pods are gone, so that the load sees their end. */
async function gone(pods: readonly any[]): Promise<void> {
  const names = pods.map(({ metadata }) => metadata.name);
  await until(`gone: ${names}`, 120, async () => {
    const left = await namespace.pods('', { ending: true });
    return left.some(({ metadata }) => names.includes(metadata.name)) ? undefined : true;
  });
}

function emitted(name: string, arm: Arm, env: Record<string, string>): Manifest[] {
  const app = namespace.emitted((chart) => {
    testApp(chart, nodesOf(arm), name, { replicas: PODS, env: { LATENCY: '20ms', ...env } });
  });
  return ARMS[arm](app);
}

/** As many write it: no probe, the defaults of a roll-out, and a process that ends at once. */
function naive(app: readonly Manifest[]): Manifest[] {
  const bare = containers(({ startupProbe: _, readinessProbe: __, livenessProbe: ___, ...container }) => ({
    ...container,
    env: container.env.map((one: any) => (one.name === 'ON_TERM' ? { ...one, value: 'exit' } : one)),
  }));
  const plain = deployments((deployment) => {
    const { strategy: _, minReadySeconds: __, ...spec } = deployment.spec;
    return { ...deployment, spec };
  });
  return plain(bare(app));
}

function nodesOf(arm: Arm): Nodes {
  const known = nodes.get(arm);
  if (known === undefined) throw new Error('the nodes are not known yet');
  return known;
}
