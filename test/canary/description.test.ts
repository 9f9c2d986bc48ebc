import { Duration } from 'cdk8s';
import * as p from '../../lib';
import { pause, released, weight } from '../support/releases';

test('a release in words', () => {
  expect(released('replicaRatio').release.describe().text).toBe(
    `web with replicaRatio: registry.example.com/web:1.1.0, 20 min and what people take
The first installation is no canary: there is no stable version to compare with.
prepared: 0 %; 20 + 0 pods, never below 20; 0 requests met it by then, 1500 fail at worst before somebody looks
step-1: 5 %; 19 + 1 pods, never below 20; 10 min; gate success-rate (600s, catches 0.87 %); gate latency-p99 (600s, catches 1.5 %); 1500 requests met it by then, 1500 fail at worst before somebody looks
step-2: 25 %; 15 + 5 pods, never below 20; 10 min; gate success-rate (600s, catches 0.65 %); gate latency-p99 (600s, catches 1.2 %); a person approves; 9000 requests met it by then, 7500 fail at worst before somebody looks
step-3: 100 %; 0 + 20 pods, never below 20; 9000 requests met it by then, and nobody looks any more
`,
  );
});

test('without known traffic nothing is said of requests', () => {
  const plan = p.CanaryPlan.of(weight(5), pause(10), p.CanaryStep.approval(), weight(100));
  const { text, stages } = released('istio', { release: { plan, expects: undefined } }).release.describe();
  expect(text).not.toContain('requests');
  expect(stages[1]).toEqual({
    name: 'step-1',
    sharePercent: 5,
    stablePods: 20,
    candidatePods: 20,
    lowestPods: 20,
    pauseSeconds: 600,
    needsApproval: true,
    gates: [],
  });
});

test('what fails at worst goes on over stages that nobody judges', () => {
  const plan = p.CanaryPlan.of(weight(10), pause(1), weight(50), pause(1), p.CanaryStep.approval(), weight(100));
  const expects = p.Traffic.requestsPerSecond(10);
  const { stages } = released('istio', { release: { plan, expects } }).release.describe();
  expect(stages.map(({ worstFailedRequests }) => worstFailedRequests)).toEqual([360, 360, 300, undefined]);
});

test('copies of requests meet the candidate, and their failures reach nobody', () => {
  const plan = p.CanaryPlan.of(
    p.CanaryStep.mirror(p.Weight.percent(50)),
    pause(10),
    p.CanaryStep.gate(p.Gate.successRate(99)),
    weight(50),
    p.CanaryStep.pause(Duration.minutes(1)),
    weight(100),
  );
  const expects = p.Traffic.requestsPerSecond(10);
  const [prepared, step] = released('istio', { release: { plan, expects } }).release.describe().stages;
  expect([prepared?.metRequests, prepared?.worstFailedRequests]).toEqual([3000, 0]);
  expect(prepared?.gates).toEqual([
    { name: 'success-rate', windowSeconds: 600, seenRequests: 3000, detectsPercent: 1.4 },
  ]);
  expect([step?.metRequests, step?.worstFailedRequests]).toEqual([3300, undefined]);
});

test('Argo Rollouts without a router goes below by what a roll-out may take away', () => {
  const lowest = (app: Partial<p.WebAppProps>) =>
    released('argoRollouts', { app })
      .release.describe()
      .stages.map(({ lowestPods }) => lowestPods);
  expect(lowest({})).toEqual([15, 15, 15, 15]);
  expect(lowest({ rolloutUnavailable: p.CountOrPercent.count(1) })).toEqual([19, 19, 19, 19]);
});
