import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { CountOrPercent, DisruptionGuard, Manifests } from '../../lib';
import { chartIn, thrown, web } from '../support/apps';

/** The budget below a chart. */
function budgetIn(chart: Chart): any {
  return Manifests.of(chart).one('PodDisruptionBudget');
}

const podLabels = { app: 'broker' };

test('is a budget of the name of its id, with our labels', () => {
  const { chart } = chartIn();
  const guard = new DisruptionGuard(chart, 'broker', { podLabels });
  expect(guard.budgetName).toBe('broker');
  expect(budgetIn(chart)).toEqual({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {
      name: 'broker',
      namespace: 'shop',
      labels: {
        'app.kubernetes.io/name': 'broker',
        'app.kubernetes.io/instance': 'broker',
        'app.kubernetes.io/managed-by': 'cdk8s-patterns',
      },
    },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { app: 'broker' } },
    },
  });
});

test('bears the name and the labels that it is given', () => {
  const { chart } = chartIn();
  const guard = new DisruptionGuard(chart, 'guard', { podLabels, name: 'votes', labels: { owner: 'me' } });
  expect(guard.budgetName).toBe('votes');
  expect(budgetIn(chart).metadata).toMatchObject({
    name: 'votes',
    labels: { 'app.kubernetes.io/name': 'votes', owner: 'me' },
  });
});

test('a quorum is said in an annotation, by which the rules judge', () => {
  const { app, chart } = chartIn();
  new DisruptionGuard(chart, 'guard', { podLabels, quorum: true });
  expect(budgetIn(chart).metadata.annotations).toEqual({ 'cdk8s-patterns/quorum': 'true' });
  const without = new Chart(app, 'other');
  new DisruptionGuard(without, 'guard', { podLabels });
  expect(budgetIn(without).metadata.annotations).toBeUndefined();
});

test('for an app of ours covers every variant of it', () => {
  const { chart } = chartIn();
  const shop = web(chart, 'checkout');
  new DisruptionGuard(new Chart(chart, 'ops'), 'guard', { protects: shop });
  expect(Manifests.of(chart).one('PodDisruptionBudget', 'guard').spec.selector).toEqual({
    matchLabels: { 'app.kubernetes.io/instance': 'checkout' },
  });
});

describe('for a workload of cdk8s-plus', () => {
  const containers = [{ image: 'nginx:1.27', securityContext: { user: 1000 } }];

  test('a Deployment: selects its pods by the labels in its manifest', () => {
    const { chart } = chartIn();
    const deployment = new kplus.Deployment(chart, 'web', { containers, replicas: 3 });
    new DisruptionGuard(chart, 'guard', { protects: deployment });
    const { matchLabels } = Manifests.of(chart).one('Deployment').spec.selector;
    expect(Object.keys(matchLabels)).toEqual(['cdk8s.io/metadata.addr']);
    expect(budgetIn(chart).spec.selector).toEqual({ matchLabels });
  });

  test('a StatefulSet: selects by what its pods bear, whatever else its own selector asks', () => {
    const { chart } = chartIn();
    const service = new kplus.Service(chart, 'service', { ports: [{ port: 80 }] });
    const set = new kplus.StatefulSet(chart, 'db', { containers, service, replicas: 3 });
    new DisruptionGuard(chart, 'guard', { protects: set, minAvailable: CountOrPercent.count(2) });
    set.select(kplus.LabelSelector.of({ labels: { role: 'db' } }));
    const { labels } = Manifests.of(chart).one('StatefulSet').spec.template.metadata;
    expect(Object.keys(labels)).toEqual(['cdk8s.io/metadata.addr']);
    expect(budgetIn(chart).spec).toEqual({
      minAvailable: 2,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { 'cdk8s.io/metadata.addr': labels['cdk8s.io/metadata.addr'] } },
    });
  });

  test('a selection by expressions is kept as expressions', () => {
    const { chart } = chartIn();
    const protects = kplus.Pods.select(chart, 'pods', { expressions: [kplus.LabelExpression.in('tier', ['a', 'b'])] });
    new DisruptionGuard(chart, 'guard', { protects });
    expect(budgetIn(chart).spec.selector).toEqual({
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }],
    });
  });

  test('one that would select every pod of the namespace is refused when it is written', () => {
    const { chart } = chartIn();
    new DisruptionGuard(chart, 'guard', { protects: kplus.Pods.all(chart, 'pods') });
    expect(thrown(() => budgetIn(chart))).toBe(
      '[shop/guard] protects: it selects every pod of the namespace; select by labels',
    );
  });
});

test('can be patched, and keeps fields that are newer than any model', () => {
  const { chart } = chartIn();
  const guard = new DisruptionGuard(chart, 'guard', { podLabels });
  ApiObject.of(guard).addJsonPatch(JsonPatch.add('/spec/brandNew', 1));
  expect(budgetIn(chart).spec).toMatchObject({ brandNew: 1, maxUnavailable: 1 });
});

test.each([
  [{}, 'DisruptionGuard: neither protects nor podLabels is given; give exactly one'],
  [{ podLabels, protects: {} as never }, 'DisruptionGuard: both protects and podLabels are given; give exactly one'],
  [
    { podLabels, evictable: CountOrPercent.count(1), minAvailable: CountOrPercent.count(1) },
    'DisruptionGuard: evictable 1 and minAvailable 1 are both given; give one: the cluster refuses a budget with two limits',
  ],
  [{ podLabels, name: 'a.b' }, 'name: `a.b` is not a DNS label; use lower-case letters, digits and inner hyphens'],
])('refuses %j with the path of the construct', (props, message) => {
  const { chart } = chartIn();
  expect(thrown(() => new DisruptionGuard(chart, 'guard', props))).toBe(`[shop/guard] ${message}`);
});
