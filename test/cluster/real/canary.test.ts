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
const SIGMAS = 4;
/** Longer than pods that end still serve. */
const READY_AFTER = '14s';

const namespace = onRealNodes('ratio');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

/** The stages of a release of 8 pods, by name. */
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

const isCandidate = (name: string) => (pod: string) => pod.startsWith(`${name}-canary-`);

drill(
  {
    lesson: LESSON,
    claim: `a release goes through its stages, is promoted, and the next one is aborted at 100 %, under 200 requests a second, and none is lost; at 25 % the candidate gets its share within ${SIGMAS} sigma`,
    control:
      'aborted at 100 % in one apply, requests are lost: the stable pods start when those of the candidate are gone',
    needs: NEEDS,
    within: 1200,
  },
  async () => {
    const stages = stagesOf('walked');
    await go('walked', stages.stable);
    const url = await addressOf(namespace, 'walked');
    let share = 0;
    const load = await underLoad(url, REQUESTS, async () => {
      await go('walked', stages['step-1']);
      const counted = await underLoad(url, COUNTED, async () => undefined, { isExact: true });
      const answers = Object.entries(counted.pods).map(([pod, one]) => [pod, one.answers] as const);
      const all = answers.reduce((sum, [, count]) => sum + count, 0);
      share = answers.filter(([pod]) => isCandidate('walked')(pod)).reduce((sum, [, count]) => sum + count, 0) / all;
      expect(Math.abs(share - 0.25)).toBeLessThanOrEqual(SIGMAS * Math.sqrt((0.25 * 0.75) / all));
      for (const name of ['step-2', 'promoting', 'promoted']) await go('walked', stages[name]);
      await go('walked', stages.stable);
      for (const name of ['step-1', 'step-2', 'aborted']) await go('walked', stages[name]);
    });
    expect(losses(load)).toMatchObject({ lost: 0 });

    const others = stagesOf('hasty');
    await go('hasty', others.stable);
    for (const name of ['step-1', 'step-2']) await go('hasty', others[name]);
    const hasty = await underLoad(await addressOf(namespace, 'hasty'), 2000, () =>
      go('hasty', others.aborted, { atOnce: true }),
    );
    expect(hasty.failed).toBeGreaterThan(0);
    expect((await api.get(namespace.named('apps/v1', 'Deployment', 'hasty'))).spec.replicas).toBe(PODS);
    return {
      claim: { 'share at 25 %': Number((100 * share).toFixed(1)), ...losses(load) },
      control: losses(hasty),
    };
  },
);
