import { type WorkloadFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const KINDS: [string, string, string][] = [
  ['apps/v1', 'Deployment', 'spec.template.spec'],
  ['apps/v1', 'StatefulSet', 'spec.template.spec'],
  ['apps/v1', 'DaemonSet', 'spec.template.spec'],
  ['apps/v1', 'ReplicaSet', 'spec.template.spec'],
  ['argoproj.io/v1alpha1', 'Rollout', 'spec.template.spec'],
  ['batch/v1', 'Job', 'spec.template.spec'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template.spec'],
  ['v1', 'Pod', 'spec'],
];

/** A workload whose template, wherever it lies, has one container. */
function manifestOf(apiVersion: string, kind: string, field: string): unknown {
  const spec = { containers: [{ name: 'web' }] };
  const template = { metadata: { name: 'pod', labels: { app: 'web' } }, spec };
  if (kind === 'Pod') return { apiVersion, kind, ...template };
  const above = field.split('.').slice(0, -1).reverse();
  const body = above.reduce<unknown>((value, key) => ({ [key]: value }), template);
  return { apiVersion, kind, metadata: { name: 'web' }, ...(body as object) };
}

test.each(KINDS)('%s %s has its pod at %s', (apiVersion, kind, field) => {
  const [workload] = new World([{ manifest: manifestOf(apiVersion, kind, field) }]).workloads;
  expect(workload.kind).toBe(kind);
  expect(workload.pod.field).toBe(field);
  expect(workload.pod.labels).toEqual({ app: 'web' });
  expect(workload.pod.containers.map(({ name }) => name)).toEqual(['web']);
});

test.each([
  ['apps/v1beta2', 'Deployment', 1],
  ['batch/v1beta1', 'CronJob', 1],
  ['extensions/v1beta1', 'Deployment', 0],
  ['v1', 'Deployment', 0],
  ['apps/v1', 'Pod', 0],
  ['apps/v1', 'ControllerRevision', 0],
  ['argoproj.io/v1alpha1', 'Application', 0],
  ['example.com/apps/v1', 'Deployment', 0],
])('%s %s: %i workloads', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).workloads).toHaveLength(count);
});

