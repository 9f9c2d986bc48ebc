import { TargetCluster } from '../../../lib';
import { singleReplica as rule } from '../../../lib/rules/availability/single-replica';
import { worldOf } from '../../support/facts';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: availability/single-replica: spec.replicas: 1 pod behind a Service, so that a drain of its node is an outage; use replicas: 2',
  ]);
});

const disposable = (yaml: string) =>
  varied(
    yaml,
    'kind: Deployment\nmetadata: { name: web }',
    'kind: Deployment\nmetadata: { name: web, annotations: { cdk8s-patterns/disposable: "true" } }',
  );
const unserved = (yaml: string) => varied(yaml, 'spec:\n  selector: { app: web }', 'spec:\n  selector: { app: api }');
const scaled = (yaml: string, min: number) => `${yaml}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: ${min}
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 10 } } }]
`;

test('an environment for tests, and what no Service reaches, are left alone', () => {
  expect(findingsOf(rule, disposable(rule.bad))).toEqual([]);
  expect(findingsOf(rule, unserved(rule.bad))).toEqual([]);
});

test('a missing number of replicas is 1, none and two are not', () => {
  expect(findingsOf(rule, varied(rule.bad, '  replicas: 1\n', ''))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 1', 'replicas: 0'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'replicas: 1', 'replicas: 2'))).toEqual([]);
});

test('an autoscaler may leave one pod', () => {
  expect(findingsOf(rule, scaled(rule.bad, 1))).toEqual([]);
});

test('a DaemonSet has as many pods as there are nodes', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: DaemonSet'))).toEqual([]);
});

test('stable and canary of one app count together', () => {
  const managed = (name: string) =>
    varied(
      rule.bad.slice(0, rule.bad.indexOf('---')),
      'metadata: { name: web }',
      `metadata: { name: ${name}, labels: { app.kubernetes.io/managed-by: cdk8s-patterns } }`,
    );
  const labelled = (yaml: string) =>
    varied(yaml, 'labels: { app: web }', 'labels: { app: web, app.kubernetes.io/instance: web }');
  const service = rule.bad.slice(rule.bad.indexOf('---'));
  expect(findingsOf(rule, labelled(managed('web')) + service)).toHaveLength(1);
  expect(findingsOf(rule, `${labelled(managed('web'))}---${labelled(managed('web-canary'))}${service}`)).toEqual([]);
});

test('a target for tests needs no second pod', () => {
  const world = worldOf(rule.bad, TargetCluster.of({ disposable: true }));
  expect(world.workloads.map((one) => rule.check(one, world))).toEqual([[]]);
});

test('a ReplicaSet belongs to something else, a Rollout stands for itself', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: ReplicaSet'))).toEqual([]);
  const rollout = varied(varied(rule.bad, 'kind: Deployment', 'kind: Rollout'), 'apps/v1', 'argoproj.io/v1alpha1');
  expect(findingsOf(rule, rollout)).toHaveLength(1);
});

test('an Argo Rollout says how many pods of a Deployment there are', () => {
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: run }
spec: { replicas: 1, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
});

test('a variant without pods is no pod', () => {
  const managed = (name: string, replicas: number) =>
    varied(
      varied(
        rule.bad.slice(0, rule.bad.indexOf('---')),
        'metadata: { name: web }',
        `metadata: { name: ${name}, labels: { app.kubernetes.io/managed-by: cdk8s-patterns } }`,
      ),
      'labels: { app: web }',
      'labels: { app: web, app.kubernetes.io/instance: web }',
    ).replace('replicas: 1', `replicas: ${replicas}`);
  const found = findingsOf(
    rule,
    `${managed('web', 1)}---${managed('canary', 0)}${rule.bad.slice(rule.bad.indexOf('---'))}`,
  );
  expect(found.map((line) => line.split(':')[0])).toEqual(['Deployment web']);
});

test('several versions behind one Service take the requests of each other; a Service of one of them alone has one pod', () => {
  const second =
    rule.bad
      .split('---')[0]
      ?.replace('name: web }', 'name: web-v2 }')
      .replaceAll('app: web }', 'app: web, version: v2 }') ?? '';
  const both = `${rule.bad}---\n${second}`;
  expect(findingsOf(rule, both)).toEqual([]);
  const own =
    '---\n{ apiVersion: v1, kind: Service, metadata: { name: v2 }, spec: { selector: { version: v2 }, ports: [{ port: 80, targetPort: 8080 }] } }';
  expect(findingsOf(rule, both + own)).toEqual([expect.stringContaining('Deployment web-v2: ')]);
});
