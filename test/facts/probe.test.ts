import { ProbeFact } from '../../lib/facts';
import { changed, readings, without } from '../support/facts';
import { objects } from '../support/rules';

const read = (yaml: string) => ProbeFact.read(objects(yaml)[0], 'x.readinessProbe') as ProbeFact;

test.each([undefined, null])('%j is no probe', (value) => {
  expect(ProbeFact.read(value, 'x')).toBeUndefined();
});

const DEFAULTS = {
  field: 'x.readinessProbe',
  initialDelay: 0,
  period: 10,
  timeout: 1,
  failureThreshold: 3,
  successThreshold: 1,
  grace: undefined,
  handler: read('{}').handler,
  port: undefined,
  host: undefined,
  command: [],
  kind: undefined,
  isGrpc: false,
  isExec: false,
  patience: 20,
  reaction: 30,
};

test("an empty probe has Kubernetes' defaults", () => {
  expect(readings(read('{}'))).toEqual(DEFAULTS);
});

test.each([7, 'text', true, ['a']])('a probe that is %j reads as an empty one', (value) => {
  expect(readings(ProbeFact.read(value, 'x.readinessProbe'))).toEqual(DEFAULTS);
});

const FULL = `
initialDelaySeconds: 5
periodSeconds: 7
timeoutSeconds: 2
failureThreshold: 4
successThreshold: 6
terminationGracePeriodSeconds: 9
httpGet: { path: /ready, scheme: HTTPS, port: 8080, host: db.example.com, httpHeaders: [{ name: Host, value: web }] }
`;

test('every field is read', () => {
  expect(readings(read(FULL))).toEqual({
    ...DEFAULTS,
    initialDelay: 5,
    period: 7,
    timeout: 2,
    failureThreshold: 4,
    successThreshold: 6,
    grace: 9,
    handler: read(FULL).handler,
    port: 8080,
    host: 'db.example.com',
    kind: 'httpGet',
    patience: 5 + 3 * 7,
    reaction: 4 * 7,
  });
});

test.each([
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'successThreshold',
  'terminationGracePeriodSeconds',
  'httpGet.path',
  'httpGet.scheme',
  'httpGet.port',
  'httpGet.host',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const missing = readings(ProbeFact.read(without(manifest, path), 'x'));
  expect(missing).not.toEqual(readings(ProbeFact.read(manifest, 'x')));
  for (const wrong of [null, true, ['a'], {}]) {
    expect(readings(ProbeFact.read(changed(manifest, path, wrong), 'x'))).toEqual(missing);
  }
});

test.each([
  ['initialDelaySeconds: 1.5', 20],
  ['initialDelaySeconds: "5"', 20],
  ['initialDelaySeconds: 5', 25],
])('%s leads to a patience of %i s', (yaml, patience) => {
  expect(read(yaml).patience).toBe(patience);
});

test('a probe of one failure acts at its first', () => {
  expect(read('{ failureThreshold: 1, initialDelaySeconds: 5 }').patience).toBe(5);
  expect(read('{ failureThreshold: 1, initialDelaySeconds: 5 }').reaction).toBe(10);
});

test('zero is what Kubernetes takes for missing, but for the delay and the grace', () => {
  const zero = `{
    initialDelaySeconds: 0, periodSeconds: 0, timeoutSeconds: 0, failureThreshold: 0, successThreshold: 0,
    terminationGracePeriodSeconds: 0,
  }`;
  expect(readings(read(zero))).toEqual({ ...DEFAULTS, grace: 0 });
});

test.each([
  ['httpGet: { path: /ready, port: http }', 'httpGet', 'http'],
  ['httpGet: { port: 8080 }', 'httpGet', 8080],
  ['tcpSocket: { port: 8080 }', 'tcpSocket', 8080],
  ['grpc: { port: 9090 }', 'grpc', 9090],
  ['exec: { command: [cat, /ready] }', 'exec', undefined],
  ['{ httpGet: null, tcpSocket: { port: 8080 } }', 'tcpSocket', 8080],
  ['{ httpGet: null, grpc: null, tcpSocket: { port: 8080 }, exec: null }', 'tcpSocket', 8080],
  ['{ tcpSocket: null, exec: {} }', 'exec', undefined],
  ['{ httpGet: null }', undefined, undefined],
])('%s asks by %s at port %j', (yaml, kind, port) => {
  expect([read(yaml).kind, read(yaml).port]).toEqual([kind, port]);
});

