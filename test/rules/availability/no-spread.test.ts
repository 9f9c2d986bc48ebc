import { noSpread as rule } from '../../../lib/rules/availability/no-spread';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/no-spread: spec.template.spec.topologySpreadConstraints: missing, so that one node may carry all 2 pods; add topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }]',
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

test('preferred anti-affinity is a spread', () => {
  const affinity =
    'affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } }';
  expect(findingsOf(rule, varied(rule.bad, '    spec:\n', `    spec:\n      ${affinity}\n`))).toEqual([]);
});
