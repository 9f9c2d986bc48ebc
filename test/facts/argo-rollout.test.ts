import { ArgoRolloutFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } }
  strategy:
    canary:
      stableService: web-stable
      canaryService: web-canary
      maxSurge: 1
      maxUnavailable: 10%
      steps: [{ setWeight: 20 }, { pause: { duration: 60 } }]
      trafficRouting:
        maxTrafficWeight: 1000
        managedRoutes: [{ name: header }, { name: mirror }]
        istio:
          virtualService: { name: web, routes: [main] }
          virtualServices: [{ name: inner, routes: [a, b] }, { name: outer }]
          destinationRule: { name: web, stableSubsetName: stable, canarySubsetName: canary }
`;

test.each([
  ['argoproj.io/v1alpha1', 'Rollout', 1],
  ['argoproj.io/v1', 'Rollout', 1],
  ['argoproj.io/v1alpha1', 'Application', 0],
  ['argoproj.io/v1alpha1', 'AnalysisTemplate', 0],
  ['apps/v1', 'Rollout', 0],
  ['rollouts.kruise.io/v1beta1', 'Rollout', 0],
  ['v1', 'Rollout', 0],
])('%s %s: %i Rollouts', (apiVersion, kind, count) => {
  const world = worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`);
  expect(world.delivery.rollouts).toHaveLength(count);
  expect(world.workloads).toHaveLength(count);
});

const rollout = (spec: string) =>
  worldOf(`{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: ${spec} }`).delivery.rollouts[0] as ArgoRolloutFact;
const canary = (strategy: string) => rollout(`{ strategy: { canary: ${strategy} } }`);
const routed = (routing: string) => canary(`{ trafficRouting: ${routing} }`);
const istio = (body: string) => routed(`{ istio: ${body} }`);

test('it is a workload', () => {
  const [fact] = worldOf(FULL).workloads;
  expect(fact).toBeInstanceOf(ArgoRolloutFact);
  expect([fact.writtenReplicas, fact.pod.field, fact.pod.containers[0].name]).toEqual([4, 'spec.template.spec', 'web']);
  expect([String(fact.selector), fact.pod.labels]).toEqual(['app=web', { app: 'web' }]);
});

test('the strategy that is written is given as it is', () => {
  expect(canary('{ setWeight: 5 }').canary).toEqual({ setWeight: 5 });
  expect(canary('{ setWeight: 5 }').blueGreen).toEqual({});
  expect(rollout('{ strategy: { blueGreen: { activeService: web } } }').blueGreen).toEqual({ activeService: 'web' });
  expect(rollout('{ strategy: { blueGreen: { activeService: web } } }').canary).toEqual({});
});

test('steps are read, each at its field', () => {
  expect(worldOf(FULL).delivery.rollouts[0].steps).toEqual([
    { field: 'spec.strategy.canary.steps[0]', manifest: { setWeight: 20 } },
    { field: 'spec.strategy.canary.steps[1]', manifest: { pause: { duration: 60 } } },
  ]);
  expect(canary('{ steps: [null, 7, [a]] }').steps.map(({ manifest }) => manifest)).toEqual([{}, {}, {}]);
});

test.each([
  ['{ canary: { stableService: web, canaryService: next } }', 'web', 'next'],
  ['{ canary: { stableService: web } }', 'web', undefined],
  ['{ canary: { canaryService: next } }', undefined, 'next'],
  ['{ canary: { stableService: "", canaryService: "" } }', undefined, undefined],
  ['{ canary: { activeService: web, previewService: next } }', undefined, undefined],
  ['{ canary: { pingPong: { pingService: ping, pongService: pong } } }', 'pong', 'ping'],
  ['{ canary: { pingPong: { pingService: "", pongService: "" } } }', undefined, undefined],
  ['{ canary: { pingPong: { pingService: 7, pongService: null } } }', undefined, undefined],
  ['{ canary: { pingPong: 7 } }', undefined, undefined],
  [
    '{ canary: { stableService: web, canaryService: next, pingPong: { pingService: a, pongService: b } } }',
    'web',
    'next',
  ],
  ['{ blueGreen: { activeService: web, previewService: next } }', 'web', 'next'],
  ['{ blueGreen: { activeService: web } }', 'web', undefined],
  ['{ blueGreen: { activeService: "", previewService: "" } }', undefined, undefined],
  ['{ blueGreen: { activeService: 7, previewService: null } }', undefined, undefined],
  ['{ blueGreen: { stableService: web, canaryService: next } }', undefined, undefined],
  ['{ blueGreen: 7 }', undefined, undefined],
  ['{ canary: null, blueGreen: null }', undefined, undefined],
  ['null', undefined, undefined],
  ['7', undefined, undefined],
])('with the strategy %s %j serves and %j is tried', (strategy, stable, tried) => {
  const fact = rollout(`{ strategy: ${strategy} }`);
  expect([fact.stableService, fact.canaryService]).toEqual([stable, tried]);
});

test.each(['{}', '{ trafficRouting: null }', 'null', '7'])('with %s nothing shifts requests', (strategy) => {
  expect(canary(strategy).trafficRouting).toBeUndefined();
});

test.each([
  ['{}', {}],
  ['{ nginx: { stableIngress: web } }', { nginx: { stableIngress: 'web' } }],
  ['7', {}],
  ['[a]', {}],
])('traffic routing that is %s is there, as %j', (routing, expected) => {
  expect(routed(routing).trafficRouting).toEqual(expected);
});

const AT = 'spec.strategy.canary.trafficRouting.istio';

