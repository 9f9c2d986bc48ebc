import { probeTimeoutExceedsPeriod as rule } from '../../../lib/rules/app/probe-timeout-exceeds-period';
import { findingsOf, varied } from '../../support/rules';

const line = (timeout: number, period: number, fix: string, where = 'containers[0].readinessProbe') =>
  `Deployment web: app/probe-timeout-exceeds-period: spec.template.spec.${where}.timeoutSeconds: ${timeout}s, but the next question is due after ${period}s, so that the probe acts later than it promises; ${fix}`;

test('says both times', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(5, 5, 'set timeoutSeconds to 4 or less')]);
});

const times = (text: string, name = 'readinessProbe') =>
  varied(varied(rule.bad, ', periodSeconds: 5, timeoutSeconds: 5', text), 'readinessProbe', name);

test('a timeout one second below the period is short enough', () => {
  expect(findingsOf(rule, rule.good)).toEqual([]);
  expect(findingsOf(rule, times(', periodSeconds: 5, timeoutSeconds: 6'))).toHaveLength(1);
});

test('a missing period is ten seconds, a missing timeout one second, and zero is missing', () => {
  const ten = line(10, 10, 'set timeoutSeconds to 9 or less');
  expect(findingsOf(rule, times(', timeoutSeconds: 9'))).toEqual([]);
  expect(findingsOf(rule, times(', timeoutSeconds: 10'))).toEqual([ten]);
  expect(findingsOf(rule, times(', timeoutSeconds: 9, periodSeconds: 0'))).toEqual([]);
  expect(findingsOf(rule, times(', periodSeconds: 2'))).toEqual([]);
  expect(findingsOf(rule, times(', periodSeconds: 1, timeoutSeconds: 0'))).toEqual([
    line(1, 1, 'set periodSeconds to 2 or more'),
  ]);
});

test('no timeout is below a period of one second', () => {
  expect(findingsOf(rule, times(', periodSeconds: 1'))).toEqual([line(1, 1, 'set periodSeconds to 2 or more')]);
  expect(findingsOf(rule, times(', periodSeconds: 2, timeoutSeconds: 2'))).toEqual([
    line(2, 2, 'set timeoutSeconds to 1 or less'),
  ]);
});

test.each(['startupProbe', 'livenessProbe'])('a %s is judged as well', (name) => {
  const fix = 'set timeoutSeconds to 4 or less';
  expect(findingsOf(rule, times(', periodSeconds: 5, timeoutSeconds: 5', name))).toEqual([
    line(5, 5, fix, `containers[0].${name}`),
  ]);
});

test('a sidecar is judged as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, startupProbe: { tcpSocket: { port: 1 }, timeoutSeconds: 10 } }]';
  expect(findingsOf(rule, varied(rule.good, 'containers:\n', `${sidecar}\n      containers:\n`))).toEqual([
    line(10, 10, 'set timeoutSeconds to 9 or less', 'initContainers[0].startupProbe'),
  ]);
});
