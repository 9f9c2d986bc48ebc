import { calicoPolicySelectsNothing as rule } from '../../../lib/rules/network/calico-policy-selects-nothing';
import { findingsOf, varied } from '../../support/rules';

const selecting = (selector: string) => varied(rule.bad, "app == 'wev'", selector);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    "NetworkPolicy shop/default.web: network/calico-policy-selects-nothing: spec.selector: no workload makes pods with `app == 'wev'`, so that it does nothing; use the labels of the pods, in their namespace",
  ]);
});

test('a near miss is told: the right labels in the wrong namespace', () => {
  const other = rule.good.slice(rule.good.indexOf('---'));
  const elsewhere = varied(varied(other, 'namespace: shop', 'namespace: ops'), 'app: web', 'tier: front');
  expect(findingsOf(rule, selecting("tier == 'front'") + elsewhere)).toEqual([
    "NetworkPolicy shop/default.web: network/calico-policy-selects-nothing: spec.selector: no workload makes pods with `tier == 'front'` in namespace shop (DaemonSet web does, in namespace ops), so that it does nothing; use the labels of the pods, in their namespace",
  ]);
});

test.each(['all()', '', 'has(app)', "app != 'wev'", "projectcalico.org/namespace == 'shop'"])(
  'what is about pods that are there is no finding: `%s`',
  (selector) => {
    expect(findingsOf(rule, selecting(selector === '' ? "''" : selector))).toEqual([]);
  },
);

test('one that is only staged is told too', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: NetworkPolicy', 'kind: StagedNetworkPolicy'))).toHaveLength(1);
});

test('one of the whole cluster may be about pods of other inputs', () => {
  const global = varied(
    rule.bad,
    'kind: NetworkPolicy\nmetadata: { name: default.web, namespace: shop }',
    'kind: GlobalNetworkPolicy\nmetadata: { name: default.web }',
  );
  expect(findingsOf(rule, global)).toEqual([]);
});

test('without workloads in its namespace nothing can be said', () => {
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
});

test('what the input cannot tell is no finding', () => {
  expect(findingsOf(rule, selecting("statefulset.kubernetes.io/pod-name == 'web-0'"))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '  types', "  serviceAccountSelector: role == 'x'\n  types"))).toEqual([]);
  // what cannot be read is the finding of another rule
  expect(findingsOf(rule, selecting("app = 'wev'"))).toEqual([]);
});

test('pods of an operator are made by it, and controllers of releases put labels on pods', () => {
  const database = `---
apiVersion: example.com/v1
kind: Database
metadata: { name: wev, namespace: shop }
`;
  expect(findingsOf(rule, rule.bad + database)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(database, 'namespace: shop', 'namespace: ops'))).toHaveLength(1);
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop, namespace: shop }
spec:
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
  strategy: { canary: { canaryMetadata: { labels: { app: wev } }, steps: [{ setWeight: 20 }] } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(rollout, 'namespace: shop', 'namespace: ops'))).toHaveLength(1);
});
