import type { FlaggerCanaryFact } from '../../lib/facts';
import { FlaggerCanaryFact as Fact } from '../../lib/facts';
import { worldOf } from '../support/facts';

test.each([
  ['flagger.app/v1beta1', 'Canary', 1],
  ['flagger.app/v1alpha3', 'Canary', 1],
  ['flagger.app/v1beta1', 'MetricTemplate', 0],
  ['other.app/v1beta1', 'Canary', 0],
])('%s %s: %i canaries', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).delivery.canaries).toHaveLength(count);
});

const canary = (spec: string) =>
  worldOf(`{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: web }, spec: ${spec} }`).delivery
    .canaries[0] as FlaggerCanaryFact;

const analysis = (text: string) => canary(`{ analysis: ${text} }`);

const TARGET = 'targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }';

test('what it releases', () => {
  const { targetKey, targetKind, targetName } = canary(`{ ${TARGET} }`);
  expect([targetKey, targetKind, targetName]).toEqual(['Deployment/web', 'Deployment', 'web']);
  const set = canary('{ targetRef: { kind: DaemonSet, name: web } }');
  expect([set.targetKey, set.targetKind]).toEqual(['DaemonSet/web', 'DaemonSet']);
});

test.each(['{}', '{ targetRef: null }', '{ targetRef: 7 }', '{ targetRef: { kind: 7, name: 7 } }'])(
  'nothing is released by %s',
  (spec) => {
    const { targetKey, targetKind, targetName, serviceName } = canary(spec);
    expect([targetKey, targetKind, targetName, serviceName]).toEqual(['Deployment/', 'Deployment', '', '']);
  },
);

test('the label that is rewritten is the first one that Flagger looks for', () => {
  const workload = (labels: string) =>
    worldOf(
      `{ apiVersion: apps/v1, kind: Deployment, spec: { selector: { matchLabels: ${labels} }, template: { metadata: { labels: { app: a, name: b, app.kubernetes.io/name: c, part: d } } } } }`,
    ).workloads[0];
  const label = (labels: string) => Fact.labelOf(workload(labels) as never);
  expect(label('{ part: d, name: b, app: a }')).toBe('app');
  expect(label('{ app.kubernetes.io/name: c, name: b }')).toBe('name');
  expect(label('{ app.kubernetes.io/name: c }')).toBe('app.kubernetes.io/name');
  expect(label('{ part: d }')).toBeUndefined();
  expect(Fact.primaryLabels(workload('{ name: b }') as never)).toEqual({
    app: 'a',
    name: 'b-primary',
    'app.kubernetes.io/name': 'c',
    part: 'd',
  });
  expect(Fact.primaryLabels(workload('{ part: d }') as never)).toMatchObject({ app: 'a', part: 'd' });
});

test('the Services bear the name of the target, or one of their own', () => {
  expect(canary(`{ ${TARGET} }`).services).toEqual(['web', 'web-primary', 'web-canary']);
  expect(canary(`{ ${TARGET}, service: { name: shop } }`).services).toEqual(['shop', 'shop-primary', 'shop-canary']);
  expect(canary(`{ ${TARGET}, service: { name: "" } }`).serviceName).toBe('web');
  expect(canary(`{ ${TARGET}, service: 7 }`).serviceName).toBe('web');
});

const SERVICES = ['Deployment/web-primary', 'Service/web', 'Service/web-primary', 'Service/web-canary'];
const ISTIO = ['VirtualService/web', 'DestinationRule/web-primary', 'DestinationRule/web-canary'];

test.each([
  ['', [...SERVICES, ...ISTIO, 'HTTPRoute/web']],
  ['provider: ""', [...SERVICES, ...ISTIO, 'HTTPRoute/web']],
  ['provider: istio', [...SERVICES, ...ISTIO]],
  ['provider: gatewayapi:v1', [...SERVICES, 'HTTPRoute/web']],
  ['provider: gatewayapi:v1beta1', [...SERVICES, 'HTTPRoute/web']],
  ['provider: kubernetes', SERVICES],
  ['provider: 7', [...SERVICES, ...ISTIO, 'HTTPRoute/web']],
])('with "%s" it makes %j', (more, made) => {
  expect(canary(`{ ${TARGET}, ${more} }`).makes).toEqual(made);
});

