import { progressDeadlineTooShort as rule } from '../../../lib/rules/app/progress-deadline-too-short';
import { findingsOf, varied } from '../../support/rules';

const line = (deadline: number, start: number, minReady: number, fix: number) =>
  `Deployment web: app/progress-deadline-too-short: spec.progressDeadlineSeconds: ${deadline}s, but a start of ${start}s + minReadySeconds ${minReady}s need ${start + minReady}s, so that a roll-out without fault counts as failed; set progressDeadlineSeconds to ${fix}; with WebApp: progressDeadline: Duration.seconds(${fix})`;

test('says the deadline and what has to fit into it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(600, 900, 5, 1810)]);
});

const deadline = (seconds: number) => varied(rule.bad, 'Seconds: 600', `Seconds: ${seconds}`);

test('a deadline that ends with the start is too short, one second more is enough', () => {
  expect(findingsOf(rule, deadline(905))).toEqual([line(905, 900, 5, 1810)]);
  expect(findingsOf(rule, deadline(906))).toEqual([]);
});

test('a missing deadline is 600 seconds', () => {
  const absent = varied(rule.bad, '  progressDeadlineSeconds: 600\n', '');
  expect(findingsOf(rule, absent)).toEqual([line(600, 900, 5, 1810)]);
  expect(findingsOf(rule, varied(absent, 'within: 15m', 'within: 594s'))).toEqual([]);
  expect(findingsOf(rule, varied(absent, 'within: 15m', 'within: 595s'))).toEqual([line(600, 595, 5, 1200)]);
});

test('missing minReadySeconds are none', () => {
  expect(findingsOf(rule, varied(rule.bad, '  minReadySeconds: 5\n', ''))).toEqual([line(600, 900, 0, 1800)]);
});

const PROBE = (failures: number) => `startupProbe: { httpGet: { port: 80 }, failureThreshold: ${failures} }`;
const probed = (...failures: number[]) =>
  varied(
    varied(rule.bad, 'annotations: { cdk8s-patterns/starts-within: 15m }', 'annotations: {}'),
    '[{ name: web, image: "web:1.0" }]',
    `[${failures.map((count, index) => `{ name: c${index}, image: "web:1.0", ${PROBE(count)} }`).join(', ')}]`,
  );

test('without the annotation the longest startup probe is the start', () => {
  expect(findingsOf(rule, probed(60))).toEqual([]);
  expect(findingsOf(rule, probed(61))).toEqual([line(600, 600, 5, 1210)]);
  expect(findingsOf(rule, probed(10, 91, 20))).toEqual([line(600, 900, 5, 1810)]);
});

test('the annotation counts more than the probe', () => {
  const both = varied(rule.bad, 'image: "web:1.0"', `image: "web:1.0", ${PROBE(500)}`);
  expect(findingsOf(rule, both)).toEqual([line(600, 900, 5, 1810)]);
  expect(findingsOf(rule, varied(both, 'within: 15m', 'within: 10s'))).toEqual([]);
});

test('without a probe minReadySeconds alone have to fit', () => {
  const unprobed = varied(probed(1), 'startupProbe', 'readinessProbe');
  const bare = (minReady: number) => varied(unprobed, 'minReadySeconds: 5', `minReadySeconds: ${minReady}`);
  expect(findingsOf(rule, bare(599))).toEqual([]);
  expect(findingsOf(rule, bare(600))).toEqual([line(600, 0, 600, 1200)]);
});

test('where nothing has to fit, no deadline is too short', () => {
  const nothing = varied(probed(), '  minReadySeconds: 5\n', '');
  expect(findingsOf(rule, varied(nothing, 'progressDeadlineSeconds: 600', 'progressDeadlineSeconds: 0'))).toEqual([]);
  const one = varied(rule.bad, 'minReadySeconds: 5', 'minReadySeconds: 1');
  const second = varied(varied(one, 'within: 15m', 'within: 0s'), 'Seconds: 600', 'Seconds: 1');
  expect(findingsOf(rule, second)).toEqual([line(1, 0, 1, 2)]);
});

test('only a Deployment has this deadline', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, 'apps/v1\nkind: Deployment', 'argoproj.io/v1alpha1\nkind: Rollout')),
  ).toEqual([]);
});
