import { sidecarGatesPod as rule } from '../../../lib/rules/app/sidecar-gates-pod';
import { findingsOf, varied } from '../../support/rules';

const line = (index: number, name: string) =>
  `Deployment web: app/sidecar-gates-pod: spec.template.spec.initContainers[${index}].readinessProbe: the pod gets no traffic while sidecar \`${name}\` is not ready, whether the app works or not; remove it, or use a startupProbe; where the sidecar carries the traffic, acknowledge this finding`;

test('names the sidecar that decides for the pod', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(0, 'proxy')]);
});

test('other probes decide nothing for the pod', () => {
  expect(findingsOf(rule, varied(rule.bad, 'readinessProbe', 'livenessProbe'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'readinessProbe', 'startupProbe'))).toEqual([]);
});

test('a container of the app may decide', () => {
  const probe = 'readinessProbe: { tcpSocket: { port: 8080 } }';
  expect(findingsOf(rule, varied(rule.good, 'image: "web:1.0"', `image: "web:1.0", ${probe}`))).toEqual([]);
});

test('an init container that ends is no sidecar', () => {
  expect(findingsOf(rule, varied(rule.bad, 'restartPolicy: Always, ', ''))).toEqual([]);
});

test('each sidecar is named', () => {
  const sidecar =
    '- { name: log, image: "log:1.0", restartPolicy: Always, readinessProbe: { tcpSocket: { port: 1 } } }';
  expect(findingsOf(rule, varied(rule.bad, 'initContainers:\n', `initContainers:\n        ${sidecar}\n`))).toEqual([
    line(0, 'log'),
    line(1, 'proxy'),
  ]);
});
