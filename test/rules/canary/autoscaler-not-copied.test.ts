import { autoscalerNotCopied as rule } from '../../../lib/rules/canary/autoscaler-not-copied';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/autoscaler-not-copied: spec.autoscalerRef: is missing, so that HorizontalPodAutoscaler web scales only Deployment web, and nothing scales its copy, which serves; set autoscalerRef to { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: web }',
  ]);
});

test('one of KEDA is named as it is', () => {
  const keda = varied(
    varied(rule.bad, 'autoscaling/v2\n', 'keda.sh/v1alpha1\n'),
    'HorizontalPodAutoscaler',
    'ScaledObject',
  );
  expect(
    findingsOf(rule, varied(keda, 'ScaledObject\nmetadata: { name: web', 'ScaledObject\nmetadata: { name: load')),
  ).toEqual([
    expect.stringMatching(
      /ScaledObject load scales only .* \{ apiVersion: keda.sh\/v1alpha1, kind: ScaledObject, name: load \}$/,
    ),
  ]);
});

test('a reference that names nothing is none', () => {
  expect(findingsOf(rule, `${rule.bad}  autoscalerRef: { kind: HorizontalPodAutoscaler }\n`)).toHaveLength(1);
  expect(findingsOf(rule, `${rule.bad}  autoscalerRef: null\n`)).toHaveLength(1);
});

test('an autoscaler of something else is not meant', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'kind: Deployment, name: web }\n  metrics', 'kind: Deployment, name: api }\n  metrics'),
    ),
  ).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'kind: Deployment, name: web }\n  metrics', 'kind: StatefulSet, name: web }\n  metrics'),
    ),
  ).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(
        rule.bad,
        'HorizontalPodAutoscaler\nmetadata: { name: web',
        'HorizontalPodAutoscaler\nmetadata: { namespace: ops, name: web',
      ),
    ),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'name: web }\n  service', 'name: api }\n  service'))).toEqual([]);
});
