import { autoscalerTargetMissing as rule } from '../../../lib/rules/availability/autoscaler-target-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HorizontalPodAutoscaler web: availability/autoscaler-target-missing: spec.scaleTargetRef: there is no Deployment web in namespace default, so that nothing is scaled; use kind: StatefulSet',
  ]);
});

test('where nothing has the name, no kind is guessed', () => {
  expect(findingsOf(rule, varied(rule.bad, 'Deployment, name: web', 'Deployment, name: api'))[0]).toBe(
    'HorizontalPodAutoscaler web: availability/autoscaler-target-missing: spec.scaleTargetRef: there is no Deployment api in namespace default, so that nothing is scaled; use kind and name of the workload',
  );
});

test.each([
  ['apps/v1', 'StatefulSet', 'use kind: StatefulSet'],
  ['apps/v1', 'ReplicaSet', 'use kind: ReplicaSet'],
  ['argoproj.io/v1alpha1', 'Rollout', 'use kind: Rollout'],
  ['apps/v1', 'DaemonSet', 'use kind and name of the workload'],
])('beside a %s %s of that name: %s', (apiVersion, kind, fix) => {
  const named = varied(rule.bad, 'apps/v1\nkind: StatefulSet', `${apiVersion}\nkind: ${kind}`);
  expect(findingsOf(rule, named)[0]?.split('; ')[1]).toBe(fix);
});

test('a Deployment may be what was meant, too', () => {
  const swapped = varied(
    varied(rule.good, 'apps/v1\nkind: StatefulSet', 'apps/v1\nkind: Deployment'),
    'kind: StatefulSet, name',
    'kind: Rollout, name',
  );
  expect(findingsOf(rule, swapped)[0]).toMatch(/there is no Rollout web .*; use kind: Deployment$/);
});

test('the target has to lie in the same namespace', () => {
  const moved = varied(
    rule.good,
    'kind: HorizontalPodAutoscaler\nmetadata: { name: web }',
    'kind: HorizontalPodAutoscaler\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, moved)).toEqual([]);
  const other = varied(
    rule.bad.slice(0, rule.bad.indexOf('---')),
    'metadata: { name: web }',
    'metadata: { name: api, namespace: ops }',
  );
  expect(findingsOf(rule, `${other}---${moved}`)[0]).toContain('there is no StatefulSet web in namespace ops');
});

test('without workloads in the input, and for kinds that others define, nothing can be said', () => {
  expect(findingsOf(rule, rule.bad.slice(rule.bad.indexOf('---') + 3))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name', 'kind: Thing, name'))).toEqual([]);
});

test('the copy that Flagger makes of a workload can be scaled', () => {
  const copy = varied(rule.bad, 'kind: Deployment, name: web', 'kind: Deployment, name: api-primary');
  const flagger = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: api }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  service: { port: 80 }
  analysis: { interval: 1m, threshold: 5, iterations: 10 }
`;
  expect(findingsOf(rule, copy + flagger)).toEqual([]);
  expect(findingsOf(rule, copy)).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + flagger)).toHaveLength(1);
});
