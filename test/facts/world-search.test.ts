import type { BudgetFact, WorkloadFact } from '../../lib/facts';
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

/** What selects pods by the label `app`. */
const select = (kind: string, name: string, app: string, more: { namespace?: string; spec?: string } = {}) => {
  const [apiVersion, selector] = {
    Service: ['v1', `selector: { app: ${app} }`],
    PodDisruptionBudget: ['policy/v1', `selector: { matchLabels: { app: ${app} } }`],
    NetworkPolicy: ['networking.k8s.io/v1', `podSelector: { matchLabels: { app: ${app} } }`],
    AuthorizationPolicy: ['security.istio.io/v1', `selector: { matchLabels: { app: ${app} } }`],
    PodMonitor: ['monitoring.coreos.com/v1', `selector: { matchLabels: { app: ${app} } }`],
    ServiceMonitor: ['monitoring.coreos.com/v1', `selector: { matchLabels: { app: ${app} } }`],
  }[kind] as [string, string];
  return `
---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: ${more.namespace ?? 'shop'} }
spec: { ${selector}, ${more.spec ?? ''} }
`;
};

const SELECTING = ['PodMonitor', 'AuthorizationPolicy', 'NetworkPolicy', 'Service', 'PodDisruptionBudget'];

const names = (facts: readonly { readonly name: string }[]) => facts.map(({ name }) => name);

test('what selects pods of its own namespace is listed by kind', () => {
  const all = [...SELECTING, 'ServiceMonitor'];
  const world = worldOf(all.map((kind) => select(kind, kind, 'web')).join(''));
  expect(names(world.selecting)).toEqual([...SELECTING].reverse());
  expect(names(world.monitors)).toEqual(['PodMonitor', 'ServiceMonitor']);
});

test.each([
  ['', true],
  ['namespaceSelector: { any: true }', true],
  ['namespaceSelector: { matchNames: [ops, shop] }', true],
  ['namespaceSelector: { matchNames: [ops] }', false],
])('a PodMonitor with `%s` selects pods of its own namespace: %j', (spec, expected) => {
  const world = worldOf(select('PodMonitor', 'web', 'web', { spec }));
  expect(names(world.selecting)).toEqual(expected ? ['web'] : []);
});

test.each(SELECTING)('a %s knows the workloads whose pods it selects', (kind) => {
  const world = worldOf(
    workload('web', 'shop') + workload('api', 'shop') + workload('web', 'ops') + select(kind, 'one', 'web'),
  );
  expect(world.selecting.map((one) => world.workloadsOf(one).map(({ namespace, name }) => [namespace, name]))).toEqual([
    [['shop', 'web']],
  ]);
});

test('a workload knows the policies that isolate it, in their order', () => {
  const world = worldOf(
    workload('web', 'shop') +
      workload('api', 'shop') +
      workload('web', 'ops') +
      select('NetworkPolicy', 'one', 'web') +
      select('NetworkPolicy', 'two', 'web') +
      select('NetworkPolicy', 'none', 'db') +
      select('AuthorizationPolicy', 'other', 'web'),
  );
  expect(world.workloads.map((one) => names(world.policiesOf(one)))).toStrictEqual([['one', 'two'], [], []]);
});

/** A Deployment that Flagger releases, so that `app: <name>-primary` serves. */
const released = (name: string, selector = `{ app: ${name} }`) => `
${workload(name, 'shop', { spec: `selector: { matchLabels: ${selector} },` })}
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: ${name}, namespace: shop }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} } }
`;

test.each(SELECTING)('a %s that selects the pods that serve in place of a workload is known', (kind) => {
  const world = worldOf(
    released('web') +
      select(kind, 'target', 'web') +
      select(kind, 'one', 'web-primary') +
      select(kind, 'two', 'web-primary') +
      select(kind, 'far', 'web-primary', { namespace: 'ops' }),
  );
  expect(names(world.selectingPrimaryOf(world.workloads[0] as WorkloadFact))).toEqual(['one', 'two']);
});

test('what selects a label that Flagger leaves alone selects both', () => {
  const world = worldOf(released('web', '{ part: shop }') + select('Service', 'web', 'web'));
  expect(names(world.selectingPrimaryOf(world.workloads[0] as WorkloadFact))).toEqual(['web']);
});

test('a workload that Flagger does not release has no others in its place', () => {
  const world = worldOf(
    workload('web', 'shop', { spec: 'selector: { matchLabels: { app: web } },' }) +
      select('Service', 'web', 'web') +
      select('Service', 'primary', 'web-primary'),
  );
  expect(world.selectingPrimaryOf(world.workloads[0] as WorkloadFact)).toStrictEqual([]);
});
