import { TargetCluster } from '../../lib';
import { ObjectFact, type WorkloadFact, World } from '../../lib/facts';
import { worldOf } from '../support/facts';
import { objects } from '../support/rules';
import { deployment, names, service } from '../support/worlds';

/** The workload of a name. */
function workload(world: World, name: string): WorkloadFact {
  return world.workloads.find((one) => one.name === name) as WorkloadFact;
}

const ROLES = [
  'workloads',
  'budgets',
  'services',
  'routes',
  'gatewayRoutes',
  'autoscalers',
  'policies',
  'monitors',
  'authorizations',
  'selecting',
] as const;

/** The lists of roles that hold the only object of a world. */
const rolesOf = (world: World) => ROLES.filter((role) => world[role].includes(world.objects[0] as never));

test.each([
  ['apps/v1', 'Deployment', ['workloads']],
  ['apps/v1', 'StatefulSet', ['workloads']],
  ['apps/v1', 'DaemonSet', ['workloads']],
  ['apps/v1', 'ReplicaSet', ['workloads']],
  ['batch/v1', 'Job', ['workloads']],
  ['batch/v1', 'CronJob', ['workloads']],
  ['v1', 'Pod', ['workloads']],
  ['argoproj.io/v1alpha1', 'Rollout', ['workloads']],
  ['v1', 'Service', ['services', 'selecting']],
  ['networking.k8s.io/v1', 'Ingress', ['routes']],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', ['routes', 'gatewayRoutes']],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute', ['routes', 'gatewayRoutes']],
  ['policy/v1', 'PodDisruptionBudget', ['budgets', 'selecting']],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', ['autoscalers']],
  ['keda.sh/v1alpha1', 'ScaledObject', ['autoscalers']],
  ['networking.k8s.io/v1', 'NetworkPolicy', ['policies', 'selecting']],
  ['monitoring.coreos.com/v1', 'ServiceMonitor', ['monitors']],
  ['monitoring.coreos.com/v1', 'PodMonitor', ['monitors', 'selecting']],
  ['security.istio.io/v1', 'AuthorizationPolicy', ['authorizations', 'selecting']],
  ['security.istio.io/v1', 'PeerAuthentication', []],
  ['networking.istio.io/v1', 'VirtualService', []],
  ['networking.istio.io/v1', 'Gateway', []],
  ['flagger.app/v1beta1', 'Canary', []],
  ['v1', 'Namespace', []],
  ['v1', 'PersistentVolumeClaim', []],
  ['v1', 'ConfigMap', []],
  ['example.com/v1', 'Deployment', []],
])('%s %s plays %j', (apiVersion, kind, roles) => {
  const world = worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web } }`);
  expect(rolesOf(world)).toEqual(roles);
  expect(ROLES.flatMap((role) => world[role] as readonly ObjectFact[])).toHaveLength(roles.length);
});

test('an unknown kind passes untouched', () => {
  const [manifest] = objects('{ apiVersion: example.com/v1, kind: Thing, metadata: { name: a }, spec: { b: [1] } }');
  const [object] = new World([{ manifest }]).objects;
  expect(object).toBeInstanceOf(ObjectFact);
  expect(object.manifest).toBe(manifest);
});

test.each([undefined, null, 7, 'text', true, [[1]]])('%j is an object without a role', (manifest) => {
  const world = new World([{ manifest }]);
  expect(world.objects).toHaveLength(1);
  expect(rolesOf(world)).toEqual([]);
});

test('a world without objects is empty', () => {
  expect(new World([]).objects).toEqual([]);
});

const LIST = `
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Service, metadata: { name: web } }
  - apiVersion: v1
    kind: List
    items: [{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web } }]
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleList
    items: [{ kind: Role, metadata: { name: a } }, { kind: Role, metadata: { name: b } }]
  - { apiVersion: v1, kind: List, items: [] }
  - null
`;

test('the items of lists, and of lists in lists, are objects of their own', () => {
  const world = worldOf(LIST);
  expect(world.objects.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
    'Service/web',
    'Deployment/web',
    'Role/a',
    'Role/b',
    '/',
  ]);
  expect([names(world.services), names(world.workloads)]).toEqual([['web'], ['web']]);
});

test('the items of a list keep its target and its origin', () => {
  const target = TargetCluster.of({ nodes: 3 });
  const [manifest] = objects(LIST);
  const world = new World([{ manifest, target, origin: 'a.yaml' }]);
  expect(world.objects.every((object) => object.target === target && object.origin === 'a.yaml')).toBe(true);
});

test.each([
  '{ kind: List }',
  '{ kind: List, items: null }',
  '{ kind: List, items: { a: b } }',
  '{ kind: Lister, items: [1, 2] }',
  '{ kind: ListOfThings, items: [1, 2] }',
  '{ kind: 7, items: [1, 2] }',
  '{ items: [1, 2] }',
])('%s is one object', (yaml) => {
  expect(worldOf(yaml).objects).toHaveLength(1);
});

/** A Deployment whose pods bear `app: <app>`. */

const budget = (name: string, selector: string, namespace = 'shop') => `
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: ${selector}, maxUnavailable: 1 }
`;

const scaler = (target: string, min: number, namespace = 'shop') => `
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${target.replace('/', '-').toLowerCase()}-${min}, namespace: ${namespace} }
spec:
  minReplicas: ${min}
  maxReplicas: 9
  scaleTargetRef: { kind: ${target.split('/')[0]}, name: ${target.split('/')[1]} }
