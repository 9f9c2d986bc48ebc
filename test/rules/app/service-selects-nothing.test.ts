import { serviceSelectsNothing as rule } from '../../../lib/rules/app/service-selects-nothing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Service web: app/service-selects-nothing: spec.selector: no workload makes pods with app=wev, so that every request is refused; use the labels of the pods, in their namespace',
  ]);
});

test('a near miss is told: the right labels in the wrong namespace', () => {
  const other = varied(
    rule.good.slice(rule.good.indexOf('---')),
    'metadata: { name: web }',
    'metadata: { name: web, namespace: ops }',
  );
  expect(
    findingsOf(rule, varied(rule.bad, 'app: wev', 'tier: front') + varied(other, 'app: web', 'tier: front')),
  ).toEqual([
    'Service web: app/service-selects-nothing: spec.selector: no workload makes pods with tier=front in namespace default (DaemonSet web does, in namespace ops), so that every request is refused; use the labels of the pods, in their namespace',
  ]);
});

test.each([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
])('a label that a controller sets, as %s, cannot be seen here', (label) => {
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', `${label}: x`))).toEqual([]);
});

test('without workloads in its namespace, without a selector, and outside of the cluster, nothing can be said', () => {
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '  selector: { app: wev }\n', ''))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, 'selector: { app: wev }', 'type: ExternalName\n  selector: { app: wev }')),
  ).toEqual([]);
});
