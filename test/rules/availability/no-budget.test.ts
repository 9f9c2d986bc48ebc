import { noBudget as rule } from '../../../lib/rules/availability/no-budget';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/no-budget: spec: no PodDisruptionBudget covers its 2 pods, so that drains may take all of them at once; add a PodDisruptionBudget with spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app: web } } }; in cdk8s: new DisruptionGuard(...)',
  ]);
});

const disposable = (yaml: string) =>
  varied(
    yaml,
    'kind: Deployment\nmetadata: { name: web }',
    'kind: Deployment\nmetadata: { name: web, annotations: { cdk8s-patterns/disposable: "true" } }',
  );
const unserved = (yaml: string) => varied(yaml, 'spec:\n  selector: { app: web }', 'spec:\n  selector: { app: api }');
const scaled = (yaml: string, min: number) => `${yaml}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: ${min}
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 10 } } }]
`;

test('an environment for tests, and what no Service reaches, are left alone', () => {
  expect(findingsOf(rule, disposable(rule.bad))).toEqual([]);
  expect(findingsOf(rule, unserved(rule.bad))).toEqual([]);
});

test('one pod is spoken of by availability/single-replica', () => {
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 2', 'replicas: 1'))).toEqual([]);
});

test("an autoscaler's minimum counts", () => {
  expect(findingsOf(rule, scaled(rule.bad, 1))).toEqual([]);
  expect(findingsOf(rule, scaled(rule.bad, 3))[0]).toContain('3 pods');
});

test('a budget in another namespace covers nothing', () => {
  const moved = varied(
    rule.good,
    'kind: PodDisruptionBudget\nmetadata: { name: web }',
    'kind: PodDisruptionBudget\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, moved)).toHaveLength(1);
});

const flagger = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  service: { port: 80 }
  analysis: { interval: 1m, threshold: 5, iterations: 10 }
`;

test('a budget of the copy that Flagger makes covers the pods that serve', () => {
  const budget = rule.good.slice(rule.good.lastIndexOf('---'));
  const primary = varied(budget, 'app: web', 'app: web-primary');
  expect(findingsOf(rule, rule.bad + flagger + primary)).toEqual([]);
  expect(findingsOf(rule, rule.bad + primary)).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + flagger)).toHaveLength(1);
});
