import { rolloutDropsCapacity as rule } from '../../../lib/rules/app/rollout-drops-capacity';
import { findingsOf, varied } from '../../support/rules';

const line = (field: string, cause: string, stopped: number, pods: number) =>
  `Deployment web: app/rollout-drops-capacity: spec.strategy.${field}: ${cause} lets a roll-out stop ${stopped} of ${pods} pods before a new one is ready, so that capacity is missing; use type: RollingUpdate with maxUnavailable: 0 and maxSurge: 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)`;

const rolling = (cause: string, stopped: number, pods: number) =>
  line('rollingUpdate.maxUnavailable', cause, stopped, pods);

test('says how many pods may go', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([rolling('1', 1, 3)]);
});

const STRATEGY = '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } }';
const strategy = (text: string, replicas = 3) =>
  varied(varied(rule.bad, STRATEGY, text), 'replicas: 3', `replicas: ${replicas}`);
const unavailable = (limit: string, replicas: number) =>
  strategy(`{ rollingUpdate: { maxSurge: 1, maxUnavailable: ${limit} } }`, replicas);

test.each([
  ['1', 4, 0],
  ['1', 3, 1],
  ['1', 2, 1],
  ['1', 1, 0],
  ['1', 0, 0],
  ['0', 3, 0],
  ['2', 3, 1],
  ['33%', 3, 0],
  ['34%', 3, 1],
  ['49%', 2, 0],
  ['50%', 2, 1],
])('maxUnavailable %s of %i pods: %i findings; a percentage is rounded down', (limit, replicas, count) => {
  expect(findingsOf(rule, unavailable(limit, replicas))).toHaveLength(count);
});

test('all pods are left to app/rollout-stops-all-pods', () => {
  expect(findingsOf(rule, unavailable('2', 2))).toEqual([]);
  expect(findingsOf(rule, unavailable('3', 2))).toEqual([]);
  expect(findingsOf(rule, unavailable('100%', 3))).toEqual([]);
});

test('Recreate stops every pod first', () => {
  const text = '{ type: Recreate }';
  expect(findingsOf(rule, strategy(text))).toEqual([line('type', 'Recreate', 3, 3)]);
  expect(findingsOf(rule, strategy(text, 2))).toHaveLength(1);
  expect(findingsOf(rule, strategy(text, 1))).toEqual([]);
  expect(findingsOf(rule, strategy(text, 4))).toEqual([]);
});

test('a missing strategy keeps two and three pods, since 25 % of them is less than one', () => {
  expect(findingsOf(rule, strategy('{}', 2))).toEqual([]);
  expect(findingsOf(rule, strategy('{}', 3))).toEqual([]);
});

test('without a surge one pod goes, even where the percentage comes to none', () => {
  expect(findingsOf(rule, strategy('{ rollingUpdate: { maxSurge: 0 } }'))).toEqual([rolling('25%', 1, 3)]);
  expect(findingsOf(rule, strategy('{ rollingUpdate: { maxSurge: 1% } }'))).toEqual([]);
});

test('a Deployment that no Service selects may lose capacity', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'spec:\n  selector: { app: web }', 'spec:\n  selector: { app: other }')),
  ).toEqual([]);
});

test('a StatefulSet has a strategy of its own', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
});

const scaler = (min: number) => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: ${min}
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
`;

test("an autoscaler's minimum is the count that matters", () => {
  expect(findingsOf(rule, unavailable('1', 9) + scaler(3))).toHaveLength(1);
  expect(findingsOf(rule, unavailable('1', 3) + scaler(4))).toEqual([]);
});

test('the pods of all variants of an app count, the limit is that of the Deployment', () => {
  const managed = varied(
    varied(
      rule.bad,
      'kind: Deployment\nmetadata: { name: web }',
      'kind: Deployment\nmetadata: { name: web, labels: { app.kubernetes.io/managed-by: cdk8s-patterns } }',
    ),
    '    metadata: { labels: { app: web } }',
    '    metadata: { labels: { app: web, app.kubernetes.io/instance: web } }',
  );
  const variants = (stable: number, canary: number) => {
    const one = varied(managed.slice(0, managed.indexOf('---')), 'replicas: 3', `replicas: ${canary}`);
    return `${varied(one, '{ name: web, labels', '{ name: web-canary, labels')}---${varied(managed, 'replicas: 3', `replicas: ${stable}`)}`;
  };
  expect(findingsOf(rule, variants(2, 1))).toHaveLength(2);
  expect(findingsOf(rule, variants(2, 1))[1]).toBe(rolling('1', 1, 3));
  expect(findingsOf(rule, variants(3, 1))).toEqual([]);
});

test("a Deployment that an Argo Rollout runs is replaced by the Rollout's steps", () => {
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec: { replicas: 3, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(rollout, 'Deployment, name: web', 'Deployment, name: other'))).toHaveLength(
    1,
  );
});

const TERM = '{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } }';
const apart = (term: string, surge: number | string = 0, down: number | string = 1) =>
  varied(
    strategy(`{ rollingUpdate: { maxSurge: ${surge}, maxUnavailable: ${down} } }`),
    '      containers:',
    `      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] } }\n      containers:`,
  );

test('where each pod needs a node of its own, one has to go first', () => {
  expect(findingsOf(rule, apart(TERM))).toEqual([]);
  expect(findingsOf(rule, apart(TERM, '0%', '34%'))).toEqual([]);
});

test('with a surge, or with two pods at once, that is no excuse', () => {
  expect(findingsOf(rule, apart(TERM, 1))).toHaveLength(1);
  expect(findingsOf(rule, apart(TERM, '1%'))).toHaveLength(1);
  expect(findingsOf(rule, apart(TERM, 0, 2))).toHaveLength(1);
});

test('anti-affinity to zones, to other pods, or to pods of the same revision leaves room on the nodes', () => {
  expect(findingsOf(rule, apart(varied(TERM, 'kubernetes.io/hostname', 'topology.kubernetes.io/zone')))).toHaveLength(
    1,
  );
  expect(findingsOf(rule, apart(varied(TERM, 'app: web', 'app: db')))).toHaveLength(1);
  expect(
    findingsOf(rule, apart(varied(TERM, 'labelSelector', 'matchLabelKeys: [pod-template-hash], labelSelector'))),
  ).toHaveLength(1);
  expect(findingsOf(rule, apart(''))).toHaveLength(1);
});

test('Recreate is no cure for anti-affinity', () => {
  const recreate = varied(
    apart(TERM),
    '{ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }',
    '{ type: Recreate, rollingUpdate: { maxSurge: 0 } }',
  );
  expect(findingsOf(rule, recreate)).toHaveLength(1);
});