test('a copy of the autoscaler is made where one is named', () => {
  const named = canary(`{ ${TARGET}, provider: kubernetes, autoscalerRef: { kind: ScaledObject, name: cpu } }`);
  expect(named.autoscalerKey).toBe('ScaledObject/cpu');
  expect(named.makes).toContain('ScaledObject/cpu-primary');
  expect(canary('{ autoscalerRef: { name: cpu } }').autoscalerKey).toBeUndefined();
});

test('of a Service only the routes are made', () => {
  expect(canary('{ targetRef: { kind: Service, name: web }, provider: istio }').makes).toEqual(ISTIO);
});

test.each([
  ['{ analysis: { stepWeight: 10 } }', true],
  ['{ analysis: { iterations: 0 } }', true],
  ['{ analysis: { iterations: -1 } }', true],
  ['{ analysis: { iterations: 1 } }', false],
  ['{ skipAnalysis: true }', false],
  ['{ skipAnalysis: "true" }', true],
  ['{ provider: kubernetes }', false],
  ['{ provider: istio }', true],
])('%s goes by weights: %j', (spec, expected) => {
  expect(canary(spec).shiftsWeights).toBe(expected);
});

test.each([
  ['{ interval: 30s }', 30],
  ['{ interval: 2m }', 120],
  ['{ interval: 10s }', 10],
  ['{ interval: 9s }', 10],
  ['{ interval: 1minute }', 60],
  ['{ interval: 7 }', 60],
  ['{}', 60],
  ['7', 60],
])('with the analysis %s it looks every %i seconds', (text, seconds) => {
  expect(analysis(text).interval).toBe(seconds);
});

test('weights and rounds', () => {
  const { stepWeight, maxWeight, iterations } = analysis('{ stepWeight: 10, maxWeight: 50, iterations: 5 }');
  expect([stepWeight, maxWeight, iterations]).toEqual([10, 50, 5]);
  const none = analysis('{}');
  expect([none.stepWeight, none.maxWeight, none.iterations]).toEqual([undefined, 100, undefined]);
  expect(['{ maxWeight: 0 }', '{ maxWeight: -5 }', '{ maxWeight: 1 }'].map((text) => analysis(text).maxWeight)).toEqual(
    [100, 100, 1],
  );
  expect(analysis('{ iterations: 0 }').iterations).toBeUndefined();
});

test.each([
  ['{ name: request-success-rate }', 60, true],
  ['{ name: request-duration }', 60, true],
  ['{ name: request-duration, interval: 30s }', 30, true],
  ['{ name: request-duration, interval: "" }', 60, true],
  ['{ name: request-duration, interval: soon }', undefined, true],
  ['{ name: errors, query: sum(x) }', 60, true],
  ['{ name: errors, templateRef: { name: errors } }', undefined, true],
  ['{ name: errors, templateRef: { name: errors }, interval: 30s }', 30, true],
  ['{ name: errors, templateRef: null }', undefined, false],
  ['{ name: errors, query: "" }', undefined, false],
  ['7', undefined, false],
])('the metric %s looks back %s seconds and is asked for: %j', (metric, window, isAsked) => {
  expect(analysis(`{ metrics: [${metric}] }`).metrics).toEqual([expect.objectContaining({ window, isAsked })]);
});

test('metrics are told by their place', () => {
  const { metrics } = analysis('{ metrics: [{ name: a }, { name: 7 }] }');
  expect(metrics.map(({ field, name }) => [field, name])).toEqual([
    ['spec.analysis.metrics[0]', 'a'],
    ['spec.analysis.metrics[1]', ''],
  ]);
  expect(analysis('{ metrics: 7 }').metrics).toEqual([]);
});
