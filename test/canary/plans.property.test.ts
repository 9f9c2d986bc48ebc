import { Duration } from 'cdk8s';
import fc from 'fast-check';
import * as p from '../../lib';
import { can } from '../../lib/canary/engines/capabilities';
import { judgedStages } from '../../lib/canary/stages';
import { ENGINE_NAMES, pause, released, weight } from '../support/releases';
import { objects } from '../support/rules';

const PIPELINE = ENGINE_NAMES.filter((engine) => can(engine, 'stages'));
const ROUTED = PIPELINE.filter((engine) => can(engine, 'exactShare'));

/** Shares that rise from below 100 to 100. */
const sharesBelow = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 })
  .map((shares) => [...shares.sort((one, other) => one - other), 100]);
/** Shares that 20 pods can make. */
const sharesOfTwenty = fc
  .uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 5 })
  .map((counts) => [...counts.sort((one, other) => one - other).map((count) => 5 * count), 100]);

const planOf = (shares: readonly number[]) =>
  p.CanaryPlan.of(...shares.flatMap((share) => (share === 100 ? [weight(share)] : [weight(share), pause(1)])));

/** The two weights of everything that divides requests. */
function weightsIn(yaml: string): number[][] {
  return objects(yaml).flatMap(({ kind, spec }) => {
    if (kind === 'VirtualService') return [spec.http.at(-1).route.map((route: any) => route.weight)];
    return kind === 'HTTPRoute' ? [spec.rules.at(-1).backendRefs.map((backend: any) => backend.weight)] : [];
  });
}

const deployments = (yaml: string) => objects(yaml).filter(({ kind }) => kind === 'Deployment');

test.each(ROUTED)('weights of %s sum to 100 at every stage, and never go back before the end', (engine) => {
  fc.assert(
    fc.property(sharesBelow, (shares) => {
      const { release } = released(engine, { release: { plan: planOf(shares) } });
      const stages = release.stages();
      for (const { yaml } of stages) for (const weights of weightsIn(yaml)) expect(weights[0] + weights[1]).toBe(100);
      const candidate = stages.slice(0, -2).map(({ yaml }) => weightsIn(yaml)[0]?.[1] as number);
      expect(candidate).toEqual([0, 0, ...shares, 100]);
      const ends = stages.slice(-2).map(({ yaml }) => weightsIn(yaml)[0]);
      expect(ends).toEqual([
        [100, 0],
        [100, 0],
      ]);
    }),
    { numRuns: 12 },
  );
});

test.each(PIPELINE)('with %s there are never fewer pods than without a release, if first goes first', (engine) => {
  fc.assert(
    fc.property(sharesOfTwenty, (shares) => {
      const { release } = released(engine, { release: { plan: planOf(shares) } });
      const running = new Map<string, number>();
      const apply = (yaml: string, isLowest: (total: number) => void) => {
        const before = new Map(running);
        for (const { metadata, spec } of deployments(yaml)) running.set(metadata.name, spec.replicas);
        const ready = [...running].map(([name, pods]) => Math.min(pods, before.get(name) ?? pods));
        isLowest(ready.reduce((sum, pods) => sum + pods, 0));
      };
      for (const { firstYaml, yaml } of release.stages()) {
        if (firstYaml !== undefined) apply(firstYaml, () => undefined);
        apply(yaml, (total) => expect(total).toBeGreaterThanOrEqual(20));
      }
    }),
    { numRuns: 12 },
  );
});

test('the share of pods is that of the plan, within half a point', () => {
  fc.assert(
    fc.property(sharesOfTwenty, (shares) => {
      const { release } = released('replicaRatio', { release: { plan: planOf(shares) } });
      for (const { sharePercent, stablePods, candidatePods } of release.describe().stages) {
        expect(stablePods + candidatePods).toBe(20);
        expect(Math.abs((100 * candidatePods) / 20 - sharePercent)).toBeLessThanOrEqual(0.5);
      }
    }),
    { numRuns: 30 },
  );
});

test('a stage has the pods that the next one needs', () => {
  fc.assert(
    fc.property(sharesBelow, fc.integer({ min: 1, max: 60 }), (shares, replicas) => {
      const plan = planOf(shares);
      const { release } = released('istio', { app: { replicas }, release: { plan } });
      const { stages } = release.describe();
      judgedStages(plan._intent).forEach((_, index) => {
        const next = stages[index + 1]?.sharePercent ?? 100;
        expect(stages[index]?.candidatePods).toBeGreaterThanOrEqual((replicas * next) / 100);
      });
    }),
    { numRuns: 50 },
  );
});

test('what has met the candidate only grows, and what can fail is what it gets until somebody looks', () => {
  fc.assert(
    fc.property(sharesBelow, fc.integer({ min: 1, max: 500 }), (shares, perSecond) => {
      const steps = shares.flatMap((share) => [
        weight(share),
        p.CanaryStep.pause(Duration.minutes(2)),
        p.CanaryStep.approval(),
      ]);
      const { release } = released('istio', {
        release: { plan: p.CanaryPlan.of(...steps), expects: p.Traffic.requestsPerSecond(perSecond) },
      });
      const [, ...stages] = release.describe().stages;
      stages.forEach(({ metRequests = 0, worstFailedRequests, sharePercent, pauseSeconds }, index) => {
        expect(metRequests).toBeGreaterThanOrEqual(stages[index - 1]?.metRequests ?? 0);
        expect(worstFailedRequests).toBe(Math.floor((perSecond * sharePercent * pauseSeconds) / 100));
      });
    }),
    { numRuns: 50 },
  );
});
