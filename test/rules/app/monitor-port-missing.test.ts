import { monitorPortMissing as rule } from '../../../lib/rules/app/monitor-port-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'ServiceMonitor web: app/monitor-port-missing: spec.endpoints[0].port: no port of Service web is named `metrics`, so that nothing is scraped; use one of http',
  ]);
});

test('a port of the Service without a name has to get one', () => {
  expect(findingsOf(rule, varied(rule.bad, '{ name: http, port: 80 }', '{ port: 80 }'))).toEqual([
    expect.stringMatching(/; name the port of the Service$/),
  ]);
});

test.each(['http|metrics', 'http.*', '(http)'])('%j is a pattern, which may match anything', (port) => {
  expect(findingsOf(rule, varied(rule.bad, 'port: metrics', `port: "${port}"`))).toEqual([]);
});

test.each(['http-metrics', 'metrics_2'])('%j is no pattern', (port) => {
  expect(findingsOf(rule, varied(rule.bad, 'port: metrics', `port: "${port}"`))).toHaveLength(1);
});

test('a number is no name of a port', () => {
  expect(findingsOf(rule, varied(rule.bad, 'port: metrics', 'port: "80"'))).toHaveLength(1);
});

test('an endpoint without a port asks all', () => {
  expect(findingsOf(rule, varied(rule.bad, 'port: metrics', 'path: /metrics'))).toEqual([]);
});

const service = (ports: string) =>
  `---\n{ apiVersion: v1, kind: Service, metadata: { name: more, labels: { app: web } }, spec: { ports: ${ports} } }\n`;

test('one of several Services is enough', () => {
  expect(findingsOf(rule, rule.bad + service('[{ name: metrics, port: 1 }]'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + service('[{ name: admin, port: 1 }, { name: http, port: 2 }]'))).toEqual([
    expect.stringMatching(/no port of Service web, Service more is named `metrics`, .*; use one of http, admin$/),
  ]);
});

test('Services that are not in the input may have any port', () => {
  expect(findingsOf(rule, varied(rule.bad, 'labels: { app: web }', 'labels: { app: api }'))).toEqual([]);
});

test('a port that meshes add to pods is no port of a Service', () => {
  expect(findingsOf(rule, varied(rule.bad, 'port: metrics', 'port: http-envoy-prom'))).toHaveLength(1);
});

const DEPLOYMENT = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ name: admin, containerPort: 8080 }] }]
`;
const NO_PORTS = varied(DEPLOYMENT, ', ports: [{ name: admin, containerPort: 8080 }]', '');
const EMPTY = varied(DEPLOYMENT, /containers: .*/.exec(DEPLOYMENT)?.[0] ?? '', 'containers: []');

const byTarget = (port: string, pods = DEPLOYMENT) =>
  varied(
    varied(rule.bad, 'port: metrics', `targetPort: ${port}`),
    'spec:\n  ports:',
    'spec:\n  selector: { app: web }\n  ports:',
  ) + pods;
const byPod = (endpoint: string, pods = DEPLOYMENT) =>
  varied(
    varied(rule.bad, 'kind: ServiceMonitor', 'kind: PodMonitor'),
    'endpoints: [{ port: metrics }]',
    `podMetricsEndpoints: [{ ${endpoint} }]`,
  ) + pods;

test('a target port is one that a container declares', () => {
  expect(findingsOf(rule, byTarget('http'))).toEqual([
    'ServiceMonitor web: app/monitor-port-missing: spec.endpoints[0].targetPort: no container of Deployment web has a port named `http`, so that nothing is scraped; use one of admin',
  ]);
  expect(findingsOf(rule, byTarget('9090'))).toEqual([
    'ServiceMonitor web: app/monitor-port-missing: spec.endpoints[0].targetPort: no container of Deployment web declares port 9090, so that nothing is scraped; add { containerPort: 9090 } to the ports of the container',
  ]);
  expect(findingsOf(rule, byTarget('http', NO_PORTS))).toEqual([
    expect.stringMatching(/; name the port of the container$/),
  ]);
  const unnamed = varied(DEPLOYMENT, 'containerPort: 8080 }', 'containerPort: 8080 }, { containerPort: 1 }');
  expect(findingsOf(rule, byTarget('http', unnamed))).toEqual([expect.stringMatching(/; use one of admin$/)]);
});

test.each(['admin', '8080', 'linkerd-admin', 'http-envoy-prom', '"ht.*"'])(
  'the target port %s is there, or may be',
  (port) => {
    expect(findingsOf(rule, byTarget(port))).toEqual([]);
  },
);

test('pods that are not in the input, or have no template there, may declare anything', () => {
  expect(findingsOf(rule, byTarget('http', ''))).toEqual([]);
  expect(findingsOf(rule, byTarget('http', EMPTY))).toEqual([]);
});

test('a PodMonitor knows the ports of containers', () => {
  expect(findingsOf(rule, byPod('port: http'))).toEqual([
    'PodMonitor web: app/monitor-port-missing: spec.podMetricsEndpoints[0].port: no container of Deployment web has a port named `http`, so that nothing is scraped; use one of admin',
  ]);
  expect(findingsOf(rule, byPod('portNumber: 9090'))).toEqual([
    expect.stringContaining(' spec.podMetricsEndpoints[0]: no container of Deployment web declares port 9090,'),
  ]);
  for (const endpoint of ['port: admin', 'portNumber: 8080', 'port: http-envoy-prom', 'path: /metrics']) {
    expect(findingsOf(rule, byPod(endpoint))).toEqual([]);
  }
});

test('each endpoint is looked at', () => {
  expect(findingsOf(rule, varied(rule.bad, '{ port: metrics }', '{ port: a }, { port: http }, { port: b }'))).toEqual([
    expect.stringContaining('spec.endpoints[0].port'),
    expect.stringContaining('spec.endpoints[2].port'),
  ]);
});
