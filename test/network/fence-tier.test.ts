import { Chart } from 'cdk8s';
import * as p from '../../lib';
import { Manifests } from '../../lib';
import { thrown } from '../support/apps';

const chartIn = (calico?: string) => {
  const network = calico === undefined ? undefined : p.ClusterNetwork.of({ calico });
  return new Chart(new p.ProductionApp({ target: p.TargetCluster.of({ network }) }), 'platform', { namespace: 'ops' });
};

test('the tier, as a reviewer reads it', () => {
  const chart = chartIn('3.29');
  expect(new p.FenceTier(chart, 'apps', { order: 500 }).tierName).toBe('apps');
  expect(Manifests.of(chart).one('Tier')).toEqual({
    apiVersion: 'projectcalico.org/v3',
    kind: 'Tier',
    metadata: { name: 'apps', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-patterns' } },
    spec: { order: 500 },
  });
});

test.each([
  ['adminnetworkpolicy', '3.29', false],
  ['adminnetworkpolicy', '3.31', false],
  ['adminnetworkpolicy', '3.32', true],
  ['baselineadminnetworkpolicy', '3.31', false],
  ['baselineadminnetworkpolicy', '3.32', true],
  ['kube-admin', '3.31', true],
  ['kube-admin', '3.32', false],
  ['kube-baseline', '3.31', true],
  ['kube-baseline', '3.32', false],
  ['default', '3.29', false],
  ['default', '3.32', false],
])('%s may be made with Calico %s: %s', (name, calico, isFree) => {
  const make = () => new p.FenceTier(chartIn(calico), name, { order: 1 });
  if (isFree) expect(make).not.toThrow();
  else expect(thrown(make)).toBe(`[platform/${name}] FenceTier: \`${name}\` is Calico's own; name it 'apps'`);
});

test('tiers need a release that has them', () => {
  const fix = "use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })";
  const message = (has: string) =>
    `[platform/apps] FenceTier: tiers need Calico 3.29 or newer, the target has ${has}; ${fix}`;
  expect(thrown(() => new p.FenceTier(chartIn('3.28'), 'apps', { order: 1 }))).toBe(message('3.28'));
  expect(thrown(() => new p.FenceTier(chartIn(), 'apps', { order: 1 }))).toBe(message('none'));
});

test.each([
  [0, '[platform/apps] order: 0 is outside 1 to 999999'],
  [1_000_000, '[platform/apps] order: 1000000 is outside 1 to 999999'],
])('order %d is refused', (order, message) => {
  expect(thrown(() => new p.FenceTier(chartIn('3.31'), 'apps', { order }))).toBe(message);
});

test('a name that is none, and the last order there is', () => {
  expect(thrown(() => new p.FenceTier(chartIn('3.31'), 'Apps', { order: 1 }))).toBe(
    '[platform/Apps] FenceTier: `Apps` is not a DNS label; use lower-case letters, digits and inner hyphens',
  );
  expect(() => new p.FenceTier(chartIn('3.31'), 'apps', { order: 999_999 })).not.toThrow();
});
