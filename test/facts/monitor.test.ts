import { type MonitorFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  namespaceSelector: { matchNames: [ops, shop] }
  endpoints:
    - { port: metrics, scheme: https }
    - { targetPort: 9090, tlsConfig: { insecureSkipVerify: true } }
    - { targetPort: admin }
`;

test.each([
  ['monitoring.coreos.com/v1', 'ServiceMonitor', 1],
  ['monitoring.coreos.com/v1', 'PodMonitor', 1],
  ['monitoring.coreos.com/v1', 'Probe', 0],
  ['monitoring.coreos.com/v1', 'PrometheusRule', 0],
  ['monitoring.googleapis.com/v1', 'PodMonitoring', 0],
  ['azmonitoring.coreos.com/v1', 'PodMonitor', 0],
  ['v1', 'ServiceMonitor', 0],
])('%s %s: %i monitors', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).monitors).toHaveLength(count);
});

const of = (kind: string, spec: string, namespace = 'shop') =>
  worldOf(
    `{ apiVersion: monitoring.coreos.com/v1, kind: ${kind}, metadata: { namespace: ${namespace} }, spec: ${spec} }`,
  ).monitors[0] as MonitorFact;
const services = (spec: string) => of('ServiceMonitor', spec);
const pods = (spec: string) => of('PodMonitor', spec);

test('a PodMonitor selects pods, a ServiceMonitor Services', () => {
  expect([pods('{}').selectsPods, services('{}').selectsPods]).toEqual([true, false]);
});

test('its selector knows labels and expressions', () => {
  const { selector } = services(
    '{ selector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: Exists }] } }',
  );
  expect(String(selector)).toBe('app=web, tier Exists');
  expect(services('{ selector: {} }').selector.isEmpty).toBe(true);
  expect(services('{}').selector.isNull).toBe(true);
});

test.each([
  ['{ any: true }', undefined, true],
  ['{ any: true, matchNames: [ops] }', undefined, true],
  ['{ any: false, matchNames: [ops] }', ['ops'], false],
  ['{ matchNames: [ops, shop] }', ['ops', 'shop'], true],
  ['{ matchNames: [ops, 7, null] }', ['ops'], false],
  ['{ matchNames: [] }', ['shop'], true],
  ['{ matchNames: ops }', ['shop'], true],
  ['{ any: "true", matchNames: null }', ['shop'], true],
  ['{ any: false }', ['shop'], true],
  ['{}', ['shop'], true],
  ['null', ['shop'], true],
  ['7', ['shop'], true],
])('with the namespaces %s it looks in %j, in its own: %j', (selector, namespaces, own) => {
  const monitor = services(`{ namespaceSelector: ${selector} }`);
  expect(monitor.namespaces).toEqual(namespaces);
  expect(monitor.looksInOwnNamespace).toBe(own);
});

test('the own namespace is `default` where it is not written', () => {
  expect(of('PodMonitor', '{}', 'null').namespaces).toEqual(['default']);
});

test('endpoints are read, each at its field', () => {
  expect(worldOf(FULL).monitors[0].endpoints).toEqual([
    { field: 'spec.endpoints[0]', port: 'metrics', targetPort: undefined, isTls: true },
    { field: 'spec.endpoints[1]', port: undefined, targetPort: 9090, isTls: true },
    { field: 'spec.endpoints[2]', port: undefined, targetPort: 'admin', isTls: false },
  ]);
});

test('a PodMonitor has a list of its own', () => {
  const spec = '{ endpoints: [{ port: a }], podMetricsEndpoints: [{ port: b }] }';
  expect(services(spec).endpoints).toEqual([
    { field: 'spec.endpoints[0]', port: 'a', targetPort: undefined, isTls: false },
  ]);
  expect(pods(spec).endpoints).toEqual([
    { field: 'spec.podMetricsEndpoints[0]', port: 'b', targetPort: undefined, isTls: false },
  ]);
});

test.each([
  ['{ targetPort: admin }', 'admin', 'admin'],
  ['{ targetPort: 9090 }', 9090, 9090],
  ['{ portNumber: 8080 }', 8080, undefined],
  ['{ portNumber: 8080, targetPort: 9090 }', 8080, 9090],
  ['{ portNumber: 0, targetPort: 9090 }', 9090, 9090],
  ['{ portNumber: "8080", targetPort: admin }', 'admin', 'admin'],
  ['{ portNumber: null, targetPort: null }', undefined, undefined],
  ['{ targetPort: "" }', undefined, undefined],
  ['{ targetPort: 0 }', undefined, undefined],
  ['{ targetPort: 1.5 }', undefined, undefined],
  ['{ targetPort: [9090] }', undefined, undefined],
])('%s is the port %j of a PodMonitor, and %j of a ServiceMonitor', (endpoint, ofPods, ofServices) => {
  expect(pods(`{ podMetricsEndpoints: [${endpoint}] }`).endpoints[0].targetPort).toBe(ofPods);
  expect(services(`{ endpoints: [${endpoint}] }`).endpoints[0].targetPort).toBe(ofServices);
});

test.each([
  ['{ scheme: https }', true],
  ['{ scheme: HTTPS }', true],
  ['{ scheme: http }', false],
  ['{ scheme: "" }', false],
  ['{ scheme: 7 }', false],
  ['{ scheme: null }', false],
  ['{ tlsConfig: {} }', true],
  ['{ tlsConfig: { caFile: /ca.pem } }', true],
  ['{ scheme: http, tlsConfig: { caFile: /ca.pem } }', true],
  ['{ tlsConfig: null }', false],
  ['{}', false],
])('%s speaks TLS: %j', (endpoint, isTls) => {
  expect(services(`{ endpoints: [${endpoint}] }`).endpoints[0].isTls).toBe(isTls);
});

test.each(['{}', 'null', '7', '[a]', '{ port: null }', '{ port: 80 }', '{ port: "" }'])(
  'an endpoint that is %s names no port',
  (endpoint) => {
    expect(services(`{ endpoints: [${endpoint}] }`).endpoints).toEqual([
      { field: 'spec.endpoints[0]', port: undefined, targetPort: undefined, isTls: false },
    ]);
  },
);

test.each([
  '{}',
  'null',
  '7',
  '{ endpoints: null, podMetricsEndpoints: null }',
  '{ endpoints: 7, podMetricsEndpoints: 7 }',
  '{ endpoints: { port: a }, podMetricsEndpoints: { port: a } }',
])('%s scrapes nothing', (spec) => {
  expect([services(spec).endpoints, pods(spec).endpoints]).toEqual([[], []]);
});

test.each([
  'spec',
  'spec.selector.matchLabels',
  'spec.namespaceSelector',
  'spec.namespaceSelector.matchNames',
  'spec.endpoints',
  'spec.endpoints.0.port',
  'spec.endpoints.0.scheme',
  'spec.endpoints.1.targetPort',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).monitors);
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
