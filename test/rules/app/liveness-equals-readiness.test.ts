import { livenessEqualsReadiness as rule } from '../../../lib/rules/app/liveness-equals-readiness';
import { findings, findingsOf, varied } from '../../support/rules';

const CONTAINER = 'Deployment web: app/liveness-equals-readiness: spec.template.spec.containers[0]';
const UNDECLARED = `${CONTAINER}.livenessProbe: asks what readinessProbe asks, so that a pod which should only leave the traffic is restarted; ask what only a restart cures, or remove it; with WebApp: health: HealthCheck.http('/ready', { alivePath: '/live' })`;

const TOO_SOON = (liveness: number, readiness: number, failures: number) =>
  `${CONTAINER}.livenessProbe.failureThreshold: acts after ${liveness}s, readinessProbe after ${readiness}s, so that the container is killed before the pod is out of the traffic; set failureThreshold to ${failures} or more`;

test('two probes with one question are one too many', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([UNDECLARED]);
});

const PROBES = `readinessProbe: { httpGet: { path: /ready, port: 8080 } }
          livenessProbe: { httpGet: { path: /ready, port: 8080 } }`;
const probes = (readiness: string, liveness: string) =>
  varied(rule.bad, PROBES, `readinessProbe: ${readiness}\n          livenessProbe: ${liveness}`);

test.each([
  ['{ exec: { command: [check] } }', '{ exec: { command: [check] } }', 1],
  ['{ exec: { command: [check] } }', '{ exec: { command: [check, -l] } }', 0],
  ['{ exec: {} }', '{ exec: {} }', 1],
  ['{ grpc: { port: 9090 } }', '{ grpc: { port: 9090 } }', 1],
  ['{ grpc: { port: 9090 } }', '{ grpc: { port: 9090, service: live } }', 0],
  ['{ tcpSocket: { port: 8080 } }', '{ tcpSocket: { port: 8080 } }', 1],
  ['{ tcpSocket: { port: 8080 } }', '{ tcpSocket: { port: 8081 } }', 0],
  ['{ tcpSocket: { port: 8080 } }', '{ httpGet: { port: 8080 } }', 0],
  ['{ httpGet: { port: 8080 } }', '{ httpGet: { path: /, port: 8080, scheme: HTTP } }', 1],
  ['{ httpGet: { port: 8080 } }', '{ httpGet: { port: 8080, scheme: HTTPS } }', 0],
  ['{ httpGet: { port: 8080 } }', '{ httpGet: { port: 8080, httpHeaders: [{ name: Host, value: live }] } }', 0],
  ['{ httpGet: { path: /ready, port: 8080 } }', '{ httpGet: { path: /ready, port: 8080 }, periodSeconds: 29 }', 1],
  ['{ httpGet: { path: /ready, port: 8080 } }', '{ httpGet: { path: /ready, port: 8080 }, periodSeconds: 30 }', 0],
  ['{ httpGet: { path: /ready, port: 8080 } }', '{ httpGet: { path: /ready, port: 8080 }, failureThreshold: 9 }', 0],
  ['{}', '{}', 0],
  ['7', '7', 0],
])(
  '%s and %s: %i findings; a slower question is the same question, unless it waits three times as long',
  (readiness, liveness, count) => {
    expect(findingsOf(rule, probes(readiness, liveness))).toHaveLength(count);
  },
);

test('one probe alone is nobody else', () => {
  expect(findings(varied(rule.bad, 'livenessProbe', 'startupProbe'))).toEqual([]);
  expect(findings(varied(rule.bad, 'readinessProbe', 'startupProbe'))).toEqual([]);
});

const declared = (readiness: string, liveness: string, names = 'web') =>
  varied(
    probes(`{ httpGet: { port: 8080 }${readiness} }`, `{ httpGet: { port: 8080 }${liveness} }`),
    'labels: { app: web } }',
    `labels: { app: web }, annotations: { cdk8s-patterns/restart-cures: "${names}" } }`,
  );

test('a declared cure that comes no later than readiness says both times', () => {
  expect(findingsOf(rule, declared('', ''))).toEqual([TOO_SOON(30, 30, 4)]);
  expect(findingsOf(rule, declared(', failureThreshold: 9', ', periodSeconds: 20'))).toEqual([TOO_SOON(60, 90, 5)]);
});

test('a declared cure that comes one second later than readiness is right', () => {
  const ready = ', periodSeconds: 1, failureThreshold: 9';
  expect(findingsOf(rule, declared(ready, ', periodSeconds: 1, failureThreshold: 10'))).toEqual([]);
  expect(findingsOf(rule, declared(ready, ', periodSeconds: 1, failureThreshold: 9'))).toEqual([TOO_SOON(9, 9, 10)]);
});

test('a period of zero is the default of ten seconds', () => {
  expect(findingsOf(rule, declared('', ', periodSeconds: 0, failureThreshold: 4'))).toEqual([]);
  expect(findingsOf(rule, declared('', ', periodSeconds: 0, failureThreshold: 0'))).toEqual([TOO_SOON(30, 30, 4)]);
});

test('the declaration holds for the containers that it names', () => {
  const slower = ', failureThreshold: 4';
  expect(findingsOf(rule, declared('', slower, 'log, web'))).toEqual([]);
  expect(findingsOf(rule, declared('', slower, 'log'))).toEqual([UNDECLARED]);
  expect(findingsOf(rule, declared('', slower, ''))).toEqual([UNDECLARED]);
});

test('a sidecar is judged as well', () => {
  const sidecar = `initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always, readinessProbe: { tcpSocket: { port: 1 } }, livenessProbe: { tcpSocket: { port: 1 } } }]`;
  const found = findingsOf(rule, varied(rule.good, 'containers:\n', `${sidecar}\n      containers:\n`));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('initContainers[0].livenessProbe: asks');
});
