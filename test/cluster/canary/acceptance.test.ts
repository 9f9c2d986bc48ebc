import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { can } from '../../../lib/canary/engines/capabilities';
import { ENGINE_NAMES, objectsOf, pause, released, type Variation, weight } from '../../support/releases';
import { objects } from '../../support/rules';
import type { Manifest } from '../support/api';
import { api, Namespace } from '../support/cluster';
import { drill } from '../support/drill';

const namespace = Namespace.forThisFile('canary-accept');

const gates = () =>
  p.CanaryStep.gate(
    p.Gate.successRate(99),
    p.Gate.latency(p.Quantile.P50, Duration.millis(90)),
    p.Gate.query('queue', 'sum(queue_length{app="web"})', { min: 0, max: 10 }),
    p.Gate.webhook('smoke', 'https://ci.example.com/smoke'),
  );
const autoscaling = p.Autoscaling.between(20, 40, { cpuPercent: 70 });
const mirrored = () =>
  p.CanaryPlan.of(p.CanaryStep.mirror(p.Weight.percent(10)), pause(5), weight(25), pause(5), weight(100));

/** What a release may have; an engine that refuses one says so, and has the others. */
const VARIATIONS: Readonly<Record<string, Variation>> = {
  plain: {},
  testers: { release: { testers: p.Testers.header('x-canary', 'always') } },
  'every gate': { release: { plan: p.CanaryPlan.of(weight(25), pause(10), gates(), weight(100)) } },
  mirror: { release: { plan: mirrored() } },
  autoscaler: { app: { replicas: undefined, autoscaling } },
  gRPC: { app: { protocol: p.AppProtocol.GRPC } },
  'another port': { app: { servicePort: 80 } },
  'older Istio': { target: { istio: '1.21' } },
};

/** Every stage, or what is emitted where a controller walks. */
function emitted(engine: (typeof ENGINE_NAMES)[number], variation: Variation): Manifest[][] {
  const { chart, release } = released(engine, variation);
  return can(engine, 'stages') ? release.stages().map(({ yaml }) => objects(yaml)) : [objectsOf(chart)];
}

/** The same, or why the engine refuses it. */
function emittedOrRefused(engine: (typeof ENGINE_NAMES)[number], variation: Variation): Manifest[][] | string {
  try {
    return emitted(engine, variation);
  } catch (error) {
    return String(error);
  }
}

/** Why the server would not take objects, with what it would drop. */
async function refusalsOf(manifests: readonly Manifest[]): Promise<string[]> {
  const judged = await Promise.all(
    manifests.map(async (manifest) => {
      const judgement = await api.judge(namespace.own(manifest));
      return 'refusal' in judgement ? [`${manifest.kind} ${manifest.metadata.name}: ${judgement.refusal}`] : [];
    }),
  );
  return judged.flat();
}

/** An object of a kind with a change that makes no sense. */
function broken(kind: string, change: (manifest: any) => void): Manifest {
  for (const engine of ENGINE_NAMES) {
    const found = objectsOf(released(engine).chart).find((one) => one.kind === kind);
    if (found === undefined) continue;
    const copy = JSON.parse(JSON.stringify(found));
    change(copy);
    return copy;
  }
  throw new Error(`no engine emits ${kind}`);
}

drill(
  {
    lesson: 'Canary: everything is accepted',
    claim: 'what each engine emits, at each stage and with each option, is accepted strictly by the real definitions',
    control: 'a weight outside of its bounds, a route without a name, and misspelt fields of each kind are refused',
    needs: ['controllers'],
    within: 600,
  },
  async () => {
    let [judged, refusedByUs] = [0, 0];
    for (const engine of ENGINE_NAMES) {
      for (const [name, variation] of Object.entries(VARIATIONS)) {
        const stages = emittedOrRefused(engine, variation);
        if (typeof stages === 'string') {
          expect(stages).toMatch(/; (use|remove|pause|ask) /);
          refusedByUs += 1;
          continue;
        }
        for (const manifests of stages) {
          expect({ engine, name, refused: await refusalsOf(manifests) }).toEqual({ engine, name, refused: [] });
          judged += manifests.length;
        }
      }
    }
    const kinds = ['Rollout', 'AnalysisTemplate', 'Canary', 'MetricTemplate', 'VirtualService', 'DestinationRule'];
    const nonsense = [
      ...[...kinds, 'HTTPRoute'].map((kind) => broken(kind, ({ spec }) => Object.assign(spec, { misspelt: true }))),
      broken('HTTPRoute', ({ spec }) => Object.assign(spec.rules[0].backendRefs[1], { weight: -5 })),
      broken('VirtualService', ({ spec }) => Object.assign(spec.http[0].route[1], { weight: 'five' })),
      broken('Canary', ({ spec }) => Object.assign(spec.analysis, { stepWeights: ['5%'] })),
      broken('Rollout', ({ spec }) => Object.assign(spec.strategy.canary, { steps: 'all' })),
    ];
    const refused = await Promise.all(nonsense.map((one) => refusalsOf([one])));
    expect(refused.filter((one) => one.length === 0)).toEqual([]);
    return {
      claim: { objects: judged, refused: 0, 'variations that we refuse ourselves': refusedByUs },
      control: { refused: refused.length, of: nonsense.length },
    };
  },
);

drill(
  {
    lesson: 'Canary: everything is accepted',
    claim:
      'each stage of each engine that a pipeline walks is applied twice, server-side and without force, and the second time changes nothing',
    control: 'the next stage does change something',
    needs: ['controllers'],
    within: 600,
  },
  async () => {
    let applied = 0;
    let moved = 0;
    for (const engine of ENGINE_NAMES.filter((one) => can(one, 'stages'))) {
      let last = '';
      for (const { yaml } of released(engine).release.stages()) {
        const manifests = objects(yaml).filter(({ kind }) => kind !== 'Namespace');
        const stored = async () => {
          const all = await Promise.all(manifests.map((one) => api.get(namespace.own(one))));
          return all
            .map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.generation ?? metadata.resourceVersion}`)
            .join();
        };
        await namespace.apply(manifests);
        const once = await stored();
        await namespace.apply(manifests);
        expect(await stored()).toBe(once);
        if (last !== '' && once !== last) moved += 1;
        last = once;
        applied += manifests.length;
      }
      for (const { kind, apiVersion, metadata } of objects(released(engine).release.stages()[0]?.yaml ?? '')) {
        await api.delete(namespace.named(apiVersion, kind, metadata.name));
      }
    }
    expect(moved).toBeGreaterThan(0);
    return {
      claim: { 'objects applied again': applied, 'changed by it': 0 },
      control: { 'stages that changed something': moved },
    };
  },
);
