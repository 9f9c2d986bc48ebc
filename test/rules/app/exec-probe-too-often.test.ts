import { execProbeTooOften as rule } from '../../../lib/rules/app/exec-probe-too-often';
import { findingsOf, varied } from '../../support/rules';

const line = (period: number, where = 'containers[0].livenessProbe') =>
  `Deployment mailer: app/exec-probe-too-often: spec.template.spec.${where}.periodSeconds: a command every ${period}s, below 10s, so that the container keeps starting processes; set periodSeconds to 10, or ask with httpGet`;

test('says how often the command runs', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(5)]);
});

const period = (text: string) => varied(rule.bad, ', periodSeconds: 5', text);

test('ten seconds are enough, nine are not, and ten is the default', () => {
  expect(findingsOf(rule, period(', periodSeconds: 10'))).toEqual([]);
  expect(findingsOf(rule, period(', periodSeconds: 9'))).toEqual([line(9)]);
  expect(findingsOf(rule, period(''))).toEqual([]);
  expect(findingsOf(rule, period(', periodSeconds: 0'))).toEqual([]);
});

test('readiness is judged as well, a startup probe ends', () => {
  expect(findingsOf(rule, varied(rule.bad, 'livenessProbe', 'readinessProbe'))).toEqual([
    line(5, 'containers[0].readinessProbe'),
  ]);
  expect(findingsOf(rule, varied(rule.bad, 'livenessProbe', 'startupProbe'))).toEqual([]);
});

test('a request costs no process', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'exec: { command: [/bin/mailer, --alive] }', 'httpGet: { port: 80 }')),
  ).toEqual([]);
});

test('a sidecar is judged as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, readinessProbe: { exec: { command: [check] }, periodSeconds: 1 } }]';
  expect(findingsOf(rule, varied(rule.good, 'containers:\n', `${sidecar}\n      containers:\n`))).toEqual([
    line(1, 'initContainers[0].readinessProbe'),
  ]);
});
