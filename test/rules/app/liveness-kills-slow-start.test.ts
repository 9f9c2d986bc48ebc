import { livenessKillsSlowStart as rule } from '../../../lib/rules/app/liveness-kills-slow-start';
import { findings, findingsOf, varied } from '../../support/rules';

const CONTAINER = 'Deployment web: app/liveness-kills-slow-start: spec.template.spec.containers[0]';
const WITHOUT = (patience: number, start: number, failures: number) =>
  `${CONTAINER}.startupProbe: missing, and livenessProbe gives up after ${patience}s, but the app may take ${start}s to start, so that it is killed again and again; add a startupProbe that asks the same, with periodSeconds: 5 and failureThreshold: ${failures}`;
const IMPATIENT = (patience: number, start: number, failures: number) =>
  `${CONTAINER}.startupProbe.failureThreshold: gives up after ${patience}s, but the app may take ${start}s to start, so that it is killed again and again; set failureThreshold to ${failures} or more`;

test('says how long liveness waits and how long the start takes', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([WITHOUT(20, 45, 10)]);
});

const starts = (time: string) => varied(rule.bad, 'starts-within: 45s', `starts-within: ${time}`);

test('three failures, ten seconds apart, are over after 20 seconds, not after 30', () => {
  expect(findingsOf(rule, starts('20s'))).toEqual([]);
  expect(findingsOf(rule, starts('21s'))).toEqual([WITHOUT(20, 21, 6)]);
});

const liveness = (numbers: string) => varied(rule.bad, 'port: 8080 }', `port: 8080 }, ${numbers}`);

test.each([
  ['initialDelaySeconds: 25', 0],
  ['initialDelaySeconds: 24', 1],
  ['failureThreshold: 6', 0],
  ['failureThreshold: 5', 1],
  ['periodSeconds: 23', 0],
  ['periodSeconds: 22', 1],
])('a start of 45 s with %s: %i findings', (numbers, count) => {
  expect(findingsOf(rule, liveness(numbers))).toHaveLength(count);
});

const startup = (numbers: string) => varied(rule.good, 'periodSeconds: 5, failureThreshold: 10', numbers);

test('a startup probe needs the patience itself, and then liveness needs none', () => {
  expect(findingsOf(rule, startup('periodSeconds: 5, failureThreshold: 9'))).toEqual([IMPATIENT(40, 45, 10)]);
  expect(findingsOf(rule, startup('periodSeconds: 10'))).toEqual([IMPATIENT(20, 45, 6)]);
  expect(findingsOf(rule, startup('initialDelaySeconds: 30, periodSeconds: 6'))).toEqual([IMPATIENT(42, 45, 4)]);
  expect(findingsOf(rule, startup('initialDelaySeconds: 30, periodSeconds: 6, failureThreshold: 4'))).toEqual([]);
});

test('a startup probe kills without a liveness probe, too', () => {
  const alone = varied(startup('periodSeconds: 5'), 'livenessProbe', 'readinessProbe');
  expect(findingsOf(rule, alone)).toEqual([IMPATIENT(10, 45, 10)]);
});

test('readiness kills nobody', () => {
  expect(findings(varied(rule.bad, 'livenessProbe', 'readinessProbe'))).toEqual([]);
});

test('a start that nobody has measured is not judged', () => {
  expect(findingsOf(rule, starts('soon'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '{ cdk8s-patterns/starts-within: 45s }', '{}'))).toEqual([]);
});

const PROBED = 'name: log, image: "log:1.0", livenessProbe: { httpGet: { port: 80 } }';

test('the annotation speaks of the app, not of its sidecars', () => {
  const native = `initContainers: [{ ${PROBED}, restartPolicy: Always }]\n      containers:\n`;
  expect(findingsOf(rule, varied(rule.good, 'containers:\n', native))).toEqual([]);
  const classic = varied(rule.good, 'containers:\n', `containers:\n        - { ${PROBED} }\n`);
  expect(findingsOf(rule, classic)).toEqual([WITHOUT(20, 45, 10)]);
  expect(
    findingsOf(rule, varied(classic, 'starts-within: 45s', 'starts-within: 45s, cdk8s-patterns/classic-sidecars: log')),
  ).toEqual([]);
});
