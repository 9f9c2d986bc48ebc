import type { ServiceFact } from '../../lib/facts';
import { World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: https, port: 443, targetPort: tls }
    - { port: 9090 }
`;
const service = (spec: string) =>
  worldOf(`{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: ${spec} }`).services[0] as ServiceFact;

test.each([
  ['v1', 'Service', 1],
  ['serving.knative.dev/v1', 'Service', 0],
  ['v1', 'Endpoints', 0],
])('%s %s: %i Services', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).services).toHaveLength(count);
});

const PLAIN = { protocol: 'TCP', appProtocol: undefined };

test('ports are read, each at its field', () => {
  expect(worldOf(FULL).services[0].ports).toEqual([
    { field: 'spec.ports[0]', name: 'http', number: 80, target: 8080, ...PLAIN },
    { field: 'spec.ports[1]', name: 'https', number: 443, target: 'tls', ...PLAIN },
    { field: 'spec.ports[2]', name: undefined, number: 9090, target: 9090, ...PLAIN },
  ]);
});

test('it selects by plain labels', () => {
  expect(String(worldOf(FULL).services[0].selector)).toBe('app=web');
});

test.each([
  '{}',
  '{ selector: {} }',
  '{ selector: null }',
  '{ selector: 7 }',
  '{ selector: [a] }',
  '{ selector: { app: 7 } }',
  '{ type: ExternalName, selector: { app: web } }',
])('%s selects nothing', (spec) => {
  expect(service(spec).selector.isNull).toBe(true);
});

test.each(['ClusterIP', 'NodePort', 'LoadBalancer', 'null', '7'])('type %s selects', (type) => {
  expect(service(`{ type: ${type}, selector: { app: web } }`).selector.isNull).toBe(false);
});

test.each(['spec.selector', 'spec.ports', 'spec.ports.0.name', 'spec.ports.2.port'])(
  '%s of a wrong type reads as missing',
  (path) => {
    const [manifest] = objects(FULL);
    const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).services);
    const missing = read(without(manifest, path));
    expect(missing).not.toEqual(read(manifest));
    for (const wrong of [null, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
  },
);

test('a missing target is the port itself', () => {
  expect(service('{ ports: [{ port: 80, targetPort: null }] }').ports[0].target).toBe(80);
});

test.each(['null', '7', '[a]', '{}', '{ port: true, targetPort: { a: b } }'])(
  'a port that is %s leads nowhere',
  (port) => {
    expect(service(`{ ports: [${port}] }`).ports).toEqual([
      { field: 'spec.ports[0]', name: undefined, number: undefined, target: undefined, ...PLAIN },
    ]);
  },
);

test.each([
  ['{ port: 53, protocol: UDP }', 'UDP'],
  ['{ port: 53, protocol: TCP }', 'TCP'],
  ['{ port: 53, protocol: "" }', 'TCP'],
  ['{ port: 53, protocol: null }', 'TCP'],
  ['{ port: 53, protocol: 7 }', 'TCP'],
])('the port %s is one of %s', (port, protocol) => {
  expect(service(`{ ports: [${port}] }`).ports[0].protocol).toBe(protocol);
});

test.each([
  ['{ clusterIP: None }', true],
  ['{ clusterIP: "" }', false],
  ['{ clusterIP: 10.0.0.1 }', false],
  ['{ clusterIP: null }', false],
  ['{}', false],
])('with %s it is headless: %j', (spec, isHeadless) => {
  expect(service(spec).isHeadless).toBe(isHeadless);
});

test('a port says what is spoken on it', () => {
  const [dns, web, ...wrong] = service(
    '{ ports: [{ port: 53, protocol: UDP }, { appProtocol: http }, { protocol: 7, appProtocol: 7 }, { protocol: "", appProtocol: "" }] }',
  ).ports.map(({ protocol, appProtocol }) => [protocol, appProtocol]);
  expect([dns, web]).toEqual([
    ['UDP', undefined],
    ['TCP', 'http'],
  ]);
  expect(wrong).toEqual([
    ['TCP', undefined],
    ['TCP', ''],
  ]);
});

test('the numbers of its ports are those that are numbers', () => {
  expect(worldOf(FULL).services[0].portNumbers).toEqual([80, 443, 9090]);
  expect(service('{ ports: [{ port: "80" }, { port: 81 }, 7] }').portNumbers).toEqual([81]);
});

test.each([
  ['ExternalName', true],
  ['ClusterIP', false],
  ['null', false],
])('type %s stands for another host: %j', (type, isExternal) => {
  expect(service(`{ type: ${type} }`).isExternal).toBe(isExternal);
});