test.each([
  ['httpGet: { path: /, port: 80 }', 'httpGet: { port: 80 }'],
  ['httpGet: { path: "", port: 80 }', 'httpGet: { port: 80 }'],
  ['httpGet: { scheme: HTTP, port: 80 }', 'httpGet: { port: 80 }'],
  ['httpGet: { scheme: "", port: 80 }', 'httpGet: { port: 80 }'],
  ['httpGet: { host: "", port: 80 }', 'httpGet: { port: 80 }'],
  ['httpGet: { httpHeaders: [], port: 80 }', 'httpGet: { port: 80 }'],
  [
    'httpGet: { port: 80, httpHeaders: [{ name: Accept, value: a }] }',
    'httpGet: { port: 80, httpHeaders: [{ name: accept, value: a }] }',
  ],
  ['grpc: { port: 80, service: "" }', 'grpc: { port: 80 }'],
  ['exec: { command: [a, b] }', '{ exec: { command: [a, b] }, periodSeconds: 7 }'],
])('%s and %s ask the same', (one, other) => {
  expect(read(one).handler).toBe(read(other).handler);
});

test.each([
  ['httpGet: { port: 80 }', 'httpGet: { port: 81 }'],
  ['httpGet: { port: 80 }', 'httpGet: { port: "80" }'],
  ['httpGet: { port: 80 }', 'httpGet: { port: 80, path: /a }'],
  ['httpGet: { port: 80, path: /b }', 'httpGet: { port: 80, path: /a }'],
  ['httpGet: { port: 80 }', 'httpGet: { port: 80, host: db }'],
  ['httpGet: { port: 80 }', 'httpGet: { port: 80, scheme: HTTPS }'],
  ['httpGet: { port: 80 }', 'httpGet: { port: 80, httpHeaders: [{ name: a, value: b }] }'],
  [
    'httpGet: { port: 80, httpHeaders: [{ name: a, value: c }] }',
    'httpGet: { port: 80, httpHeaders: [{ name: a, value: b }] }',
  ],
  [
    'httpGet: { port: 80, httpHeaders: [{ name: c, value: b }] }',
    'httpGet: { port: 80, httpHeaders: [{ name: a, value: b }] }',
  ],
  ['httpGet: { port: 80 }', 'tcpSocket: { port: 80 }'],
  ['httpGet: { port: 80, path: "" }', 'grpc: { port: 80 }'],
  ['tcpSocket: { port: 80 }', 'grpc: { port: 80, service: / }'],
  ['grpc: { port: 80 }', 'grpc: { port: 80, service: a }'],
  ['exec: { command: [a, b] }', 'exec: { command: [a b] }'],
  ['exec: { command: [] }', '{}'],
])('%s and %s do not ask the same', (one, other) => {
  expect(read(one).handler).not.toBe(read(other).handler);
});

test('gRPC and commands are known as such', () => {
  const of = (yaml: string) => [read(yaml).isGrpc, read(yaml).isExec];
  expect(of('grpc: { port: 9090 }')).toEqual([true, false]);
  expect(of('exec: { command: [cat, /ready] }')).toEqual([false, true]);
  expect(of('httpGet: { port: 9090 }')).toEqual([false, false]);
});

test('a command is read', () => {
  expect(read('exec: { command: [cat, /ready] }').command).toEqual(['cat', '/ready']);
  expect(read('exec: { command: [cat, 7, null] }').command).toEqual(['cat']);
  expect(read('exec: { command: cat }').command).toEqual([]);
  expect(read('exec: 7').command).toEqual([]);
});

test.each([
  ['{ host: db }', 'db'],
  ['{ host: "" }', undefined],
  ['{}', undefined],
  ['{ httpHeaders: [{ name: Host, value: web }] }', undefined],
])('the host that httpGet %s connects to is %j', (yaml, host) => {
  expect(read(`httpGet: ${yaml}`).host).toBe(host);
});

test.each(['7', '{ a: b }', 'null'])('headers that are %s are none', (yaml) => {
  expect(read(`httpGet: { httpHeaders: ${yaml} }`).handler).toBe(read('httpGet: {}').handler);
});

test('a header of a wrong type is one without name and value', () => {
  const headers = (yaml: string) => read(`httpGet: { httpHeaders: [${yaml}] }`).handler;
  expect([headers('7'), headers('null'), headers('{ name: 7, value: 7 }')]).toEqual(Array(3).fill(headers('{}')));
});

test.each(['httpGet: 7', 'grpc: 7', 'tcpSocket: 7', 'tcpSocket: null', 'tcpSocket: [a]'])('%s has no port', (yaml) => {
  expect(read(yaml).port).toBeUndefined();
  expect(read(yaml).host).toBeUndefined();
});
