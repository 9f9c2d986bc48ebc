import { policySelectsNothing as rule } from '../../../lib/rules/network/policy-selects-nothing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: network/policy-selects-nothing: spec.podSelector: no workload makes pods with app=wev, so that it does nothing; use the labels of the pods, in their namespace',
  ]);
});

test('a near miss is told: the right labels in the wrong namespace', () => {
  const other = rule.good.slice(rule.good.indexOf('---'));
  const own = varied(rule.bad, 'app: wev', 'tier: front');
  const elsewhere = varied(varied(other, 'name: web }', 'name: web, namespace: ops }'), 'app: web', 'tier: front');
  expect(findingsOf(rule, own + elsewhere)).toEqual([
    'NetworkPolicy web: network/policy-selects-nothing: spec.podSelector: no workload makes pods with tier=front in namespace default (DaemonSet web does, in namespace ops), so that it does nothing; use the labels of the pods, in their namespace',
  ]);
});

test('one for the whole namespace is about whatever comes', () => {
  expect(findingsOf(rule, varied(rule.bad, '{ matchLabels: { app: wev } }', '{}'))).toEqual([]);
});

test('without workloads in its namespace nothing can be said', () => {
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'DaemonSet\nmetadata: { name: web', 'DaemonSet\nmetadata: { name: web, namespace: ops'),
    ),
  ).toEqual([]);
});

test('labels that controllers put on pods are in no template', () => {
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', 'statefulset.kubernetes.io/pod-name: web-0'))).toEqual([]);
});

test('pods of an operator are made by it, and controllers of releases put labels on pods', () => {
  const cluster = `---
apiVersion: example.com/v1
kind: Database
metadata: { name: wev }
`;
  expect(findingsOf(rule, rule.bad + cluster)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(cluster, 'name: wev', 'name: other'))).toHaveLength(1);
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
  strategy: { canary: { canaryMetadata: { labels: { app: wev } }, steps: [{ setWeight: 20 }] } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
  expect(
    findingsOf(rule, rule.bad + varied(rollout, 'name: shop }\nspec', 'name: shop, namespace: ops }\nspec')),
  ).toHaveLength(1);
});
