import { twoAutoscalers as rule } from '../../../lib/rules/availability/two-autoscalers';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `Deployment web: availability/two-autoscalers: spec.replicas: 2 autoscalers decide it (HorizontalPodAutoscaler web-cpu, HorizontalPodAutoscaler web-memory), so that none of them scales; give one of them all metrics, and remove the others`,
  ]);
});

test('KEDA beside a HorizontalPodAutoscaler is two', () => {
  const keda = `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web }
spec: { scaleTargetRef: { name: web }, triggers: [{ type: cron, metadata: {} }] }
`;
  expect(findingsOf(rule, rule.good + keda)[0]).toContain(
    '2 autoscalers decide it (HorizontalPodAutoscaler web-cpu, ScaledObject web)',
  );
});

test('autoscalers of two workloads are one each', () => {
  expect(findingsOf(rule, rule.bad.replace('kind: Deployment, name: web', 'kind: Deployment, name: api'))).toEqual([]);
});

test('the same autoscaler twice in the input is one', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: web-memory }', 'name: web-cpu }'))).toEqual([]);
});
