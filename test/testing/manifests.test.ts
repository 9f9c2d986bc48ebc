import { ApiObject, App, Chart } from 'cdk8s';
import { Findings, Manifests } from '../../lib';
import { chartIn, thrown, web } from '../support/apps';

test('gives the objects below a scope', () => {
  const { app, chart } = chartIn();
  const checkout = web(chart, 'checkout');
  web(new Chart(app, 'other'), 'search');
  expect(
    Manifests.of(app)
      .all('Deployment')
      .map((d) => d.metadata.name),
  ).toEqual(['checkout', 'search']);
  expect(Manifests.of(checkout).one('Service').metadata.name).toBe('checkout');
  expect(Manifests.of(app).one('Deployment', 'search').spec.replicas).toBe(2);
  expect(Manifests.of(chart).all('Job')).toEqual([]);
});

test('says what there is where one object is not there, or not the only one', () => {
  const { chart } = chartIn();
  for (const name of ['a', 'b'])
    new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  const manifests = Manifests.of(chart);
  expect(thrown(() => manifests.one('ConfigMap'))).toBe(
    'Manifests.one: there are 2 of ConfigMap; there are ConfigMap a, ConfigMap b',
  );
  expect(thrown(() => manifests.one('ConfigMap', 'c'))).toBe(
    'Manifests.one: there are 0 of ConfigMap c; there are ConfigMap a, ConfigMap b',
  );
});

test('gives the findings below a scope, of an app without checks too', () => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  const other = new Chart(app, 'other');
  web(chart, 'web', 12);
  Findings.of(chart).acknowledge('app/grace-too-short', 'known');
  expect(
    Manifests.of(chart)
      .findings()
      .map(({ id, acknowledged }) => [id, acknowledged]),
  ).toEqual([['app/grace-too-short', 'known']]);
  expect(Manifests.of(other).findings()).toEqual([]);
});
