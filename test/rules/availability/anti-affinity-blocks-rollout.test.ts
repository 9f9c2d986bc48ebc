import { antiAffinityBlocksRollout as rule } from '../../../lib/rules/availability/anti-affinity-blocks-rollout';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/anti-affinity-blocks-rollout: spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]: 3 pods on 3 nodes need a node each, and a roll-out stops none before a new one runs, so that it never ends; use maxSurge: 0 with maxUnavailable: 1, 4 nodes, or a soft spread; with WebApp: spread: Spread.soft()',
  ]);
});

const rolling = (surge: string, unavailable: string) =>
  varied(rule.bad, '{ maxSurge: 1, maxUnavailable: 0 }', `{ maxSurge: ${surge}, maxUnavailable: ${unavailable} }`);

test('a free node is enough', () => {
  expect(findingsOf(rule, rule.bad, { nodes: 4 })).toEqual([]);
  expect(findingsOf(rule, rule.bad, { nodes: 2 })[0]).toContain('3 pods on 2 nodes need a node each');
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 3', 'replicas: 1'), { nodes: 1 })[0]).toContain(
    '1 pod on 1 node need',
  );
});

test('where nobody says how many nodes there are, nothing is judged', () => {
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
});

test('a roll-out that may stop a pod goes on', () => {
  expect(findingsOf(rule, rolling('1', '1'))).toEqual([]);
  expect(findingsOf(rule, rolling('1', '33%'))).toHaveLength(1);
  expect(findingsOf(rule, rolling('1', '34%'))).toEqual([]);
  expect(findingsOf(rule, rolling('0', '10%'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', '{ type: Recreate }')),
  ).toEqual([]);
});

test('only a rule over nodes, for the own pods of all revisions, needs a node each', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kubernetes.io/hostname', 'topology.kubernetes.io/zone'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'labelSelector: { matchLabels: { app: web } }', 'labelSelector: { matchLabels: { app: db } }'),
    ),
  ).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, 'hostname, label', 'hostname, matchLabelKeys: [pod-template-hash], label')),
  ).toEqual([]);
});

test('no pods, and workloads without a surge, are left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 3', 'replicas: 0'), { nodes: 1 })).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
});

test.each([
  [rule.bad, 4],
  [rolling('0', '1'), 3],
  [varied(rule.bad, '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', '{ type: Recreate }'), 3],
])('with fewer nodes than pods no roll-out is ever complete, case %#', (yaml, enough) => {
  expect(findingsOf(rule, yaml, { nodes: 2 })).toEqual([
    `Deployment web: availability/anti-affinity-blocks-rollout: spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]: 3 pods on 2 nodes need a node each, so that not all of them ever start, and no roll-out ever ends; use ${enough} nodes, or a soft spread; with WebApp: spread: Spread.soft()`,
  ]);
});

test('an Argo Rollout that runs the template has a strategy of its own', () => {
  const rollout = (name: string) => `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: run }
spec: { replicas: 3, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} } }
`;
  expect(findingsOf(rule, rule.bad + rollout('web'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + rollout('api'))).toHaveLength(1);
});
