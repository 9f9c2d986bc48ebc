import { destinationPortMissing as rule } from '../../../lib/rules/canary/destination-port-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/destination-port-missing: spec.http[0].route[0].destination: names no port, and Gateway default/edge then takes its own port 8080, while Service web has ports 80, 9090, so that requests are answered with 503; add port: { number: 80 }, or number 9090',
  ]);
});

test('a gateway takes the only port of a Service', () => {
  expect(findingsOf(rule, varied(rule.bad, ', { name: http-admin, port: 9090 }', ''))).toEqual([]);
});

test('the port of the gateway may be one of the Service', () => {
  expect(findingsOf(rule, varied(rule.bad, 'number: 8080', 'number: 9090'))).toEqual([]);
});

test('a gateway that is not in the input may have any port', () => {
  expect(findingsOf(rule, varied(rule.bad, 'gateways: [edge]', 'gateways: [infra/edge]'))).toEqual([
    expect.stringMatching(
      /destination: names no port, and Gateway infra\/edge then takes its own, which has to be one of Service web \(ports 80, 9090\); else requests are answered with 503; add port: /,
    ),
  ]);
});

test('only the servers that take HTTP for a host of the route count', () => {
  expect(findingsOf(rule, varied(rule.bad, 'protocol: HTTP', 'protocol: TCP'))).toEqual([]);
  for (const protocol of ['http', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB']) {
    expect(findingsOf(rule, varied(rule.bad, 'protocol: HTTP', `protocol: ${protocol}`))).toHaveLength(1);
  }
  const own = 'spec:\n  hosts: [shop.example.com]';
  expect(findingsOf(rule, varied(rule.bad, own, 'spec:\n  hosts: [shop.example.com, b.org]'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, own, 'spec:\n  hosts: [a.org, b.org]'))).toEqual([]);
  const server = 'HTTP }, hosts: [shop.example.com]';
  expect(findingsOf(rule, varied(rule.bad, server, 'HTTP }, hosts: [api.example.com]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, server, 'HTTP }, tls: { httpsRedirect: true }, hosts: ["*"]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'number: 8080,', ''))).toEqual([]);
});

test('the first of several defects is enough', () => {
  const second = ', { port: { name: https, number: 8443, protocol: HTTPS }, hosts: ["*"] }]\n';
  const two = varied(rule.bad, '.com] }]\n', `.com] }${second}`);
  expect(findingsOf(rule, two)).toEqual([expect.stringContaining('its own port 8080,')]);
});

test('matches may leave only some of the gateways', () => {
  const matched = (match: string) =>
    varied(
      varied(rule.bad, 'gateways: [edge]', 'gateways: [edge, mesh]'),
      'http: [{ route',
      `http: [{ match: [${match}], route`,
    );
  expect(findingsOf(rule, matched('{ gateways: [mesh] }'))).toEqual([]);
  expect(findingsOf(rule, matched('{ gateways: [mesh] }, { gateways: [edge] }'))).toHaveLength(1);
  expect(findingsOf(rule, matched('{ port: 80 }'))).toHaveLength(1);
});

test('a route that others delegate to goes to gateways that only they name', () => {
  const delegated = varied(varied(rule.bad, 'hosts: [shop.example.com]\n  ', ''), 'gateways: [edge]\n  ', '');
  expect(findingsOf(rule, varied(delegated, 'http:', 'hosts: []\n  http:'))).toEqual([]);
});

test('Services that are not in the input, and those without ports, say nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web }', 'host: api }'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'host: web }', 'host: web.shop }'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, '[{ name: http, port: 80 }, { name: http-admin, port: 9090 }]', '[]')),
  ).toEqual([]);
});

const mesh = (dialled: string, target: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api }
spec: { hosts: [api], http: [{ route: [{ destination: { host: web } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { ports: ${dialled} }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: ${target} }
`;

test('a sidecar takes the port that the client dialled', () => {
  expect(findingsOf(rule, mesh('[{ name: http, port: 80 }]', '[{ name: http, port: 8080 }]'))).toEqual([
    'VirtualService api: canary/destination-port-missing: spec.http[0].route[0].destination: names no port, and sidecars then take that which the client dialled (port 80), while Service web has port 8080, so that requests are answered with 503; add port: { number: 8080 }',
  ]);
});

test.each([
  ['the same port', '[{ name: http, port: 80 }]', '[{ name: http, port: 80 }]'],
  ['one port in common', '[{ name: http, port: 80 }, { name: http-b, port: 81 }]', '[{ name: http, port: 81 }]'],
  ['a port on which routes of HTTP do not hold', '[{ name: tcp, port: 80 }]', '[{ name: http, port: 81 }]'],
  ['no port', '[]', '[{ name: http, port: 81 }]'],
  ['a port without a number', '[{ name: http }]', '[{ name: http, port: 81 }]'],
])('with %s nothing is said', (_, dialled, target) => {
  expect(findingsOf(rule, mesh(dialled, target))).toEqual([]);
});

test('a port that says nothing of its protocol may carry HTTP', () => {
  expect(findingsOf(rule, mesh('[{ name: web, port: 80 }]', '[{ name: http, port: 81 }]'))).toHaveLength(1);
});

test('the host of the VirtualService has to be a Service of the input', () => {
  const yaml = mesh('[{ name: http, port: 80 }]', '[{ name: http, port: 81 }]');
  expect(findingsOf(rule, varied(yaml, 'hosts: [api]', 'hosts: [other]'))).toEqual([]);
});

test('mirrors need a port too', () => {
  const yaml = varied(
    mesh('[{ name: http, port: 80 }]', '[{ name: http, port: 81 }]'),
    'route: [{ destination: { host: web } }]',
    'mirror: { host: web }',
  );
  expect(findingsOf(rule, yaml)[0]).toContain(': spec.http[0].mirror: names no port');
});
