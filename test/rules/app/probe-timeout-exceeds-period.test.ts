import { probeTimeoutExceedsPeriod as rule } from '../../../lib/rules/app/probe-timeout-exceeds-period';
import { findingsOf, varied } from '../../support/rules';

const line = (timeout: number, period: number, where = 'containers[0].readinessProbe') =>
  `Deployment web: app/probe-timeout-exceeds-period: spec.template.spec.${where}.timeoutSeconds: ${timeout}s, but the next question is due after ${period}s, so that the probe acts later than it promises; set timeoutSeconds to ${period} or less`;

test('says both times', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(6, 5)]);
});

const times = (text: string, name = 'readinessProbe') =>
  varied(varied(rule.bad, ', periodSeconds: 5, timeoutSeconds: 6', text), 'readinessProbe', name);

test('a timeout as long as the period ends just when the next question is due', () => {
  expect(findingsOf(rule, rule.good)).toEqual([]);
  expect(findingsOf(rule, times(', periodSeconds: 1'))).toEqual([]);
});

test('a missing period is ten seconds, a missing timeout one second, and zero is missing', () => {
  expect(findingsOf(rule, times(', timeoutSeconds: 10'))).toEqual([]);
  expect(findingsOf(rule, times(', timeoutSeconds: 11'))).toEqual([line(11, 10)]);
  expect(findingsOf(rule, times(', timeoutSeconds: 10, periodSeconds: 0'))).toEqual([]);
  expect(findingsOf(rule, times(', periodSeconds: 1, timeoutSeconds: 0'))).toEqual([]);
  expect(findingsOf(rule, times(', periodSeconds: 1, timeoutSeconds: 2'))).toEqual([line(2, 1)]);
});

test.each(['startupProbe', 'livenessProbe'])('a %s is judged as well', (name) => {
  expect(findingsOf(rule, times(', periodSeconds: 5, timeoutSeconds: 6', name))).toEqual([
    line(6, 5, `containers[0].${name}`),
  ]);
});

test('a sidecar is judged as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, startupProbe: { tcpSocket: { port: 1 }, timeoutSeconds: 11 } }]';
  expect(findingsOf(rule, varied(rule.good, 'containers:\n', `${sidecar}\n      containers:\n`))).toEqual([
    line(11, 10, 'initContainers[0].startupProbe'),
  ]);
});
