import { hardSpreadBlocksDrain as rule } from '../../../lib/rules/availability/hard-spread-blocks-drain';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/hard-spread-blocks-drain: spec.template.spec.topologySpreadConstraints[0].nodeTaintsPolicy: the drain of one of 3 nodes never ends, with 1 of 6 pods left on it: the cordoned node counts as a place, so that replacements wait, and budget web waits for them; set nodeTaintsPolicy: Honor',
  ]);
});

const spread = (replicas: number, limit = 'maxUnavailable: 1', skew = 1) =>
  varied(
    varied(varied(rule.bad, 'replicas: 6', `replicas: ${replicas}`), 'maxUnavailable: 1', limit),
    'maxSkew: 1',
    `maxSkew: ${skew}`,
  );

test.each([
  [3, 'maxUnavailable: 1', 1, 3, 0],
  [4, 'maxUnavailable: 1', 1, 3, 0],
  [5, 'maxUnavailable: 1', 1, 3, 0],
  [6, 'maxUnavailable: 2', 1, 3, 0],
  [6, 'maxUnavailable: 1', 2, 3, 0],
  [9, 'maxUnavailable: 1', 2, 3, 1],
  [6, 'maxUnavailable: 1', 3, 3, 0],
  [2, 'maxUnavailable: 1', 1, 2, 0],
  [4, 'maxUnavailable: 1', 1, 2, 1],
])('%i pods, %s, skew %i, %i nodes: %i findings', (replicas, limit, skew, nodes, count) => {
  expect(findingsOf(rule, spread(replicas, limit, skew), { nodes })).toHaveLength(count);
});

test('Honor is not the default', () => {
  expect(findingsOf(rule, varied(rule.bad, '          nodeTaintsPolicy: Ignore\n', ''))).toHaveLength(1);
});

test('one node, an unknown number of nodes, a soft spread, or no budget: nothing can be said', () => {
  expect(findingsOf(rule, rule.bad, { nodes: 1 })).toEqual([]);
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'DoNotSchedule', 'ScheduleAnyway'))).toEqual([]);
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
});

test('a spread over zones, or of other pods, is not judged', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kubernetes.io/hostname', 'topology.kubernetes.io/zone'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'labelSelector: { matchLabels: { app: web } }', 'labelSelector: { matchLabels: { app: db } }'),
    ),
  ).toEqual([]);
});

test('a budget that lets nothing go is spoken of by its own rule', () => {
  expect(findingsOf(rule, spread(6, 'maxUnavailable: 0'))).toEqual([]);
});

const apart = varied(
  rule.bad.replace(/topologySpreadConstraints:[\s\S]*?containers:/, 'containers:'),
  'containers:',
  'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } }] } }\n      containers:',
);

test('more pods than nodes, one to a node: one is missing from the start', () => {
  expect(findingsOf(rule, apart, { nodes: 5 })).toEqual([
    'Deployment web: availability/hard-spread-blocks-drain: spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]: 6 pods need a node each and there are 5, so that budget web lets none of them go and no node can be drained; run at most 5 replicas, or use a soft spread',
  ]);
  expect(findingsOf(rule, apart, { nodes: 6 })).toEqual([]);
  expect(findingsOf(rule, varied(apart, 'maxUnavailable: 1', 'maxUnavailable: 2'), { nodes: 5 })).toEqual([]);
});

test('old and new pods may share a node, pods of one revision not', () => {
  const perRevision = varied(apart, 'hostname, label', 'hostname, matchLabelKeys: [pod-template-hash], label');
  expect(findingsOf(rule, perRevision, { nodes: 5 })).toHaveLength(1);
});

test('required anti-affinity over zones, or to other pods, needs no node each', () => {
  expect(
    findingsOf(rule, varied(apart, 'kubernetes.io/hostname', 'topology.kubernetes.io/zone'), { nodes: 5 }),
  ).toEqual([]);
  const others = varied(
    apart,
    'labelSelector: { matchLabels: { app: web } }',
    'labelSelector: { matchLabels: { app: db } }',
  );
  expect(findingsOf(rule, others, { nodes: 5 })).toEqual([]);
});

test('a budget over several workloads counts the pods of all', () => {
  const canary = (yaml: string) =>
    `${varied(varied(yaml.slice(0, yaml.indexOf('---')), 'name: web }', 'name: canary }'), 'replicas: 6', 'replicas: 2')}---${yaml}`;
  const both = (limit: string) => canary(varied(rule.bad, 'maxUnavailable: 1', limit));
  expect(findingsOf(rule, both('minAvailable: 7'))).toHaveLength(1);
  expect(findingsOf(rule, both('minAvailable: 6'))).toEqual([]);
  const agent = varied(
    both('minAvailable: 7'),
    'kind: Deployment\nmetadata: { name: canary }',
    'kind: DaemonSet\nmetadata: { name: canary }',
  );
  expect(findingsOf(rule, agent)).toEqual([]);
});
