import { App, Chart } from 'cdk8s';
import { KubernetesVersion, TargetCluster } from '../../lib';
import { thrown } from '../support/apps';

test('a cluster of which nothing is said runs 1.33, has an unknown number of nodes and is meant to last', () => {
  const target = TargetCluster.of();
  expect(target.kubernetes).toBe(KubernetesVersion.V1_33);
  expect(target.nodes).toBeUndefined();
  expect(target.istio).toBeUndefined();
  expect(target.disposable).toBe(false);
});

test('what is said of a cluster can be read', () => {
  const target = TargetCluster.of({ kubernetes: KubernetesVersion.V1_28, nodes: 1, disposable: true });
  expect(target.kubernetes).toBe(KubernetesVersion.V1_28);
  expect(target.nodes).toBe(1);
  expect(target.disposable).toBe(true);
});

test('a cluster has one node or more', () => {
  expect(thrown(() => TargetCluster.of({ nodes: 0 }))).toBe('TargetCluster.of: nodes: 0 is below 1');
  expect(thrown(() => TargetCluster.of({ nodes: 2.5 }))).toBe('TargetCluster.of: nodes: 2.5 is not a whole number');
});

test.each([
  ['1.30', '1.30'],
  ['1.9', '1.9'],
  ['1.100', '1.100'],
  ['v1.30', '1.30'],
  ['1.30.2', '1.30'],
  ['v1.30.12', '1.30'],
])('Istio %s is release %s', (istio, release) => {
  expect(TargetCluster.of({ istio }).istio).toBe(release);
});

test.each([
  '',
  '1',
  '1.',
  '1.x',
  '2.30',
  '1.1000',
  '1.30.',
  '1.30.2.1',
  '1.30-rc.0',
  'v',
  'vv1.30',
  ' 1.30',
  '1.30 ',
  '11.30',
  'latest',
])('%j is no release of Istio', (istio) => {
  expect(thrown(() => TargetCluster.of({ istio }))).toBe(
    `TargetCluster.of: istio: \`${istio}\` is no release of Istio; use istio: '1.30'`,
  );
});

/** An app, a chart in it, and a chart in that. */
function tree(): readonly [App, Chart, Chart] {
  const app = new App();
  const chart = new Chart(app, 'chart');
  return [app, chart, new Chart(chart, 'inner')];
}

test('the target of an app holds for everything below it', () => {
  const [app, chart, inner] = tree();
  const target = TargetCluster.of();
  target.useIn(app);
  expect([app, chart, inner].map((scope) => TargetCluster.find(scope) === target)).toEqual([true, true, true]);
});

test('the nearest target holds', () => {
  const [app, chart, inner] = tree();
  const outer = TargetCluster.of({ nodes: 3 });
  const own = TargetCluster.of({ nodes: 5 });
  outer.useIn(app);
  own.useIn(chart);
  expect([app, chart, inner].map((scope) => TargetCluster.find(scope).nodes)).toEqual([3, 5, 5]);
});

test('without a target the default one holds, and it is the same everywhere', () => {
  const [app, , inner] = tree();
  expect(TargetCluster.find(app).kubernetes).toBe(KubernetesVersion.V1_33);
  expect(TargetCluster.find(inner)).toBe(TargetCluster.find(app));
});

test('a later target replaces an earlier one', () => {
  const [app] = tree();
  TargetCluster.of({ nodes: 3 }).useIn(app);
  TargetCluster.of({ nodes: 5 }).useIn(app);
  expect(TargetCluster.find(app).nodes).toBe(5);
});

test('the target lies under a key that other versions of the library look for', () => {
  const [app] = tree();
  const target = TargetCluster.of();
  target.useIn(app);
  expect(Reflect.get(app, Symbol.for('cdk8s-patterns.TargetCluster'))).toBe(target);
});

test('a second copy of the library finds the target of the first', () => {
  const [app] = tree();
  const target = TargetCluster.of({ nodes: 3 });
  target.useIn(app);
  let found: unknown;
  jest.isolateModules(() => {
    found = (require('../../lib') as { TargetCluster: typeof TargetCluster }).TargetCluster.find(app);
  });
  expect(found).toBe(target);
});
