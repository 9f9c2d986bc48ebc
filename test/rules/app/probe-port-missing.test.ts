import { probePortMissing as rule } from '../../../lib/rules/app/probe-port-missing';
import { findings, findingsOf, varied } from '../../support/rules';

const CONTAINER = 'Deployment web: app/probe-port-missing: spec.template.spec.containers[0]';
const NEVER_READY = 'so that the pod never becomes ready';

test('names the ports that there are', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${CONTAINER}.readinessProbe.httpGet.port: no port of the container is named \`web\`, ${NEVER_READY}; use http`,
  ]);
  const two = varied(rule.bad, 'containerPort: 8080 }', 'containerPort: 8080 }, { name: admin, containerPort: 81 }');
  expect(findingsOf(rule, two)[0]).toContain('; use http, admin');
});

test('a container without named ports has to name one', () => {
  const fix = 'use the number of the port, or give it the name web under ports';
  const unnamed = `${CONTAINER}.readinessProbe.httpGet.port: no port of the container is named \`web\`, ${NEVER_READY}; ${fix}`;
  expect(findingsOf(rule, varied(rule.bad, '{ name: http, containerPort: 8080 }', '{ containerPort: 8080 }'))).toEqual([
    unnamed,
  ]);
  expect(findingsOf(rule, varied(rule.bad, '{ name: http, containerPort: 8080 }', ''))).toEqual([unnamed]);
});

const probe = (name: string, text: string) =>
  varied(rule.bad, 'readinessProbe: { httpGet: { path: /ready, port: web } }', `${name}: { ${text} }`);

test('a startup probe that cannot ask keeps the pod from being ready, a liveness probe is of no use', () => {
  expect(findingsOf(rule, probe('startupProbe', 'tcpSocket: { port: web }'))).toEqual([
    `${CONTAINER}.startupProbe.tcpSocket.port: no port of the container is named \`web\`, ${NEVER_READY}; use http`,
  ]);
  expect(findingsOf(rule, probe('livenessProbe', 'tcpSocket: { port: web }'))).toEqual([
    `${CONTAINER}.livenessProbe.tcpSocket.port: no port of the container is named \`web\`, so that a hang is never noticed; use http`,
  ]);
});

test('a number need not be declared, a number in quotes is no number', () => {
  expect(findingsOf(rule, probe('readinessProbe', 'httpGet: { port: 9999 }'))).toEqual([]);
  expect(findingsOf(rule, probe('readinessProbe', 'httpGet: { port: "8080" }'))).toEqual([
    `${CONTAINER}.readinessProbe.httpGet.port: no port of the container is named \`8080\`, so that the API server refuses the pod; write 8080 without quotes`,
  ]);
});

test.each(['p8080', '8080p'])('%s is a name', (port) => {
  expect(findingsOf(rule, probe('readinessProbe', `httpGet: { port: ${port} }`))[0]).toContain(NEVER_READY);
  expect(findingsOf(rule, probe('readinessProbe', `httpGet: { port: ${port} }`))[0]).toContain('; use http');
});

test('a gRPC probe that names a port is left to app/probe-refused', () => {
  const named = probe('readinessProbe', 'grpc: { port: web }');
  expect(findingsOf(rule, named)).toEqual([]);
  expect(findings(named)[0]).toContain('app/probe-refused');
});

test('a probe without a port is left alone', () => {
  expect(findingsOf(rule, probe('readinessProbe', 'exec: { command: [check] }'))).toEqual([]);
  expect(findingsOf(rule, probe('readinessProbe', 'httpGet: { path: /ready }'))).toEqual([]);
});

const sidecar = (name: string) =>
  `initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always, ports: [{ name: ${name}, containerPort: 90 }], startupProbe: { tcpSocket: { port: admin } } }]
      containers:
`;

test('the port of another container does not count, a sidecar is judged by its own', () => {
  expect(findingsOf(rule, varied(rule.bad, 'containers:\n', sidecar('admin')))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, 'containers:\n', sidecar('web')))).toHaveLength(2);
});
