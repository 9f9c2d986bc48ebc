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
