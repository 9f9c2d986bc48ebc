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

const flagger = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: DaemonSet, name: web }
  service: { name: shop, port: 80 }
  analysis: { interval: 1m, threshold: 5, iterations: 10 }
`;

test('a copy that Flagger makes of a workload has pods', () => {
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', 'app: web-primary') + flagger)).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', 'app: web-primary'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', 'app: web-canary') + flagger)).toHaveLength(1);
});

test.each(['shop', 'shop-primary', 'shop-canary'])('the selector of %s is written by Flagger', (name) => {
  const named = varied(rule.bad, 'Service\nmetadata: { name: web', `Service\nmetadata: { name: ${name}`);
  expect(findingsOf(rule, named + flagger)).toEqual([]);
  expect(findingsOf(rule, named)).toHaveLength(1);
});

test('the selectors of the Services of a Rollout are written by Argo', () => {
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
  strategy: { blueGreen: { activeService: web, previewService: web-next } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(rollout, 'activeService: web,', 'activeService: api,'))).toHaveLength(1);
});
