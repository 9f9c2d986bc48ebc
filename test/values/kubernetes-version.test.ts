import { KubernetesFeature, KubernetesVersion } from '../../lib';
import { thrown } from '../support/apps';

test.each([
  [KubernetesVersion.V1_27, 27],
  [KubernetesVersion.V1_28, 28],
  [KubernetesVersion.V1_29, 29],
  [KubernetesVersion.V1_30, 30],
  [KubernetesVersion.V1_31, 31],
  [KubernetesVersion.V1_32, 32],
  [KubernetesVersion.V1_33, 33],
  [KubernetesVersion.V1_34, 34],
  [KubernetesVersion.V1_35, 35],
  [KubernetesVersion.V1_36, 36],
  [KubernetesVersion.V1_37, 37],
])('%s has the minor version %i', (version, minor) => {
  expect(version.minor).toBe(minor);
  expect(String(version)).toBe(`1.${minor}`);
});

test.each([
  ['1.27', 27],
  ['1.37', 37],
  ['v1.33', 33],
  ['1.33.4', 33],
  ['v1.33.10', 33],
  ['1.33+', 33],
  ['v1.33.4-gke.1234', 33],
  ['1.33.4+k3s1', 33],
])('%s is read as minor version %i', (text, minor) => {
  expect(KubernetesVersion.of(text).minor).toBe(minor);
});

test.each([
  '1.26',
  '1.38',
  '2.33',
  '1',
  '1.',
  '33',
  'latest',
  '',
  ' 1.33',
  '1.33 ',
  'vv1.33',
  '1.33.',
  '1.33.4.5',
  '1.33.x',
  '1x33',
  '11.33',
  'v1.33x',
])('%j is refused', (text) => {
  expect(thrown(() => KubernetesVersion.of(text))).toBe(
    `KubernetesVersion.of: \`${text}\` is outside 1.27 to 1.37; use KubernetesVersion.V1_33`,
  );
});

const HISTORY: [KubernetesFeature, string, number, number | undefined, string][] = [
  [KubernetesFeature.NATIVE_SIDECARS, 'native sidecars', 29, 33, 'KEP-753'],
  [KubernetesFeature.PRE_STOP_SLEEP, 'preStop sleep', 30, 34, 'KEP-3960'],
  [KubernetesFeature.PRE_STOP_SLEEP_ZERO, 'preStop sleep of zero seconds', 33, 34, 'KEP-4818'],
  [KubernetesFeature.NODE_TAINTS_POLICY, 'node taints in spread', 26, 33, 'KEP-3094'],
  [KubernetesFeature.SPREAD_MATCH_LABEL_KEYS, 'label keys in spread', 27, undefined, 'KEP-3243'],
  [KubernetesFeature.UNHEALTHY_POD_EVICTION, 'eviction of unhealthy pods', 27, 31, 'KEP-3017'],
  [KubernetesFeature.CONTAINER_RESOURCE_METRICS, 'container resource metrics', 27, 30, 'KEP-1610'],
];

test('every feature has a row of history', () => {
  expect(KubernetesVersion._features()).toEqual(
    HISTORY.map(([feature, , usableSince, stableSince, source]) => [feature, { usableSince, stableSince, source }]),
  );
});

test.each(HISTORY)('%s reads `%s`', (feature, text) => {
  expect(feature).toBe(text);
});

test.each([
  [KubernetesFeature.NATIVE_SIDECARS, KubernetesVersion.V1_28, KubernetesVersion.V1_29],
  [KubernetesFeature.PRE_STOP_SLEEP, KubernetesVersion.V1_29, KubernetesVersion.V1_30],
  [KubernetesFeature.PRE_STOP_SLEEP_ZERO, KubernetesVersion.V1_32, KubernetesVersion.V1_33],
])('%s: not in %s, in %s', (feature, last, first) => {
  expect(last.supports(feature)).toBe(false);
  expect(first.supports(feature)).toBe(true);
});

test('a feature that the release has is not refused', () => {
  expect(() => KubernetesVersion.V1_29._require(KubernetesFeature.NATIVE_SIDECARS, 'x', 'y')).not.toThrow();
});

test('a feature that the release lacks is refused with both versions', () => {
  expect(
    thrown(() => KubernetesVersion.V1_28._require(KubernetesFeature.NATIVE_SIDECARS, 'Sidecar', 'use another')),
  ).toBe('Sidecar: needs Kubernetes 1.29 or newer (native sidecars), the target is 1.28; use another');
});
