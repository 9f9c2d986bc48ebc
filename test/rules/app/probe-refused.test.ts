import { probeRefused as rule } from '../../../lib/rules/app/probe-refused';
import { findingsOf, varied } from '../../support/rules';

const POD = 'Deployment web: app/probe-refused: spec.template.spec.';
const CONTAINER = `${POD}containers[0]`;
const REFUSED = 'so that the API server refuses the pod';

const SUCCESSES = (probe: string, count: number) =>
  `${CONTAINER}.${probe}.successThreshold: ${count}, but this probe takes only 1, ${REFUSED}; set successThreshold to 1, or remove it`;

test('liveness takes one success', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([SUCCESSES('livenessProbe', 2)]);
});

const probe = (name: string, text: string) =>
  varied(
    rule.bad,
    'livenessProbe: { httpGet: { path: /live, port: 8080 }, successThreshold: 2 }',
    `${name}: { ${text} }`,
  );

test.each([
  ['livenessProbe', 0, 0],
  ['livenessProbe', 1, 0],
  ['livenessProbe', 3, 1],
  ['livenessProbe', -1, 1],
  ['startupProbe', 1, 0],
  ['startupProbe', 2, 1],
  ['readinessProbe', 2, 0],
])('%s with successThreshold %i: %i findings; zero is the default', (name, successes, count) => {
  const found = findingsOf(rule, probe(name, `tcpSocket: { port: 1 }, successThreshold: ${successes}`));
  expect(found).toEqual(count === 0 ? [] : [SUCCESSES(name, successes)]);
});

test('a readiness probe has no grace period, the others may', () => {
  const grace = 'httpGet: { port: 8080 }, terminationGracePeriodSeconds: 20';
  expect(findingsOf(rule, probe('readinessProbe', grace))).toEqual([
    `${CONTAINER}.readinessProbe.terminationGracePeriodSeconds: 20s, but a readiness probe ends no container, ${REFUSED}; move terminationGracePeriodSeconds to livenessProbe, or remove it`,
  ]);
  expect(findingsOf(rule, probe('readinessProbe', 'httpGet: { port: 8080 }'))).toEqual([]);
  expect(findingsOf(rule, probe('livenessProbe', grace))).toEqual([]);
  expect(findingsOf(rule, probe('startupProbe', grace))).toEqual([]);
});

const GRPC = (name: string, port: string, fix: string) =>
  `${CONTAINER}.${name}.grpc.port: \`${port}\` is a name, but a gRPC probe takes a number, ${REFUSED}; use ${fix}`;

test('a gRPC probe takes a number', () => {
  expect(findingsOf(rule, probe('livenessProbe', 'grpc: { port: 9090 }'))).toEqual([]);
  for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    expect(findingsOf(rule, probe(name, 'grpc: { port: grpc }'))).toEqual([
      GRPC(name, 'grpc', 'the number of the port'),
    ]);
  }
});

test('a name that the container declares has a number', () => {
  const declared = varied(
    probe('livenessProbe', 'grpc: { port: grpc }'),
    'image: web:1.0',
    'image: web:1.0\n          ports: [{ name: http, containerPort: 8080 }, { name: grpc, containerPort: 9090 }]',
  );
  expect(findingsOf(rule, declared)).toEqual([GRPC('livenessProbe', 'grpc', '9090')]);
});

test('other probes may name a port', () => {
  expect(findingsOf(rule, probe('livenessProbe', 'httpGet: { port: grpc }'))).toEqual([]);
  expect(findingsOf(rule, probe('livenessProbe', 'tcpSocket: { port: grpc }, grpc: null'))).toEqual([]);
});

test('each container and each fault counts', () => {
  const faults = 'livenessProbe: { grpc: { port: grpc }, successThreshold: 2 }';
  const sidecar = `initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, ${faults} }]`;
  const found = findingsOf(rule, varied(rule.bad, 'containers:\n', `${sidecar}\n      containers:\n`));
  expect(found).toHaveLength(3);
  expect(found[1]).toContain(`${POD}initContainers[0].livenessProbe.successThreshold: 2,`);
  expect(found[2]).toContain(`${POD}initContainers[0].livenessProbe.grpc.port: \`grpc\``);
});

test('a container without probes is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'livenessProbe', 'x'))).toEqual([]);
});
