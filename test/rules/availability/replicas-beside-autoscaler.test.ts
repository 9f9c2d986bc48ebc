import { replicasBesideAutoscaler as rule } from '../../../lib/rules/availability/replicas-beside-autoscaler';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/replicas-beside-autoscaler: spec.replicas: 2, beside HorizontalPodAutoscaler web from 2 to 9, so that each apply sets the number back; remove spec.replicas, in the steps of docs/guides/moving-live-workloads.md if the app is live',
  ]);
});

test('zero pods are a switch: no autoscaler acts on them', () => {
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 2\n', 'replicas: 0\n'))).toEqual([]);
});

test('an autoscaler of something else does not count', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: Deployment, name: api'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: StatefulSet, name: web'))).toEqual([]);
});

const ARGO = 'argoproj.io/v1alpha1';
const argo = (yaml: string) =>
  varied(
    varied(yaml, 'apps/v1\nkind: Deployment', `${ARGO}\nkind: Rollout`),
    'apps/v1, kind: Deployment',
    `${ARGO}, kind: Rollout`,
  );

test('a Rollout with an autoscaler of its own is judged like a Deployment', () => {
  expect(findingsOf(rule, argo(rule.bad))).toEqual([
    expect.stringContaining('Rollout web: availability/replicas-beside-autoscaler: spec.replicas: 2, beside'),
  ]);
  expect(findingsOf(rule, argo(rule.good))).toEqual([]);
});

test('a Deployment that lends its template to a Rollout may have replicas beside the autoscaler of the Rollout', () => {
  const rollout = `{ apiVersion: ${ARGO}, kind: Rollout, metadata: { name: web }, spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } } }\n---`;
  const scaled = varied(rule.bad, 'apps/v1, kind: Deployment', `${ARGO}, kind: Rollout`);
  expect(findingsOf(rule, rollout + scaled)).toEqual([]);
  expect(findingsOf(rule, varied(rollout, 'spec: {', 'spec: { replicas: 3,') + scaled)).toHaveLength(1);
});
