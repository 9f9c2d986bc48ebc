import * as p from '../../../lib';
import { weight } from '../../support/releases';
import { objects } from '../../support/rules';
import { testApp } from '../support/apps';
import { api } from '../support/cluster';
import { addressOf } from '../support/deletions';
import { drill } from '../support/drill';
import { losses, underLoad } from '../support/load';
import { Nodes } from '../support/nodes';
import { found } from '../support/parts';
import { onRealNodes } from '../support/real';

const LESSON = 'Canary: by the number of pods';
const NEEDS = ['controllers', 'real nodes', 'test app', 'next test app', 'load'] as const;
const PODS = 8;
const REQUESTS = found().long ? 20_000 : 5000;
const COUNTED = 2000;
const ADOPTED = 5000;
const ONLY_CANARY = [
  ['apps/v1', 'Deployment'],
  ['v1', 'Service'],
] as const;
const SIGMAS = 4;
/** Longer than pods that end still serve. */
const READY_AFTER = '14s';

const namespace = onRealNodes('ratio');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

/** The app of 8 pods by itself. */
const alone = (name: string) =>
  namespace.emitted((chart) => testApp(chart, nodes, name, { replicas: PODS, env: { READY_AFTER } }));

/** The stages of its release, by name. */
function stagesOf(name: string): Record<string, p.ReleaseStage> {
  let stages: p.ReleaseStage[] = [];
  namespace.emitted((chart) => {
    const app = testApp(chart, nodes, name, { replicas: PODS, env: { READY_AFTER } });
    const release = new p.CanaryRelease(chart, 'release', {
      app,
      candidate: String(process.env.TEST_CANDIDATE),
      plan: p.CanaryPlan.of(weight(25), p.CanaryStep.approval(), weight(100)),
      engine: p.CanaryEngine.replicaRatio(),
    });
    stages = release.stages();
  });
  return Object.fromEntries(stages.map((stage) => [stage.name, stage]));
}

/** Applies a stage as its text says: first what grows, then the rest. */
async function go(name: string, stage: p.ReleaseStage | undefined, { atOnce = false } = {}): Promise<void> {
  if (stage?.firstYaml !== undefined && !atOnce) {
    const [first] = objects(stage.firstYaml);
    await namespace.apply([first]);
    await namespace.rolledOut(first.metadata.name);
  }
  await namespace.apply(objects(stage?.yaml ?? ''));
  for (const one of [name, `${name}-canary`]) await namespace.rolledOut(one);
}

drill(
  {
    lesson: LESSON,
    claim: `under 200 requests a second a live app gets a release, a candidate goes from 25 % to 100 % and is promoted, another is aborted at 100 %, the app loses the release again, and none is lost; at 25 % it gets its share within ${SIGMAS} sigma`,
    control:
      'one kept connection meets one pod; aborted at 100 % in one apply, requests are lost: the stable pods start when those of the candidate are gone',
    needs: NEEDS,
    within: 1200,
  },
  async () => {
    const stages = stagesOf('walked');
    await namespace.apply(alone('walked'));
    await namespace.rolledOut('walked');
    const url = await addressOf(namespace, 'walked');
    const adopted = losses(
      await underLoad(url, ADOPTED, async () => {
        for (const name of ['stable', 'prepared', 'step-1']) await go('walked', stages[name]);
      }),
    );
    expect(adopted).toEqual({ ...adopted, lost: 0 });
    const kept = await underLoad(url, 400, async () => undefined, { isExact: true, connections: 1 });
    const counted = await underLoad(url, COUNTED, async () => undefined, { isExact: true });
    const answers = Object.entries(counted.pods).map(([pod, { answers: count }]) => ({ pod, count }));
    const all = answers.reduce((sum, { count }) => sum + count, 0);
    const candidates = answers.filter(({ pod }) => pod.startsWith('walked-canary-'));
    const share = candidates.reduce((sum, { count }) => sum + count, 0) / all;
    expect(Math.abs(share - 0.25)).toBeLessThanOrEqual(SIGMAS * Math.sqrt((0.25 * 0.75) / all));
    const walk = (...names: string[]) =>
      underLoad(url, REQUESTS, async () => {
        for (const name of names) await go('walked', stages[name]);
      });
    const promoted = losses(await walk('step-2', 'promoting', 'promoted'));
    expect(promoted).toEqual({ ...promoted, lost: 0 });
    await go('walked', stages['step-2']);
    const aborted = losses(await walk('aborted'));
    expect(aborted).toEqual({ ...aborted, lost: 0 });
    const returned = losses(
      await underLoad(url, ADOPTED, async () => {
        await namespace.apply(alone('walked'));
        for (const [apiVersion, kind] of ONLY_CANARY)
          await api.delete(namespace.named(apiVersion, kind, 'walked-canary'));
        await namespace.rolledOut('walked');
      }),
    );
    expect(returned).toEqual({ ...returned, lost: 0 });
    expect(Object.keys(kept.pods).length).toBe(1);

    const others = stagesOf('hasty');
    await go('hasty', others.stable);
    for (const name of ['step-1', 'step-2']) await go('hasty', others[name]);
    const hasty = await underLoad(await addressOf(namespace, 'hasty'), 2000, () =>
      go('hasty', others.aborted, { atOnce: true }),
    );
    expect(hasty.failed).toBeGreaterThan(0);
    expect((await api.get(namespace.named('apps/v1', 'Deployment', 'hasty'))).spec.replicas).toBe(PODS);
    return {
      claim: {
        'share at 25 %': Number((100 * share).toFixed(1)),
        'sent while the release came, and while it went': `${adopted.sent}, ${returned.sent}`,
        'sent in a promotion': promoted.sent as number,
        'sent in an abort': aborted.sent as number,
        lost: 0,
      },
      control: { ...losses(hasty), 'pods that 400 requests of one kept connection met': Object.keys(kept.pods).length },
    };
  },
);
