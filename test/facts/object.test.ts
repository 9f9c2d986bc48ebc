import { KubernetesFeature, KubernetesVersion, TargetCluster } from '../../lib';
import { ObjectFact } from '../../lib/facts';
import { changed, readings } from '../support/facts';
import { objects } from '../support/rules';

const [CONFIG] = objects(`
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  namespace: shop
  labels: { app: web }
  annotations: { note: hello }
spec: { a: { b: 7 } }
`);

const fact = (manifest: unknown = CONFIG) => new ObjectFact({ manifest });

test('the head of an object is read', () => {
  expect(readings(fact())).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'web',
    writtenNamespace: 'shop',
    namespace: 'shop',
    labels: { app: 'web' },
    annotations: { note: 'hello' },
    acknowledgements: [],
    path: '',
    target: '1.33',
  });
});

test('a missing namespace is `default`, and is not said to be written', () => {
  const object = fact(objects('metadata: { name: web }')[0]);
  expect(object.namespace).toBe('default');
  expect(object.writtenNamespace).toBeUndefined();
});

test('a generated name stands in for a missing one', () => {
  expect(fact(objects('metadata: { generateName: job- }')[0]).name).toBe('job-');
  expect(fact(objects('metadata: { generateName: job-, name: mine }')[0]).name).toBe('mine');
});

test.each([[undefined], [null], [7], ['text'], [true], [[CONFIG]]])(
  '%j is an object of which nothing is known',
  (manifest) => {
    expect(readings(new ObjectFact({ manifest }))).toEqual({
      apiVersion: '',
      kind: '',
      name: '',
      writtenNamespace: undefined,
      namespace: 'default',
      labels: {},
      annotations: {},
      acknowledgements: [],
      path: '',
      target: '1.33',
    });
  },
);

test.each([
  ['apiVersion', { apiVersion: '' }],
  ['kind', { kind: '' }],
  ['metadata', { name: '', namespace: 'default', writtenNamespace: undefined, labels: {}, annotations: {} }],
  ['metadata.name', { name: '' }],
  ['metadata.namespace', { namespace: 'default', writtenNamespace: undefined }],
  ['metadata.labels', { labels: {} }],
  ['metadata.annotations', { annotations: {} }],
])('%s of a wrong type reads as missing', (path, missing) => {
  for (const wrong of [null, 7, true, ['a']]) {
    expect(readings(fact(changed(CONFIG, path, wrong)))).toEqual({ ...readings(fact()), ...missing });
  }
});

test('a label that is no text is left out', () => {
  expect(fact(objects('metadata: { labels: { a: b, c: 1, d: null } }')[0]).labels).toEqual({ a: 'b' });
});

test('spec and what lies below it is given as it is', () => {
  expect(fact().spec).toEqual({ a: { b: 7 } });
  expect(fact().at('spec', 'a', 'b')).toBe(7);
  expect(fact().at('spec', 'x', 'b')).toBeUndefined();
  expect(fact({ spec: null }).spec).toEqual({});
});

test('the target and the origin are those of the source', () => {
  const target = TargetCluster.of({ nodes: 3 });
  const origin = { path: 'shop/web' };
  const object = new ObjectFact({ manifest: CONFIG, target, origin });
  expect(object.target).toBe(target);
  expect(object.origin).toBe(origin);
  expect(object.manifest).toBe(CONFIG);
});

test('acknowledgements are the annotations that name an id, with their reasons', () => {
  const [manifest] = objects(`
metadata:
  annotations:
    cdk8s-patterns/acknowledge.app.grace-too-short: tested
    cdk8s-patterns/acknowledge.availability.no-budget: ""
    cdk8s-patterns/drain: 5s
`);
  expect(fact(manifest).acknowledgements).toEqual([
    { id: 'app/grace-too-short', reason: 'tested' },
    { id: 'availability/no-budget', reason: '' },
  ]);
});

const on = (kubernetes: KubernetesVersion) =>
  new ObjectFact({ manifest: CONFIG, target: TargetCluster.of({ kubernetes }) });

test('a feature that the target lacks is told with both versions', () => {
  expect(on(KubernetesVersion.V1_29).lacking(KubernetesFeature.PRE_STOP_SLEEP)).toBe(
    'needs Kubernetes 1.30 or newer, the target is 1.29',
  );
});

test('a feature that the target has lacks nothing', () => {
  expect(on(KubernetesVersion.V1_30).lacking(KubernetesFeature.PRE_STOP_SLEEP)).toBeUndefined();
});

test.each([
  ['apps/v1', 'Deployment', 'apps', ['Deployment'], true],
  ['apps/v1beta1', 'Deployment', 'apps', ['StatefulSet', 'Deployment'], true],
  ['apps/v1', 'DaemonSet', 'apps', ['StatefulSet', 'Deployment'], false],
  ['apps/v1', 'Deployment', 'apps', [], false],
  ['extensions/v1', 'Deployment', 'apps', ['Deployment'], false],
  ['v1', 'Service', '', ['Service'], true],
  ['serving.knative.dev/v1', 'Service', '', ['Service'], false],
  ['v1', 'Service', 'v1', ['Service'], false],
  ['', 'Service', '', ['Service'], true],
])('%j %s is of group %j and one of %j: %j', (apiVersion, kind, group, kinds, expected) => {
  expect(fact({ apiVersion, kind }).isOf(group, ...kinds)).toBe(expected);
});