`;

const rollout = (name: string, from: string, spec = '', namespace = 'shop') => `
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: ${name}, namespace: ${namespace} }
spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: ${from} }, ${spec} }
`;

test('a budget and its workloads know each other', () => {
  const world = worldOf(
    deployment('web') +
      deployment('canary', { app: 'web' }) +
      deployment('api') +
      deployment('web', { namespace: 'ops' }) +
      budget('web', '{ matchLabels: { app: web } }') +
      budget('all', '{}') +
      budget('none', 'null'),
  );
  const [web, all, none] = world.budgets;
  expect(names(world.workloadsOf(web))).toEqual(['web', 'canary']);
  expect(names(world.workloadsOf(all))).toEqual(['web', 'canary', 'api']);
  expect(world.workloadsOf(none)).toEqual([]);
  expect(world.workloads.map((one) => names(world.budgetsOf(one)))).toStrictEqual([
    ['web', 'all'],
    ['web', 'all'],
    ['all'],
    [],
  ]);
});

test('a missing namespace is that of `default`', () => {
  const bare = deployment('web').replace(', namespace: shop', '');
  const world = worldOf(bare + budget('web', '{}', 'default') + service('web', { namespace: 'default' }));
  expect(names(world.budgetsOf(world.workloads[0]))).toEqual(['web']);
  expect(names(world.servicesOf(world.workloads[0]))).toEqual(['web']);
});

test('a Service and its workloads know each other', () => {
  const world = worldOf(deployment('web') + deployment('api') + service('web') + service('also', { app: 'web' }));
  expect(world.services.map((one) => names(world.workloadsOf(one)))).toEqual([['web'], ['web']]);
  expect(names(world.servicesOf(workload(world, 'web')))).toEqual(['web', 'also']);
  expect(world.servicesOf(workload(world, 'api'))).toEqual([]);
});

test('a policy knows the workloads that it isolates', () => {
  const world = worldOf(`${deployment('web')}${deployment('api')}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } } }
`);
  expect(names(world.workloadsOf(world.policies[0]))).toEqual(['api']);
});

test('Services and claims are found by namespace and name', () => {
  const world = worldOf(`${service('web')}${service('web', { namespace: 'ops' })}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce] }
`);
  expect(world.service('shop', 'web')).toBe(world.services[0]);
  expect(world.service('ops', 'web')).toBe(world.services[1]);
  expect(world.service('default', 'web')).toBeUndefined();
  expect(world.service('shop', 'api')).toBeUndefined();
  expect(world.claim('shop', 'data')).toBe(world.objects[2]);
  expect(world.claim('ops', 'data')).toBeUndefined();
  expect(world.claim('shop', 'web')).toBeUndefined();
});

test('a Service knows the routes that lead to it, in its own namespace', () => {
  const route = (name: string, namespace: string, backends: string) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${namespace} }
spec: { rules: [{ backendRefs: [${backends}] }] }
`;
  const world = worldOf(
    service('web') +
      service('api') +
      service('lone') +
      route('both', 'shop', '{ name: web }, { name: api }') +
      route('one', 'shop', '{ name: web }') +
      route('far', 'ops', '{ name: web }, { name: api, namespace: shop }'),
  );
  expect(world.services.map((one) => names(world.routesOf(one)))).toStrictEqual([['both', 'one'], ['both'], []]);
});

test('a workload knows what scales it: by kind, name and namespace', () => {
  const world = worldOf(
    deployment('web') +
      deployment('web', { kind: 'StatefulSet' }) +
      deployment('web', { namespace: 'ops' }) +
      deployment('api') +
      scaler('Deployment/web', 2) +
      scaler('Deployment/web', 3) +
      scaler('StatefulSet/web', 4) +
      scaler('Deployment/api', 5, 'ops'),
  );
  expect(world.workloads.map((one) => world.autoscalersOf(one).map(({ min }) => min))).toEqual([[2, 3], [4], [], []]);
  expect(world.workloads.map((one) => world.isScaled(one))).toEqual([true, true, false, false]);
});

