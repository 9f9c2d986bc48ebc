import { twoBudgetsOnPod as rule } from '../../../lib/rules/availability/two-budgets-on-pod';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/two-budgets-on-pod: spec.template.metadata.labels: 2 budgets (front, web) select these pods, so that every eviction fails and no node under them can be drained; keep one of front, web, with a label that all variants of the app bear',
  ]);
});

test('a budget in another namespace, or for other labels, does not count', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: front }', 'name: front, namespace: ops }'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '{ tier: front } }\n', '{ tier: back } }\n'))).toEqual([]);
});

test('the labels of a bare pod stand in its own metadata', () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web, tier: front } }
spec: { containers: [{ name: web, image: "web:1.0" }] }
`;
  const budgets = rule.bad.slice(rule.bad.indexOf('---'));
  expect(findingsOf(rule, pod + budgets)[0]).toContain(
    'Pod web: availability/two-budgets-on-pod: metadata.labels: 2 budgets',
  );
});

test('the same budget twice in the input is one', () => {
  expect(findingsOf(rule, varied(rule.bad, 'metadata: { name: front }', 'metadata: { name: web }'))).toEqual([]);
});

test('a workload without pods has none to evict', () => {
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 3', 'replicas: 0'))).toEqual([]);
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

test('two budgets on the copy that Flagger makes are as bad', () => {
  const primary = rule.bad.replace(/matchLabels: \{ app: web \} \}\n$/, 'matchLabels: { app: web-primary } }\n');
  expect(findingsOf(rule, primary)).toEqual([]);
  expect(findingsOf(rule, primary + flagger)).toEqual([expect.stringContaining('2 budgets (front, web) select')]);
});
