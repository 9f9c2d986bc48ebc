import type { ArgoRolloutFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

test.each([
  ['argoproj.io/v1alpha1', 'Rollout', 1],
  ['argoproj.io/v1alpha1', 'Application', 0],
  ['other.io/v1alpha1', 'Rollout', 0],
])('%s %s: %i rollouts', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).delivery.rollouts).toHaveLength(count);
});

const rollout = (spec: string) =>
  worldOf(
    `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web, namespace: shop }, spec: ${spec} }`,
  ).delivery.rollouts[0] as ArgoRolloutFact;

const canary = (text: string) => rollout(`{ strategy: { canary: ${text} } }`);
const routing = (text: string) => canary(`{ trafficRouting: ${text} }`);

test('the template may come from elsewhere, most often from a Deployment', () => {
  const from = (ref: string) => rollout(`{ workloadRef: ${ref} }`);
  expect([from('{ name: web }').templateFrom, from('{ name: web }').templateKind]).toEqual(['web', 'Deployment']);
  expect(from('{ kind: ReplicaSet, name: web }').templateKind).toBe('ReplicaSet');
  expect(from('{ kind: 7 }').templateKind).toBe('Deployment');
});

test('steps are told by their place', () => {
  expect(canary('{ steps: [{ setWeight: 5 }, 7] }').steps).toEqual([
    { field: 'spec.strategy.canary.steps[0]', manifest: { setWeight: 5 } },
    { field: 'spec.strategy.canary.steps[1]', manifest: {} },
  ]);
  expect(rollout('{ strategy: { blueGreen: { steps: [{}] } } }').steps).toEqual([]);
});

test('a router', () => {
  expect(routing('{ nginx: {} }').trafficRouting).toEqual({ nginx: {} });
  expect(routing('null').trafficRouting).toBeUndefined();
  expect(canary('{}').trafficRouting).toBeUndefined();
  expect(routing('7').trafficRouting).toEqual({});
});

test.each([
  ['{}', []],
  ['null', []],
  ['{ istio: {}, nginx: {} }', ['istio', 'nginx']],
  ['{ alb: null, smi: 7 }', ['smi']],
  ['{ plugins: {} }', []],
  ['{ plugins: { a: {} }, traefik: {} }', ['traefik', 'plugins']],
  ['{ ambassador: {}, apisix: {}, appMesh: {}, alb: {} }', ['alb', 'ambassador', 'apisix', 'appMesh']],
  ['{ managedRoutes: [] }', []],
])('the routers of %s are %j', (text, routers) => {
  expect(routing(text).routers).toEqual(routers);
});

test('the Services of both strategies', () => {
  const steps = canary('{ stableService: a, canaryService: b, pingPong: { pingService: c, pongService: d } }');
  expect([steps.stableService, steps.canaryService, steps.isPingPong]).toEqual(['a', 'b', true]);
  expect(steps.services).toEqual([
    { field: 'spec.strategy.canary.stableService', name: 'a' },
    { field: 'spec.strategy.canary.canaryService', name: 'b' },
    { field: 'spec.strategy.canary.pingPong.pingService', name: 'c' },
    { field: 'spec.strategy.canary.pingPong.pongService', name: 'd' },
  ]);
  const colours = rollout('{ strategy: { blueGreen: { activeService: a, previewService: b } } }');
  expect([colours.stableService, colours.canaryService, colours.isPingPong]).toEqual(['a', 'b', false]);
  expect(colours.services.map(({ field }) => field)).toEqual([
    'spec.strategy.blueGreen.activeService',
    'spec.strategy.blueGreen.previewService',
  ]);
});

test('what names nothing is no Service', () => {
  const none = canary('{ stableService: "", canaryService: 7, pingPong: null }');
  expect([none.stableService, none.canaryService, none.isPingPong, none.services]).toEqual([
    undefined,
    undefined,
    false,
    [],
  ]);
});

const AT = 'spec.strategy.canary.trafficRouting.istio';

test('VirtualServices by either form, in the namespace behind the dot', () => {
  expect(routing('{ istio: { virtualService: { name: web, routes: [primary, 7] } } }').virtualServices).toEqual([
    { field: `${AT}.virtualService`, namespace: 'shop', name: 'web', routes: ['primary'] },
  ]);
  expect(routing('{ istio: { virtualServices: [{ name: a }, { name: b.ops }, 7] } }').virtualServices).toEqual([
    { field: `${AT}.virtualServices[0]`, namespace: 'shop', name: 'a', routes: [] },
    { field: `${AT}.virtualServices[1]`, namespace: 'ops', name: 'b', routes: [] },
    { field: `${AT}.virtualServices[2]`, namespace: 'shop', name: '', routes: [] },
  ]);
  expect(routing('{ istio: {} }').virtualServices).toEqual([]);
  expect(canary('{}').virtualServices).toEqual([]);
});

test('subsets of a DestinationRule', () => {
  const rule = '{ istio: { destinationRule: { name: web, stableSubsetName: v1, canarySubsetName: v2 } } }';
  expect(routing(rule).subsets).toEqual({ field: `${AT}.destinationRule`, name: 'web', stable: 'v1', canary: 'v2' });
  expect(routing('{ istio: { destinationRule: { stableSubsetName: "" } } }').subsets).toMatchObject({
    name: '',
    stable: undefined,
    canary: undefined,
  });
  expect(routing('{ istio: { destinationRule: null } }').subsets).toBeUndefined();
  expect(routing('{ istio: {} }').subsets).toBeUndefined();
});

test('what all requests count, and the routes that Argo makes', () => {
  expect([canary('{}').maxWeight, routing('{ maxTrafficWeight: 1000 }').maxWeight]).toEqual([100, 1000]);
  expect(routing('{ managedRoutes: [{ name: a }, { name: 7 }, 7] }').managedRoutes).toEqual(['a']);
  expect(canary('{}').managedRoutes).toEqual([]);
});

test('the limits of a release without a router are a quarter each', () => {
  const limits = ({ surge: { field, stopsFirst, maxSurge, maxUnavailable } }: ArgoRolloutFact) =>
    [field, stopsFirst, String(maxSurge), String(maxUnavailable)].join(' ');
  expect(limits(canary('{}'))).toBe('spec.strategy.canary false 25% 25%');
  expect(limits(canary('{ maxSurge: 0, maxUnavailable: 10% }'))).toBe('spec.strategy.canary false 0 10%');
});
