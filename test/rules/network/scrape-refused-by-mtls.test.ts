import { scrapeRefusedByMtls as rule } from '../../../lib/rules/network/scrape-refused-by-mtls';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodMonitor web: network/scrape-refused-by-mtls: spec.podMetricsEndpoints[0].scheme: plain text, but the proxy of Deployment web takes nothing but mTLS on port 8080 (PeerAuthentication web), so that the scrape is refused; annotate the pods with traffic.sidecar.istio.io/excludeInboundPorts: "8080", or set scheme: https and tlsConfig with a certificate of the mesh',
  ]);
});

test.each([
  ['{ port: http }', '{ port: http, scheme: https }', 0],
  ['{ port: http }', '{ port: http, scheme: http }', 1],
  ['{ port: http }', '{ port: http, tlsConfig: { insecureSkipVerify: true } }', 0],
  ['{ port: http }', '{ portNumber: 8080 }', 1],
  ['{ port: http }', '{ portNumber: 9090 }', 0],
  ['{ port: http }', '{ portNumber: 15020 }', 0],
  ['{ port: http }', '{ port: http }, { port: http }', 2],
  ['mode: STRICT', 'mode: PERMISSIVE', 0],
  ['mode: STRICT', 'mode: DISABLE', 0],
  ['inject: "true"', 'inject: "false"', 0],
  [', sidecar.istio.io/inject: "true"', '', 0],
  [', sidecar.istio.io/inject: "true"', ', istio.io/dataplane-mode: ambient', 0],
])('with %j written as %j: %i findings', (from, to, count) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toHaveLength(count);
});

test('a port that does not go through the proxy is free', () => {
  const excluded = (port: number) =>
    varied(
      rule.bad,
      'labels: { app: web, sidecar',
      `annotations: { traffic.sidecar.istio.io/excludeInboundPorts: "${port}" }, labels: { app: web, sidecar`,
    );
  expect(findingsOf(rule, excluded(8080))).toEqual([]);
  expect(findingsOf(rule, excluded(9090))).toHaveLength(1);
});

test('without a PeerAuthentication plain text is taken', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: PeerAuthentication', 'kind: RequestAuthentication'))).toEqual([]);
});

test('a ServiceMonitor goes by the port of the Service', () => {
  const service = (target: string) =>
    `${varied(varied(rule.bad, 'kind: PodMonitor', 'kind: ServiceMonitor'), 'podMetricsEndpoints', 'endpoints')}
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: ${target} }] }
`;
  expect(findingsOf(rule, service('http'))).toEqual([
    expect.stringMatching(/^ServiceMonitor web: .* spec\.endpoints\[0\]\.scheme: .* on port 8080 /),
  ]);
  expect(findingsOf(rule, service('9090'))).toEqual([]);
});

test('of several workloads the one is named that refuses', () => {
  const [monitor = '', authentication = '', web = ''] = rule.bad.split('---');
  const api = web.replaceAll('name: web', 'name: api').replaceAll('inject: "true"', 'inject: "false"');
  expect(findingsOf(rule, [monitor, authentication, api, web].join('---'))).toEqual([
    expect.stringContaining('the proxy of Deployment web'),
  ]);
});

test('an endpoint is spoken of once', () => {
  const web = rule.bad.slice(rule.bad.lastIndexOf('---'));
  expect(findingsOf(rule, rule.bad + varied(web, 'metadata: { name: web }', 'metadata: { name: api }'))).toHaveLength(
    1,
  );
});
