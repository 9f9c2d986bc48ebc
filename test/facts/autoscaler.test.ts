import { type AutoscalerFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

test.each([
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 1],
  ['autoscaling/v1', 'HorizontalPodAutoscaler', 1],
  ['keda.sh/v1alpha1', 'ScaledObject', 1],
  ['keda.sh/v1alpha1', 'ScaledJob', 0],
  ['keda.sh/v1alpha1', 'HorizontalPodAutoscaler', 0],
  ['autoscaling/v2', 'ScaledObject', 0],
  ['autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', 0],
])('%s %s: %i autoscalers', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).autoscalers).toHaveLength(count);
});

const of = (apiVersion: string, kind: string, spec: string) =>
  worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, spec: ${spec} }`).autoscalers[0] as AutoscalerFact;
const horizontal = (spec: string, apiVersion = 'autoscaling/v2') => of(apiVersion, 'HorizontalPodAutoscaler', spec);
const scaled = (spec: string) => of('keda.sh/v1alpha1', 'ScaledObject', spec);

test.each([
  ['{ scaleTargetRef: { apiVersion: apps/v1, kind: StatefulSet, name: db } }', 'StatefulSet/db'],
  ['{ scaleTargetRef: { name: web } }', 'Deployment/web'],
  ['{ scaleTargetRef: { kind: null, name: null } }', 'Deployment/'],
  ['{ scaleTargetRef: { kind: 7, name: 7 } }', 'Deployment/'],
  ['{ scaleTargetRef: 7 }', 'Deployment/'],
  ['{ scaleTargetRef: null }', 'Deployment/'],
  ['{}', 'Deployment/'],
])('%s scales %s', (spec, key) => {
  expect(horizontal(spec).targetKey).toBe(key);
  expect(scaled(spec).targetKey).toBe(key);
});

test.each([
  ['{ minReplicas: 2, maxReplicas: 5 }', 2, 5],
  ['{ minReplicas: 0, maxReplicas: 5 }', 0, 5],
  ['{ minReplicaCount: 2, maxReplicaCount: 5 }', 1, 100],
  ['{ minReplicas: null, maxReplicas: null }', 1, 100],
  ['{ minReplicas: "2", maxReplicas: 5.5 }', 1, 100],
  ['{}', 1, 100],
])('a HorizontalPodAutoscaler with %s keeps %i to %i pods', (spec, min, max) => {
  expect([horizontal(spec).min, horizontal(spec).max]).toEqual([min, max]);
});

test.each([
  ['{ minReplicaCount: 2, maxReplicaCount: 5 }', 2, 5],
  ['{ minReplicas: 2, maxReplicas: 5 }', 0, 100],
  ['{ minReplicaCount: null, maxReplicaCount: null }', 0, 100],
  ['{ minReplicaCount: "2", maxReplicaCount: 5.5 }', 0, 100],
  ['{}', 0, 100],
])('a ScaledObject with %s keeps %i to %i pods', (spec, min, max) => {
  expect([scaled(spec).min, scaled(spec).max]).toEqual([min, max]);
});

const METRICS = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
spec:
  metrics:
    - { type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue } } }
    - { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }
    - { type: Resource, resource: { name: memory, target: { type: AverageValue, averageValue: 1Gi } } }
    - type: ContainerResource
      containerResource: { name: memory, container: web, target: { type: Utilization, averageUtilization: 70 } }
`;

test('metrics that divide by requests are listed, each at its field', () => {
  expect(worldOf(METRICS).autoscalers[0].utilization).toEqual([
    { field: 'spec.metrics[1]', resource: 'cpu', container: undefined },
    { field: 'spec.metrics[3]', resource: 'memory', container: 'web' },
  ]);
});

test('the type says which body counts', () => {
  const body = '{ name: cpu, target: { type: Utilization } }';
  expect(horizontal(`{ metrics: [{ type: Resource, containerResource: ${body} }] }`).utilization).toEqual([]);
  expect(horizontal(`{ metrics: [{ type: ContainerResource, resource: ${body} }] }`).utilization).toEqual([]);
  expect(
    horizontal(`{ metrics: [{ type: Pods, resource: ${body}, containerResource: ${body} }] }`).utilization,
  ).toEqual([]);
});

test.each(['{}', '{ metrics: [] }', '{ metrics: null }', '{ metrics: 7 }', '{ metrics: {} }'])(
  'with %s it aims at a share of the CPU',
  (spec) => {
    expect(horizontal(spec).utilization).toEqual([{ field: 'spec.metrics', resource: 'cpu', container: undefined }]);
  },
);

test('autoscaling/v1 knows a share of the CPU alone', () => {
  expect(horizontal('{ metrics: [{ type: Pods }] }', 'autoscaling/v1').utilization).toEqual([
    { field: 'spec.targetCPUUtilizationPercentage', resource: 'cpu', container: undefined },
  ]);
});

test.each([
  'spec.metrics.1.type',
  'spec.metrics.1.resource',
  'spec.metrics.1.resource.name',
  'spec.metrics.1.resource.target',
  'spec.metrics.1.resource.target.type',
  'spec.metrics.3.containerResource',
  'spec.metrics.3.containerResource.container',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(METRICS);
  const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).autoscalers);
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 7, true, ['a']]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});

test('a metric of a wrong type counts for nothing', () => {
  expect(horizontal('{ metrics: [null, 7, text, [a]] }').utilization).toEqual([]);
});

const TRIGGERS = `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
spec:
  triggers:
    - { type: kafka, metadata: { topic: orders } }
    - { type: cpu, metricType: Utilization, metadata: { value: "70" } }
    - { type: memory, metadata: { value: "70", containerName: web } }
    - { type: memory, metricType: AverageValue, metadata: { value: 1Gi } }
`;

test('triggers that divide by requests are listed, each at its field', () => {
  expect(worldOf(TRIGGERS).autoscalers[0].utilization).toEqual([
    { field: 'spec.triggers[1]', resource: 'cpu', container: undefined },
    { field: 'spec.triggers[2]', resource: 'memory', container: 'web' },
  ]);
});

test.each([
  '{}',
  '{ triggers: null }',
  '{ triggers: 7 }',
  '{ triggers: [null, 7, {}, { type: 7 }] }',
  '{ metrics: [] }',
])('a ScaledObject with %s divides by no request', (spec) => {
  expect(scaled(spec).utilization).toEqual([]);
});

test.each(['null', '7', '[a]', '{}', '{ containerName: 7 }', '{ containerName: null }'])(
  'metadata of a trigger that is %s names no container',
  (metadata) => {
    expect(scaled(`{ triggers: [{ type: cpu, metadata: ${metadata} }] }`).utilization).toEqual([
      { field: 'spec.triggers[0]', resource: 'cpu', container: undefined },
    ]);
  },
);