test('VirtualServices are read, the single one and those of the list, each at its field', () => {
  expect(worldOf(FULL).delivery.rollouts[0].virtualServices).toMatchObject([
    { field: `${AT}.virtualService`, name: 'web', routes: ['main'] },
    { field: `${AT}.virtualServices[0]`, name: 'inner', routes: ['a', 'b'] },
    { field: `${AT}.virtualServices[1]`, name: 'outer', routes: [] },
  ]);
});

test.each([
  '{}',
  'null',
  '7',
  '{ virtualService: null }',
  '{ virtualServices: null }',
  '{ virtualServices: 7 }',
  '{ virtualServices: { name: web } }',
  '{ virtualServices: [] }',
])('with istio: %s no VirtualService is changed', (body) => {
  expect(istio(body).virtualServices).toEqual([]);
});

test.each(['{}', '7', '[a]', '{ name: 7, routes: 7 }', '{ name: null, routes: [null, 7] }', '{ routes: main }'])(
  'a VirtualService that is %s has no name and no routes',
  (value) => {
    expect(istio(`{ virtualService: ${value} }`).virtualServices).toMatchObject([
      { field: `${AT}.virtualService`, name: '', routes: [] },
    ]);
    expect(istio(`{ virtualServices: [${value}] }`).virtualServices).toMatchObject([
      { field: `${AT}.virtualServices[0]`, name: '', routes: [] },
    ]);
  },
);

test('subsets are read at the field of the DestinationRule', () => {
  expect(worldOf(FULL).delivery.rollouts[0].subsets).toEqual({
    field: `${AT}.destinationRule`,
    name: 'web',
    stable: 'stable',
    canary: 'canary',
  });
});

test.each(['{}', 'null', '7', '{ destinationRule: null }'])('with istio: %s no subsets are changed', (body) => {
  expect(istio(body).subsets).toBeUndefined();
});

test.each([
  '{}',
  '7',
  '[a]',
  '{ name: 7, stableSubsetName: 7, canarySubsetName: 7 }',
  '{ name: null, stableSubsetName: null, canarySubsetName: null }',
  '{ stableSubsetName: "", canarySubsetName: "" }',
])('a DestinationRule that is %s names nothing', (rule) => {
  expect(istio(`{ destinationRule: ${rule} }`).subsets).toEqual({
    field: `${AT}.destinationRule`,
    name: '',
    stable: undefined,
    canary: undefined,
  });
});

test.each([
  ['{ maxTrafficWeight: 1000 }', 1000],
  ['{ maxTrafficWeight: null }', 100],
  ['{ maxTrafficWeight: "1000" }', 100],
  ['{ maxTrafficWeight: 1.5 }', 100],
  ['{}', 100],
  ['null', 100],
])('with the traffic routing %s %i means all requests', (routing, weight) => {
  expect(routed(routing).maxWeight).toBe(weight);
});

test('without traffic routing 100 means all requests', () => {
  expect(rollout('{}').maxWeight).toBe(100);
});

test.each([
  ['{ managedRoutes: [{ name: a }, { name: b }] }', ['a', 'b']],
  ['{ managedRoutes: [null, 7, a, {}, { name: 7 }, { name: null }, { name: b }] }', ['b']],
  ['{ managedRoutes: [] }', []],
  ['{ managedRoutes: { name: a } }', []],
  ['{ managedRoutes: null }', []],
  ['{}', []],
  ['null', []],
])('with the traffic routing %s it makes the routes %j', (routing, routes) => {
  expect(routed(routing).managedRoutes).toEqual(routes);
});

test.each([
  ['{}', '25%', '25%'],
  ['{ maxSurge: 1, maxUnavailable: 0 }', '1', '0'],
  ['{ maxSurge: 100%, maxUnavailable: 10% }', '100%', '10%'],
  ['{ maxSurge: null, maxUnavailable: null }', '25%', '25%'],
  ['{ maxSurge: "1", maxUnavailable: true }', '25%', '25%'],
  ['null', '25%', '25%'],
  ['7', '25%', '25%'],
])('with the canary %s it adds %s and misses %s', (strategy, maxSurge, maxUnavailable) => {
  const { surge } = canary(strategy);
  expect([String(surge.maxSurge), String(surge.maxUnavailable)]).toEqual([maxSurge, maxUnavailable]);
});

test.each([
  'spec',
  'spec.strategy',
  'spec.strategy.canary',
  'spec.strategy.canary.stableService',
  'spec.strategy.canary.canaryService',
  'spec.strategy.canary.maxSurge',
  'spec.strategy.canary.maxUnavailable',
  'spec.strategy.canary.steps',
  'spec.strategy.canary.trafficRouting.maxTrafficWeight',
  'spec.strategy.canary.trafficRouting.managedRoutes',
  'spec.strategy.canary.trafficRouting.managedRoutes.0.name',
  'spec.strategy.canary.trafficRouting.istio.virtualService.name',
  'spec.strategy.canary.trafficRouting.istio.virtualService.routes',
  'spec.strategy.canary.trafficRouting.istio.virtualServices',
  'spec.strategy.canary.trafficRouting.istio.virtualServices.0.name',
  'spec.strategy.canary.trafficRouting.istio.virtualServices.0.routes',
  'spec.strategy.canary.trafficRouting.istio.destinationRule.name',
  'spec.strategy.canary.trafficRouting.istio.destinationRule.stableSubsetName',
  'spec.strategy.canary.trafficRouting.istio.destinationRule.canarySubsetName',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  // What is raw is left out: it is as it was written.
  const read = (changedManifest: unknown) => {
    const {
      canary: _,
      trafficRouting: __,
      ...rest
    } = readings(new World([{ manifest: changedManifest }]).delivery.rollouts[0]);
    return rest;
  };
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
