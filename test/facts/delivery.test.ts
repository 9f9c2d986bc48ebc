import type { World } from '../../lib/facts';
import { worldOf } from '../support/facts';

const names = (facts: readonly { readonly name: string }[]) => facts.map(({ name }) => name);

const workload = (name: string, { kind = 'Deployment', namespace = 'shop' } = {}) => `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
`;

const canary = (name: string, target: string, service = '{}', namespace = 'shop') => `
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: ${name}, namespace: ${namespace} }
spec: { targetRef: { kind: ${target.split('/')[0]}, name: ${target.split('/')[1]} }, service: ${service} }
`;

const rollout = (name: string, spec: string, namespace = 'shop') => `
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const split = (stable: string, tried: string) =>
  `{ strategy: { canary: { stableService: ${stable}, canaryService: ${tried} } } }`;

test('what releases is listed in the order in which it came', () => {
  const { delivery } = worldOf(
    rollout('b', '{}') +
      canary('d', 'Deployment/web') +
      workload('web') +
      rollout('a', '{}') +
      canary('c', 'Service/x'),
  );
  expect([names(delivery.rollouts), names(delivery.canaries)]).toEqual([
    ['b', 'a'],
    ['d', 'c'],
  ]);
});

const canariesOf = (world: World) => world.workloads.map((one) => world.delivery.canaryOf(one)?.name);

test('a workload knows the Canary that releases it: by kind, name and namespace', () => {
  const world = worldOf(
    workload('web') +
      workload('web', { kind: 'DaemonSet' }) +
      workload('web', { namespace: 'ops' }) +
      workload('api') +
      canary('one', 'Deployment/web') +
      canary('two', 'DaemonSet/web') +
      canary('far', 'Deployment/api', '{}', 'ops'),
  );
  expect(canariesOf(world)).toEqual(['one', 'two', undefined, undefined]);
});

test('a missing namespace is that of `default`', () => {
  const bare = (yaml: string) => yaml.replace(', namespace: shop', '');
  const world = worldOf(bare(workload('web')) + bare(canary('one', 'Deployment/web')));
  expect(canariesOf(world)).toEqual(['one']);
  expect(world.delivery.makerOf('default', 'web')?.name).toBe('one');
});

test('a Service that a Canary makes knows it', () => {
  const { delivery } = worldOf(
    canary('one', 'Deployment/web') +
      canary('two', 'Deployment/api', '{ name: front }') +
      canary('far', 'Deployment/db', '{}', 'ops'),
  );
  const maker = (name: string, namespace = 'shop') => delivery.makerOf(namespace, name)?.name;
  expect(['web', 'web-primary', 'web-canary'].map((name) => maker(name))).toEqual(['one', 'one', 'one']);
  expect(['front', 'front-primary', 'front-canary'].map((name) => maker(name))).toEqual(['two', 'two', 'two']);
  expect(['api', 'db', 'web-stable', ''].map((name) => maker(name))).toEqual(Array(4).fill(undefined));
  expect([maker('db', 'ops'), maker('web', 'ops')]).toEqual(['far', undefined]);
});

test('a Service knows the Rollouts that write its selector', () => {
  const { delivery } = worldOf(
    rollout('one', split('web', 'web-next')) +
      rollout('two', '{ strategy: { blueGreen: { activeService: web } } }') +
      rollout('three', '{ strategy: { canary: { pingPong: { pingService: ping, pongService: pong } } } }') +
      rollout('none', '{}') +
      rollout('far', split('web', 'far'), 'ops'),
  );
  const writers = (name: string, namespace = 'shop') => names(delivery.rolloutsWith(namespace, name));
  expect([writers('web'), writers('web-next'), writers('ping'), writers('pong')]).toEqual([
    ['one', 'two'],
    ['one'],
    ['three'],
    ['three'],
  ]);
  expect([writers('far'), writers('undefined'), writers('')]).toStrictEqual([[], [], []]);
  expect([writers('web', 'ops'), writers('far', 'ops')]).toEqual([['far'], ['far']]);
});

test('a Deployment knows the Rollout that runs its template: by name and namespace', () => {
  const world = worldOf(
    workload('web') +
      workload('web', { kind: 'StatefulSet' }) +
      workload('web', { namespace: 'ops' }) +
      workload('undefined') +
      rollout('run', '{ workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }') +
      rollout('own', '{}'),
  );
  expect(world.workloads.map((one) => world.delivery.rolloutOf(one)?.name)).toEqual([
    'run',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('without releases nothing is known', () => {
  const world = worldOf(workload('web'));
  const { delivery } = world;
  expect([delivery.rollouts, delivery.canaries]).toEqual([[], []]);
  expect([canariesOf(world), delivery.makerOf('shop', 'web'), delivery.rolloutOf(world.workloads[0])]).toEqual([
    [undefined],
    undefined,
    undefined,
  ]);
  expect(delivery.rolloutsWith('shop', 'web')).toStrictEqual([]);
});

test('the labels of subsets are those of a Rollout where it names the DestinationRule', () => {
  const subsets = (name: string) =>
    `{ strategy: { canary: { trafficRouting: { istio: { destinationRule: ${name} } } } } }`;
  const rule = (name: string, namespace = 'shop') => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: { host: ${name}-${namespace} }
`;
  const world = worldOf(
    rollout('web', subsets('{ name: web }')) +
      rollout('none', '{}') +
      rule('web') +
      rule('web', 'ops') +
      rule('api') +
      rule('undefined'),
  );
  const written = ['web.shop', 'web.ops', 'api.shop', 'undefined.shop'].map((name) => {
    const [host, namespace] = name.split('.');
    const [found] = world.mesh.destinationRulesOf(`${host}-${namespace}.${namespace}.svc.cluster.local`);
    return world.delivery.labelsSubsetsOf(found);
  });
  expect(written).toEqual([true, false, false, false]);
});
