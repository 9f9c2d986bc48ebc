import { FLAGGER_LABELS, FlaggerCanaryFact, type WorkloadFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web, namespace: shop }
spec:
  targetRef: { apiVersion: apps/v1, kind: DaemonSet, name: web }
  autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: web-scaler }
  service: { name: front, port: 80 }
  analysis:
    stepWeight: 10
    maxWeight: 50
    stepWeights: [1, 5, 25]
    iterations: 10
    metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }, { name: latency, templateRef: { name: p99 } }]
`;

test.each([
  ['flagger.app/v1beta1', 'Canary', 1],
  ['flagger.app/v1', 'Canary', 1],
  ['flagger.app/v1beta1', 'MetricTemplate', 0],
  ['flagger.app/v1beta1', 'AlertProvider', 0],
  ['argoproj.io/v1alpha1', 'Canary', 0],
  ['example.com/v1', 'Canary', 0],
  ['v1', 'Canary', 0],
])('%s %s: %i Canaries', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).delivery.canaries).toHaveLength(count);
});

const canary = (spec: string) =>
  worldOf(`{ apiVersion: flagger.app/v1beta1, kind: Canary, spec: ${spec} }`).delivery.canaries[0] as FlaggerCanaryFact;
const analysis = (body: string) => canary(`{ analysis: ${body} }`);

test.each([
  ['{ apiVersion: apps/v1, kind: Deployment, name: web }', 'Deployment/web', 'web'],
  ['{ kind: DaemonSet, name: agent }', 'DaemonSet/agent', 'agent'],
  ['{ kind: Service, name: web }', 'Service/web', 'web'],
  ['{ name: web }', 'Deployment/', 'web'],
  ['{ kind: Deployment }', 'Deployment/', ''],
  ['{ kind: 7, name: web }', 'Deployment/', 'web'],
  ['{ kind: Deployment, name: 7 }', 'Deployment/', ''],
  ['{ kind: null, name: null }', 'Deployment/', ''],
  ['{}', 'Deployment/', ''],
  ['null', 'Deployment/', ''],
  ['7', 'Deployment/', ''],
  ['[a]', 'Deployment/', ''],
])('the target %s is %s, named %j', (target, key, name) => {
  expect([canary(`{ targetRef: ${target} }`).targetKey, canary(`{ targetRef: ${target} }`).targetName]).toEqual([
    key,
    name,
  ]);
});

test.each([
  ['{ kind: HorizontalPodAutoscaler, name: web }', 'HorizontalPodAutoscaler/web'],
  ['{ kind: ScaledObject, name: web }', 'ScaledObject/web'],
  ['{ kind: 7, name: web }', undefined],
  ['{ kind: ScaledObject, name: 7 }', undefined],
  ['{ name: web }', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['7', undefined],
])('the autoscaler %s is %j', (reference, key) => {
  expect(canary(`{ autoscalerRef: ${reference} }`).autoscalerKey).toBe(key);
});

test.each([
  ['{ name: front }', 'front'],
  ['{ name: "" }', 'web'],
  ['{ name: null }', 'web'],
  ['{ name: 7 }', 'web'],
  ['{}', 'web'],
  ['null', 'web'],
  ['7', 'web'],
])('with the service %s clients use %s, and Flagger makes two Services more', (service, name) => {
  const fact = canary(`{ targetRef: { kind: Deployment, name: web }, service: ${service} }`);
  expect(fact.serviceName).toBe(name);
  expect(fact.services).toEqual([name, `${name}-primary`, `${name}-canary`]);
});

test('the analysis is read', () => {
  const [fact] = worldOf(FULL).delivery.canaries;
  expect([fact.stepWeight, fact.maxWeight, fact.iterations]).toEqual([10, 50, 10]);
  expect(fact.analysis).toMatchObject({ stepWeight: 10, maxWeight: 50 });
});

test('metrics are read, each at its field', () => {
  expect(worldOf(FULL).delivery.canaries[0].metrics).toMatchObject([
    {
      field: 'spec.analysis.metrics[0]',
      name: 'request-success-rate',
      manifest: { name: 'request-success-rate', thresholdRange: { min: 99 } },
    },
    {
      field: 'spec.analysis.metrics[1]',
      name: 'latency',
      manifest: { name: 'latency', templateRef: { name: 'p99' } },
    },
  ]);
});

test.each(['null', '7', '[a]', '{}'])('a metric that is %s has no name', (metric) => {
  expect(analysis(`{ metrics: [${metric}] }`).metrics).toMatchObject([
    { field: 'spec.analysis.metrics[0]', name: '', manifest: {} },
  ]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ stepWeight: null, maxWeight: null, stepWeights: null, iterations: null, metrics: null }',
  '{ stepWeight: "10", maxWeight: "50", stepWeights: 7, iterations: "10", metrics: 7 }',
  '{ stepWeight: 1.5, maxWeight: 1.5, stepWeights: [null, "5", 1.5], iterations: 1.5, metrics: {} }',
  '{ maxWeight: 0, iterations: 0, stepWeights: [], metrics: [] }',
])('an analysis that is %s has no steps, goes up to all requests, and asks for no metric', (body) => {
  const fact = analysis(body);
  expect([fact.stepWeight, fact.maxWeight, fact.iterations, fact.metrics]).toEqual([undefined, 100, undefined, []]);
});

const workload = (selector: string, labels: string) =>
  worldOf(
    `{ apiVersion: apps/v1, kind: Deployment, spec: { selector: ${selector}, template: { metadata: { labels: ${labels} } } } }`,
  ).workloads[0] as WorkloadFact;

test('the labels that Flagger knows are those of its default', () => {
  expect(FLAGGER_LABELS).toEqual(['app', 'name', 'app.kubernetes.io/name']);
});

test.each([
  ['{ app: web }', 'app'],
  ['{ name: web }', 'name'],
  ['{ app.kubernetes.io/name: web }', 'app.kubernetes.io/name'],
  ['{ app.kubernetes.io/name: a, name: b, app: c }', 'app'],
  ['{ app.kubernetes.io/name: a, name: b }', 'name'],
  ['{ app.kubernetes.io/instance: web }', undefined],
  ['{ app: 7 }', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['7', undefined],
])('with the selector labels %s Flagger rewrites %j', (labels, expected) => {
  expect(FlaggerCanaryFact.labelOf(workload(`{ matchLabels: ${labels} }`, '{ app: web }'))).toBe(expected);
});

test('expressions tell Flagger nothing', () => {
  const expression = '{ matchExpressions: [{ key: app, operator: In, values: [web] }] }';
  expect(FlaggerCanaryFact.labelOf(workload(expression, '{ app: web }'))).toBeUndefined();
});

test.each([
  ['{ app: web }', '{ app: web, part: shop }', { app: 'web-primary', part: 'shop' }],
  ['{ name: web }', '{ app: web, name: web }', { app: 'web', name: 'web-primary' }],
  ['{ app: web }', '{ part: shop }', { app: 'web-primary', part: 'shop' }],
  ['{ part: shop }', '{ app: web, part: shop }', { app: 'web', part: 'shop' }],
])('from the selector %s and the labels %s the pods that serve bear %j', (selector, labels, expected) => {
  expect(FlaggerCanaryFact.primaryLabels(workload(`{ matchLabels: ${selector} }`, labels))).toEqual(expected);
});

test.each([
  'spec',
  'spec.targetRef',
  'spec.targetRef.kind',
  'spec.targetRef.name',
  'spec.autoscalerRef',
  'spec.autoscalerRef.kind',
  'spec.autoscalerRef.name',
  'spec.service',
  'spec.service.name',
  'spec.analysis',
  'spec.analysis.stepWeight',
  'spec.analysis.maxWeight',
  'spec.analysis.iterations',
  'spec.analysis.metrics',
  'spec.analysis.metrics.0.name',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  // What is raw is left out: it is as it was written.
  const read = (changedManifest: unknown) => {
    const { analysis: _, ...rest } = readings(new World([{ manifest: changedManifest }]).delivery.canaries[0]);
    return rest;
  };
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
