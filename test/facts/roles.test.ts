import { ObjectFact } from '../../lib/facts';
import { factsOf } from '../../lib/facts/roles';
import { worldOf } from '../support/facts';
import { objects } from '../support/rules';

const facts = (yaml: string) => factsOf(objects(yaml).map((manifest) => ({ manifest })));

test.each([
  ['apps/v1', 'Deployment', 'WorkloadFact'],
  ['batch/v1', 'CronJob', 'WorkloadFact'],
  ['v1', 'Pod', 'WorkloadFact'],
  ['argoproj.io/v1alpha1', 'Rollout', 'ArgoRolloutFact'],
  ['v1', 'Service', 'ServiceFact'],
  ['policy/v1', 'PodDisruptionBudget', 'BudgetFact'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'AutoscalerFact'],
  ['keda.sh/v1alpha1', 'ScaledObject', 'AutoscalerFact'],
  ['networking.k8s.io/v1', 'Ingress', 'RouteFact'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'GatewayRouteFact'],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute', 'GatewayRouteFact'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'NetworkPolicyFact'],
  ['v1', 'PersistentVolumeClaim', 'VolumeClaimFact'],
  ['v1', 'Namespace', 'NamespaceFact'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor', 'MonitorFact'],
  ['monitoring.coreos.com/v1', 'PodMonitor', 'MonitorFact'],
  ['flagger.app/v1beta1', 'Canary', 'FlaggerCanaryFact'],
  ['networking.istio.io/v1', 'VirtualService', 'VirtualServiceFact'],
  ['networking.istio.io/v1', 'DestinationRule', 'DestinationRuleFact'],
  ['networking.istio.io/v1', 'Gateway', 'GatewayFact'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'GatewayFact'],
  ['networking.istio.io/v1', 'ServiceEntry', 'ServiceEntryFact'],
  ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', 'ReferenceGrantFact'],
  ['security.istio.io/v1', 'PeerAuthentication', 'PeerAuthenticationFact'],
  ['security.istio.io/v1', 'AuthorizationPolicy', 'AuthorizationFact'],
  ['v1', 'ConfigMap', 'ObjectFact'],
  ['example.com/v1', 'Deployment', 'ObjectFact'],
  ['7', 'Deployment', 'ObjectFact'],
  ['v1', '7', 'ObjectFact'],
])('%s %s is a %s', (apiVersion, kind, role) => {
  expect(facts(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).map((one) => one.constructor.name)).toEqual([role]);
});

test('objects of one kind are facts of their own, in the order in which they came', () => {
  const read = facts(`
{ apiVersion: v1, kind: Service, metadata: { name: a } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: b } }
---
{ apiVersion: v1, kind: Service, metadata: { name: c } }
---
{ apiVersion: v2, kind: ConfigMap, metadata: { name: d } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: e } }
---
{ apiVersion: apps/v1, kind: Service, metadata: { name: f } }
`);
  expect(read.map((one) => `${one.name} ${one.constructor.name}`)).toEqual([
    'a ServiceFact',
    'b ObjectFact',
    'c ServiceFact',
    'd ObjectFact',
    'e ObjectFact',
    'f ObjectFact',
  ]);
});

const places = (yaml: string) => facts(yaml).map(({ path, kind, name }) => `${path}${kind}/${name}`);

test('an item of a list knows where it stands, in lists of lists too', () => {
  expect(
    places(`
apiVersion: v1
kind: List
items:
  - { kind: Service, metadata: { name: a } }
  - kind: ServiceList
    items: [{ kind: Service, metadata: { name: b } }, { kind: List, items: [{ kind: Pod, metadata: { name: c } }] }]
  - { kind: List, items: [] }
  - 7
`),
  ).toEqual(['items[0].Service/a', 'items[1].items[0].Service/b', 'items[1].items[1].items[0].Pod/c', 'items[3]./']);
});

test('an object that is no item stands nowhere', () => {
  expect(places('{ kind: Service, metadata: { name: a } }')).toEqual(['Service/a']);
});

test.each([
  '{ kind: List }',
  '{ kind: List, items: null }',
  '{ kind: List, items: 7 }',
  '{ kind: List, items: { a: b } }',
  '{ kind: Listing, items: [1, 2] }',
  '{ kind: 7, items: [1, 2] }',
  '{ kind: [List], items: [1, 2] }',
  '{ items: [1, 2] }',
])('%s is one object', (yaml) => {
  expect(facts(yaml)).toHaveLength(1);
});

test('items keep all that is said of the list', () => {
  const [manifest] = objects('{ kind: List, items: [{ kind: Service }] }');
  const [read] = factsOf([{ manifest, origin: 'a.yaml', path: 'docs[2].' }]);
  expect([read.origin, read.path]).toEqual(['a.yaml', 'docs[2].items[0].']);
});

test.each([undefined, null, 7, 'text', true, [[1]]])('%j is an object without a role', (manifest) => {
  const [read] = factsOf([{ manifest }]);
  expect(read).toBeInstanceOf(ObjectFact);
  expect(read.constructor).toBe(ObjectFact);
});

test('nothing is no object', () => {
  expect(factsOf([])).toEqual([]);
});

const made = (metadata: string, kind = 'Pod', apiVersion = 'v1') =>
  worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web, ${metadata} } }`).workloads.length;

test.each(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout'])(
  'what a %s made is no workload of its own',
  (kind) => {
    expect(made(`ownerReferences: [{ kind: ${kind}, controller: true }]`)).toBe(0);
    expect(
      made(`ownerReferences: [{ kind: Other }, { kind: ${kind}, controller: true }]`, 'ReplicaSet', 'apps/v1'),
    ).toBe(0);
    expect(made(`ownerReferences: [{ kind: ${kind}, controller: false }]`)).toBe(1);
    expect(made(`ownerReferences: [{ kind: ${kind} }]`)).toBe(1);
  },
);

test.each([
  'ownerReferences: [{ kind: Prometheus, controller: true }]',
  'ownerReferences: [{ controller: true }]',
  'ownerReferences: 7',
  'labels: {}',
])('with %s it is one', (metadata) => {
  expect(made(metadata)).toBe(1);
});

test('a pod that Helm runs once is none, and other kinds with a hook are', () => {
  const hook = 'annotations: { helm.sh/hook: test }';
  expect(made(hook)).toBe(0);
  expect(made(hook, 'Job', 'batch/v1')).toBe(1);
});
