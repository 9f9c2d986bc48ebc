import type { BudgetFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

const workload = (name: string, namespace: string, { kind = 'Deployment', spec = '' } = {}) => `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} template: { metadata: { labels: { app: ${name} } } } }
`;

const service = (app: string) => `
---
apiVersion: v1
kind: Service
metadata: { name: ${app}, namespace: shop }
spec: { selector: { app: ${app} }, ports: [{ port: 80 }] }
`;

const budget = (app: string, limit: string) => `
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${app}, namespace: shop }
spec: { selector: { matchLabels: { app: ${app} } }, ${limit} }
`;

test('a workload is found by namespace, kind and name', () => {
  const world = worldOf(
    workload('web', 'shop') + workload('web', 'ops') + workload('web', 'shop', { kind: 'StatefulSet' }),
  );
  const [shop, ops, stateful] = world.workloads;
  expect(world.workload('shop', 'Deployment/web')).toBe(shop);
  expect(world.workload('ops', 'Deployment/web')).toBe(ops);
  expect(world.workload('shop', 'StatefulSet/web')).toBe(stateful);
  expect(world.workload('ops', 'StatefulSet/web')).toBeUndefined();
  expect(world.workload('shop', 'Deployment/api')).toBeUndefined();
});

test('only a namespace in which something makes pods is inhabited', () => {
  const world = worldOf(workload('web', 'ops') + service('web'));
  expect(world.hasWorkloads('ops')).toBe(true);
  expect(world.hasWorkloads('shop')).toBe(false);
});

test('a workload elsewhere is one of another namespace with the labels that are looked for', () => {
  const found = (yaml: string) => {
    const world = worldOf(yaml + budget('web', 'maxUnavailable: 1'));
    return world.elsewhere(world.budgets[0] as BudgetFact);
  };
  expect(found(workload('api', 'ops') + workload('web', 'shop'))).toBeUndefined();
  expect(found(workload('api', 'ops') + workload('web', 'shop') + workload('web', 'ops'))).toMatchObject({
    name: 'web',
    namespace: 'ops',
  });
});

test.each([
  ['maxUnavailable: 1', 2],
  ['minAvailable: 50%', 2],
  ['maxUnavailable: null', undefined],
  ['maxUnavailable: 1, minAvailable: 1', undefined],
])('of a budget with %s %j pods count', (limit, pods) => {
  const world = worldOf(workload('web', 'shop', { spec: 'replicas: 2,' }) + budget('web', limit));
  expect(world.fewestPodsUnder(world.budgets[0] as BudgetFact)).toBe(pods);
});

test.each([
  ['Deployment', '', 1],
  ['Deployment', 'replicas: 3,', 3],
  ['StatefulSet', 'replicas: 3,', 3],
  ['Deployment', 'replicas: 0,', undefined],
  ['ReplicaSet', 'replicas: 3,', undefined],
  ['DaemonSet', '', undefined],
])('a %s with `%s` behind a Service serves with %j pods', (kind, spec, pods) => {
  const world = worldOf(workload('web', 'shop', { kind, spec }) + service('web'));
  expect(world.workloads.map((one) => world.servingPods(one))).toEqual([pods]);
});

test('a workload without a Service serves with no pods', () => {
  const world = worldOf(workload('web', 'shop') + service('api'));
  expect(world.workloads.map((one) => world.servingPods(one))).toEqual([undefined]);
});
