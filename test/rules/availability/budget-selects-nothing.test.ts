import { budgetSelectsNothing as rule } from '../../../lib/rules/availability/budget-selects-nothing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget web: availability/budget-selects-nothing: spec.selector: no workload makes pods with app=wev, so that nothing is protected; use the labels of the pods, in their namespace',
  ]);
});

test('a near miss is told: the right labels in the wrong namespace', () => {
  const elsewhere = varied(
    rule.good,
    'kind: Deployment\nmetadata: { name: web }',
    'kind: Deployment\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, elsewhere)).toEqual([
    'PodDisruptionBudget web: availability/budget-selects-nothing: spec.selector: no workload makes pods with app=web in namespace default (Deployment web does, in namespace ops), so that nothing is protected; use the labels of the pods, in their namespace',
  ]);
});

test('a missing selector selects nothing, an empty one everything', () => {
  const selector = 'selector: { matchLabels: { app: wev } }';
  expect(findingsOf(rule, varied(rule.bad, selector, 'selector: null'))).toEqual([
    'PodDisruptionBudget web: availability/budget-selects-nothing: spec.selector: there is no selector, so that nothing is protected; use the labels of the pods, in their namespace',
  ]);
  expect(findingsOf(rule, varied(rule.bad, selector, 'selector: {}'))).toEqual([]);
});

test('a budget alone in its namespace may be for pods that are made elsewhere', () => {
  const alone = rule.bad.slice(0, rule.bad.indexOf('---'));
  expect(findingsOf(rule, alone)).toEqual([]);
  expect(findingsOf(rule, varied(alone, 'selector: { matchLabels: { app: wev } }', ''))).toHaveLength(1);
});

test('a label that a controller sets cannot be seen here', () => {
  const expression = '{ matchExpressions: [{ key: job-name, operator: Exists }] }';
  expect(findingsOf(rule, varied(rule.bad, '{ matchLabels: { app: wev } }', expression))).toEqual([]);
});

const flagger = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  service: { port: 80 }
  analysis: { interval: 1m, threshold: 5, iterations: 10 }
`;

test('a budget of the copy that Flagger makes protects the pods that serve', () => {
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', 'app: web-primary') + flagger)).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'app: wev', 'app: web-primary'))).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + flagger)).toHaveLength(1);
});
