import { protocolUndeclared as rule } from '../../../lib/rules/canary/protocol-undeclared';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/protocol-undeclared: spec.hosts[0]: Service web declares port 80 as tcp, so that sidecars ignore all routes of spec.http; set appProtocol: http in spec.ports[0] of Service web',
  ]);
});

const ports = (to: string) => varied(rule.bad, '[{ name: tcp-web, port: 80 }]', to);

test.each(['tls', 'https', 'mongo', 'redis-web', 'udp', 'mysql'])('%s is no HTTP', (name) => {
  expect(findingsOf(rule, ports(`[{ name: ${name}, port: 80 }]`))[0]).toContain(
    `declares port 80 as ${name.split('-')[0]}, so that`,
  );
});

test.each(['http', 'http2-web', 'grpc', 'grpc-web'])('%s is', (name) => {
  expect(findingsOf(rule, ports(`[{ name: ${name}, port: 80 }]`))).toEqual([]);
});

test('appProtocol comes before the name', () => {
  expect(findingsOf(rule, ports('[{ name: tcp-web, appProtocol: http, port: 80 }]'))).toEqual([]);
  expect(findingsOf(rule, ports('[{ name: http, appProtocol: tcp, port: 80 }]'))).toHaveLength(1);
});

test('of several ports one for HTTP is enough, and the others are counted', () => {
  expect(findingsOf(rule, ports('[{ name: tcp-a, port: 80 }, { name: http-b, port: 81 }]'))).toEqual([]);
  expect(findingsOf(rule, ports('[{ name: tcp-a, port: 80 }, { name: tls-b, port: 81 }]'))[0]).toContain(
    'declares port 80 and 1 other as tcp, so that',
  );
});

const WEIGHTS = 'route: [{ destination: { host: web } }, { destination: { host: api }, weight: 10 }]';
const divided = (yaml: string) => varied(yaml, 'route: [{ destination: { host: web } }]', WEIGHTS);

test('where weights are meant, Istio should not have to guess', () => {
  const silent = ports('[{ name: web, port: 80 }]');
  expect(findingsOf(rule, silent)).toEqual([]);
  expect(findingsOf(rule, divided(silent))).toEqual([
    'VirtualService web: canary/protocol-undeclared: spec.hosts[0]: Service web does not say what port 80 speaks, so that Istio guesses, and the weights hold only where it finds HTTP; set appProtocol: http in spec.ports[0] of Service web',
  ]);
});

test('one route that divides is enough', () => {
  const two = varied(divided(ports('[{ name: web, port: 80 }]')), 'http: [{', 'http: [{ match: [{ port: 80 }] }, {');
  expect(findingsOf(rule, two)).toHaveLength(1);
});

test('of several ports that which says nothing is to be mended', () => {
  const mixed = divided(ports('[{ name: tcp-a, port: 80 }, { name: web, port: 81 }, { port: 82 }]'));
  expect(findingsOf(rule, mixed)[0]).toMatch(
    /does not say what port 81 and 1 other speaks, .*; set appProtocol: http in spec\.ports\[1\] of /,
  );
  expect(findingsOf(rule, ports('[{ name: tcp-a, port: 80 }, { name: web, port: 81 }]'))).toEqual([]);
});

test('gateways apply routes of HTTP to every port', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [edge]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [edge, mesh]'))).toHaveLength(1);
});

test('other protocols have routes of their own', () => {
  expect(findingsOf(rule, varied(rule.bad, 'http: [{', 'tcp: [{'))).toEqual([]);
});

test('Services that are not in the input, and those without ports, say nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [api]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [api, web]'))[0]).toContain(': spec.hosts[1]: ');
  expect(findingsOf(rule, ports('[]'))).toEqual([]);
});
