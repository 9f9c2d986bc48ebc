import { replicasWakeIdleTarget as rule } from '../../../lib/rules/canary/replicas-wake-idle-target';
import { findings, findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: canary/replicas-wake-idle-target: spec.replicas: each apply starts 3 pods, which Canary web keeps at 0 between releases, and they run on although no release needs them; name an autoscaler with minReplicas: 3 in spec.autoscalerRef of the Canary, and remove spec.replicas as docs/guides/moving-live-workloads.md says',
  ]);
});

test.each([
  ['0', 0],
  ['1', 1],
  ['null', 0],
  ['"3"', 0],
])('%s replicas: %i findings', (replicas, count) => {
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 3', `replicas: ${replicas}`))).toHaveLength(count);
});

test('what no Canary releases runs its pods', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Canary', 'kind: Thing'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: Deployment, name: api'))).toEqual([]);
});

test('of replicas beside an autoscaler another rule speaks', () => {
  const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 10 } } }]
`;
  const ids = findings(rule.bad + scaler).map((line) => line.split(': ')[1]);
  expect(ids).toEqual(['availability/replicas-beside-autoscaler', 'canary/autoscaler-not-copied']);
});