const of = (apiVersion: string, kind: string, spec: string) =>
  worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, spec: ${spec} }`).workloads[0] as WorkloadFact;
const deployment = (spec: string) => of('apps/v1', 'Deployment', spec);

test.each([
  ['apps/v1', 'Deployment', true, false],
  ['apps/v1', 'StatefulSet', true, false],
  ['apps/v1', 'ReplicaSet', true, false],
  ['argoproj.io/v1alpha1', 'Rollout', true, false],
  ['apps/v1', 'DaemonSet', false, false],
  ['v1', 'Pod', false, false],
  ['batch/v1', 'Job', false, true],
  ['batch/v1', 'CronJob', false, true],
])('%s %s keeps a chosen number of pods: %j; ends by itself: %j', (apiVersion, kind, isReplicated, endsByItself) => {
  const workload = of(apiVersion, kind, '{}');
  expect([workload.isReplicated, workload.endsByItself]).toEqual([isReplicated, endsByItself]);
});

test.each([
  ['{ replicas: 3 }', 3],
  ['{ replicas: 0 }', 0],
  ['{ replicas: null }', undefined],
  ['{ replicas: "3" }', undefined],
  ['{ replicas: 1.5 }', undefined],
  ['{}', undefined],
  ['null', undefined],
])('%s: %j replicas are written', (spec, replicas) => {
  expect(deployment(spec).writtenReplicas).toBe(replicas);
});

test('the selector is that of the spec', () => {
  expect(String(deployment('{ selector: { matchLabels: { app: web } } }').selector)).toBe('app=web');
  expect(deployment('{}').selector.isNull).toBe(true);
});

test('an Argo Rollout may take its template from a Deployment', () => {
  const from = (spec: string) => of('argoproj.io/v1alpha1', 'Rollout', spec).templateFrom;
  expect(from('{ workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }')).toBe('web');
  expect(['{}', '{ workloadRef: null }', '{ workloadRef: 7 }', '{ workloadRef: { name: 7 } }'].map(from)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(deployment('{ workloadRef: { name: web } }').templateFrom).toBeUndefined();
});

test.each([
  ['{ cdk8s-patterns/role: worker }', true],
  ['{ cdk8s-patterns/role: web }', false],
  ['{}', false],
])('with the pod annotations %s it is a worker: %j', (annotations, expected) => {
  expect(deployment(`{ template: { metadata: { annotations: ${annotations} } } }`).isWorker).toBe(expected);
});

const headed = (metadata: string, podMetadata = '{}') =>
  worldOf(
    `{ apiVersion: apps/v1, kind: Deployment, metadata: ${metadata}, spec: { template: { metadata: ${podMetadata} } } }`,
  ).workloads[0] as WorkloadFact;

test.each([
  ['{ annotations: { cdk8s-patterns/disposable: "true" } }', true],
  ['{ annotations: { cdk8s-patterns/disposable: "false" } }', false],
  ['{ annotations: { cdk8s-patterns/disposable: true } }', false],
  ['{}', false],
])('with %s it is disposable: %j', (metadata, expected) => {
  expect(headed(metadata).isDisposable).toBe(expected);
});

test('only the workload says that it is disposable, only the pod that it works', () => {
  const annotations = '{ annotations: { cdk8s-patterns/disposable: "true", cdk8s-patterns/role: worker } }';
  expect([headed('{}', annotations).isDisposable, headed(annotations).isWorker]).toEqual([false, false]);
});

const MANAGED = '{ labels: { app.kubernetes.io/managed-by: cdk8s-patterns } }';
const INSTANCE = '{ labels: { app.kubernetes.io/instance: shop } }';

test('the app of the pods is known of managed workloads alone', () => {
  expect(headed(MANAGED, INSTANCE).managedInstance).toBe('shop');
  expect(headed(MANAGED).managedInstance).toBeUndefined();
  expect(headed('{}', INSTANCE).managedInstance).toBeUndefined();
  expect(headed('{ labels: { app.kubernetes.io/managed-by: Helm } }', INSTANCE).managedInstance).toBeUndefined();
});

const written = (spec: string) => {
  const rollout = deployment(spec).rollout;
  return [rollout?.field, rollout?.stopsFirst, String(rollout?.maxUnavailable), String(rollout?.maxSurge)];
};

test.each([
  ['{}', false, '25%', '25%'],
  ['{ strategy: { type: Recreate } }', true, '25%', '25%'],
  ['{ strategy: { type: RollingUpdate } }', false, '25%', '25%'],
  ['{ strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } }', false, '0', '1'],
  ['{ strategy: { rollingUpdate: { maxUnavailable: 10%, maxSurge: 100% } } }', false, '10%', '100%'],
  ['{ strategy: { rollingUpdate: { maxUnavailable: null, maxSurge: null } } }', false, '25%', '25%'],
  ['{ strategy: { rollingUpdate: { maxUnavailable: "1", maxSurge: true } } }', false, '25%', '25%'],
  ['{ strategy: { rollingUpdate: null } }', false, '25%', '25%'],
  ['{ strategy: { rollingUpdate: 7 } }', false, '25%', '25%'],
  ['{ strategy: null }', false, '25%', '25%'],
  ['{ strategy: Recreate }', false, '25%', '25%'],
  ['{ strategy: { type: null } }', false, '25%', '25%'],
])('a Deployment with %s stops first: %j, misses %s, adds %s', (spec, stopsFirst, maxUnavailable, maxSurge) => {
  expect(written(spec)).toEqual(['spec.strategy', stopsFirst, maxUnavailable, maxSurge]);
});

test.each(KINDS.filter(([, kind]) => kind !== 'Deployment'))('%s %s says nothing of surge', (apiVersion, kind) => {
  expect(of(apiVersion, kind, '{}').rollout).toBeUndefined();
});

test.each([
  ['{ progressDeadlineSeconds: 60, minReadySeconds: 5 }', 60, 5],
  ['{ progressDeadlineSeconds: null, minReadySeconds: null }', 600, 0],
  ['{ progressDeadlineSeconds: "60", minReadySeconds: 5.5 }', 600, 0],
  ['{}', 600, 0],
])('%s: the deadline is %i s, a pod must be ready for %i s', (spec, deadline, ready) => {
  expect([deployment(spec).progressDeadline, deployment(spec).minReady]).toEqual([deadline, ready]);
});

test.each(['spec', 'spec.template', 'spec.template.metadata', 'spec.template.spec', 'metadata'])(
  '%s of a wrong type reads as missing',
  (path) => {
    const [manifest] = objects(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec: { replicas: 3, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`);
    const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).workloads);
    const missing = read(without(manifest, path));
    expect(missing).not.toEqual(read(manifest));
    for (const wrong of [null, 7, true, ['a'], 'text']) {
      expect(read(changed(manifest, path, wrong))).toEqual(missing);
    }
  },
);