test('a Deployment knows the Argo Rollout that runs its template', () => {
  const world = worldOf(
    deployment('web') +
      deployment('api') +
      deployment('web', { kind: 'StatefulSet' }) +
      rollout('run', 'web') +
      rollout('far', 'api', '', 'ops'),
  );
  expect(world.workloads.map((one) => world.rolloutOf(one)?.name)).toEqual([
    'run',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('what scales a Rollout scales the Deployment that it runs', () => {
  const world = worldOf(deployment('web') + rollout('run', 'web') + scaler('Rollout/run', 3));
  expect(world.isScaled(workload(world, 'web'))).toBe(true);
  expect(world.autoscalersOf(workload(world, 'web'))).toEqual([]);
});

const managed = (name: string, instance: string, more: { replicas?: number; namespace?: string; by?: string } = {}) => `
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${more.namespace ?? 'shop'}
  labels: { app.kubernetes.io/managed-by: ${more.by ?? 'cdk8s-patterns'} }
spec:
  replicas: ${more.replicas ?? 1}
  template: { metadata: { labels: { app.kubernetes.io/instance: ${instance}, app: ${instance} } } }
`;

test('two managed Deployments of one instance label are one app', () => {
  const world = worldOf(
    managed('web', 'web', { replicas: 19 }) +
      managed('web-canary', 'web') +
      managed('api', 'api') +
      managed('far', 'web', { namespace: 'ops' }) +
      managed('foreign', 'web', { by: 'Helm' }),
  );
  expect(world.workloads.map((one) => names(world.variantsOf(one)))).toEqual([
    ['web', 'web-canary'],
    ['web', 'web-canary'],
    ['api'],
    ['far'],
    ['foreign'],
  ]);
  expect(world.workloads.map((one) => world.fewestPodsOfApp(one))).toEqual([20, 20, 1, 1, 1]);
});

test.each([
  [deployment('web', { spec: 'replicas: 3' }), 3],
  [deployment('web', { spec: 'replicas: 0' }), 0],
  [deployment('web'), 1],
  [deployment('web', { spec: 'replicas: null' }), 1],
  [deployment('web', { kind: 'StatefulSet', spec: 'replicas: 2' }), 2],
  [deployment('web', { kind: 'DaemonSet' }), undefined],
  [deployment('web', { spec: 'replicas: 3' }) + scaler('Deployment/web', 2), 2],
  [deployment('web', { spec: 'replicas: 3' }) + scaler('Deployment/web', 5), 5],
  [deployment('web', { spec: 'replicas: 3' }) + scaler('Deployment/web', 0), 1],
  [deployment('web') + scaler('Deployment/web', 4) + scaler('Deployment/web', 2), 2],
  [deployment('web', { kind: 'DaemonSet' }) + scaler('DaemonSet/web', 2), undefined],
  [deployment('web', { spec: 'replicas: 0' }) + rollout('web', 'web', 'replicas: 4'), 4],
  [deployment('web', { spec: 'replicas: 3' }) + rollout('web', 'web'), 3],
  [deployment('web') + rollout('web', 'web'), 1],
  [deployment('web') + rollout('run', 'web', 'replicas: 4') + scaler('Rollout/run', 3), 3],
  [deployment('web') + rollout('run', 'web', 'replicas: 4') + scaler('Deployment/web', 2), 2],
])('%#: a workload runs at least %j pods', (yaml, pods) => {
  const world = worldOf(yaml);
  expect(world.fewestPods(workload(world, 'web'))).toBe(pods);
});

test('the pods of an app are unknown where those of one variant are', () => {
  const daemon = managed('web-daemon', 'web').replace('Deployment', 'DaemonSet');
  const world = worldOf(managed('web', 'web', { replicas: 3 }) + daemon);
  expect(world.workloads.map((one) => world.fewestPodsOfApp(one))).toEqual([undefined, undefined]);
});

test('the pods under a budget are those of all workloads that it covers', () => {
  const world = worldOf(
    deployment('web', { spec: 'replicas: 3' }) +
      deployment('canary', { app: 'web', spec: 'replicas: 2' }) +
      deployment('agent', { kind: 'DaemonSet' }) +
      budget('web', '{ matchLabels: { app: web } }') +
      budget('all', '{}') +
      budget('none', '{ matchLabels: { app: none } }'),
  );
  expect(world.budgets.map((one) => world.fewestPodsUnder(one))).toEqual([5, undefined, undefined]);
});

test.each([
  [deployment('web', { spec: 'replicas: 2' }) + service('web'), 2],
  [deployment('web', { spec: 'replicas: 3' }) + service('web'), 3],
  [deployment('web', { spec: 'replicas: 1' }) + service('web'), undefined],
  [deployment('web', { spec: 'replicas: 3' }), undefined],
  [deployment('web', { kind: 'DaemonSet' }) + service('web'), undefined],
  [managed('web', 'web') + managed('canary', 'web') + service('web'), 2],
])('%#: an app behind a Service is redundant with %j pods', (yaml, pods) => {
  const world = worldOf(yaml);
  expect(world.redundantPods(workload(world, 'web'))).toBe(pods);
});

test('a test environment need not be redundant', () => {
  const disposable = (value: string) =>
    deployment('web', { spec: 'replicas: 2' }).replace(
      'namespace: shop',
      `namespace: shop, annotations: { cdk8s-patterns/disposable: "${value}" }`,
    );
  const pods = (value: string) => {
    const world = worldOf(disposable(value) + service('web'));
    return world.redundantPods(world.workloads[0]);
  };
  expect([pods('true'), pods('false')]).toEqual([undefined, 2]);
});

const PAIR = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, ports: [{ name: http, containerPort: 8080 }] }
        - { name: admin, ports: [{ name: admin, containerPort: 9090 }] }
        - { name: quiet, ports: [{ name: quiet, containerPort: 7070 }] }
      initContainers:
        - { name: proxy, restartPolicy: Always, ports: [{ name: tls, containerPort: 8443 }] }
        - { name: migrate, ports: [{ name: once, containerPort: 6060 }] }
`;

test('the containers behind Services are those that serve one of their ports', () => {
  const world = worldOf(
    PAIR +
      service('web', { port: '{ port: 80, targetPort: http }, { port: 81, targetPort: 9090 }' }) +
      service('also', { app: 'web', port: '{ port: 80, targetPort: http }' }) +
      service('tls', { app: 'web', port: '{ port: 443, targetPort: tls }' }) +
      service('once', { app: 'web', port: '{ port: 443, targetPort: once }' }) +
      service('other', { port: '{ port: 443, targetPort: quiet }' }),
  );
  const served = world.served(world.workloads[0]);
  expect(served.map(({ container, services }) => [container.name, names(services)])).toEqual([
    ['web', ['web', 'also']],
    ['admin', ['web']],
    ['proxy', ['tls']],
  ]);
  expect(served.map((one) => one.service === one.services[0])).toEqual([true, true, true]);
});

test('without Services nothing is served', () => {
  const world = worldOf(PAIR);
  expect(world.served(world.workloads[0])).toEqual([]);
});

const replaced = (yaml: string) => {
  const world = worldOf(yaml);
  const replacement = world.replacementOf(workload(world, 'web'));
  return replacement && [replacement.pods, replacement.stopped];
};

const ROLLING = (replicas: number, limits: string) => `replicas: ${replicas}\n  strategy: { rollingUpdate: ${limits} }`;

test.each([
  ['{ maxSurge: 1, maxUnavailable: 0 }', 4, [4, 0]],
  ['{ maxSurge: 0, maxUnavailable: 1 }', 4, [4, 1]],
  ['{ maxSurge: 25%, maxUnavailable: 25% }', 4, [4, 1]],
  ['{ maxSurge: 25%, maxUnavailable: 25% }', 3, [3, 0]],
  ['{ maxSurge: 0, maxUnavailable: 0 }', 3, undefined],
])('a roll-out with %s of %i pods replaces %j', (limits, replicas, expected) => {
  expect(replaced(deployment('web', { spec: ROLLING(replicas, limits) }) + service('web'))).toEqual(expected);
});

test('a roll-out of one variant counts its own pods, and the app all of them', () => {
  const stable = managed('web', 'web', { replicas: 8 });
  expect(replaced(stable + managed('canary', 'web', { replicas: 2 }) + service('web'))).toEqual([10, 2]);
});

test.each([
  ['without a Service', deployment('web')],
  ['of another kind', deployment('web', { kind: 'StatefulSet' }) + service('web')],
  ['of a number that nobody chooses', deployment('web', { kind: 'DaemonSet' }) + service('web')],
  ['run by an Argo Rollout', deployment('web') + rollout('run', 'web') + service('web')],
  [
    'of an app with a variant of unknown number',
    managed('web', 'web') + managed('daemon', 'web').replace('Deployment', 'DaemonSet') + service('web'),
  ],
])('a workload %s is not replaced by a roll-out', (_, yaml) => {
  expect(replaced(yaml)).toBeUndefined();
});

test('a Deployment behind a Service is replaced by a roll-out', () => {
  expect(replaced(deployment('web') + service('web'))).toEqual([1, 0]);
});
