import { autoscalerScalesTemplate as rule } from '../../../lib/rules/canary/autoscaler-scales-template';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HorizontalPodAutoscaler web: canary/autoscaler-scales-template: spec.scaleTargetRef: Deployment web only lends its template to Rollout web, so that nothing scales the pods of the Rollout; use { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web }',
  ]);
});

test('one of something else, or of a Deployment that runs by itself', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'kind: Deployment, name: web }\n  metrics', 'kind: Deployment, name: api }\n  metrics'),
    ),
  ).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'kind: Deployment, name: web }\n  strategy', 'kind: Deployment, name: api }\n  strategy'),
    ),
  ).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'Autoscaler\nmetadata: { name: web', 'Autoscaler\nmetadata: { namespace: ops, name: web'),
    ),
  ).toEqual([]);
});
