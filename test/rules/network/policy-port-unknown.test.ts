import { policyPortUnknown as rule } from '../../../lib/rules/network/policy-port-unknown';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: network/policy-port-unknown: spec.ingress[0].ports[0].port: no container of Deployment web declares a port named `web`, so that the rule allows nothing; use one of http',
  ]);
});

test('the name belongs to a protocol', () => {
  expect(findingsOf(rule, varied(rule.good, '{ port: http }', '{ port: http, protocol: UDP }'))).toEqual([
    'NetworkPolicy web: network/policy-port-unknown: spec.ingress[0].ports[0].protocol: `http` of Deployment web is a port of TCP, not of UDP, so that the rule allows nothing; set protocol: TCP',
  ]);
  const both = varied(
    rule.good,
    'ports: [{ name: http',
    'ports: [{ name: http, containerPort: 1, protocol: UDP }, { name: http',
  );
  expect(findingsOf(rule, varied(both, '{ port: http }', '{ port: http, protocol: UDP }'))).toEqual([]);
});

test('where no port has a name, one has to be given; a number in quotes is a name', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: http, containerPort', 'containerPort'))).toEqual([
    expect.stringMatching(/; name the port of the container, or give its number$/),
  ]);
  expect(findingsOf(rule, varied(rule.bad, 'port: web', 'port: "8080"'))).toEqual([
    expect.stringMatching(/; write 8080 without quotes$/),
  ]);
  expect(findingsOf(rule, varied(rule.bad, 'port: web', 'port: web1'))).toEqual([expect.stringMatching(/ http$/)]);
  expect(findingsOf(rule, varied(rule.bad, 'port: web', 'port: 1web'))).toEqual([expect.stringMatching(/ http$/)]);
});

test('names are given once each', () => {
  const twice = varied(rule.bad, 'containerPort: 8080 }', 'containerPort: 8080 }, { name: http, containerPort: 8081 }');
  expect(findingsOf(rule, twice)).toEqual([expect.stringMatching(/; use one of http$/)]);
});

test.each(['8080', '9999', 'http-envoy-prom', 'linkerd-admin'])('port %s needs no declaration', (port) => {
  expect(findingsOf(rule, varied(rule.bad, 'port: web', `port: ${port}`))).toEqual([]);
});

const other = (name: string) =>
  `---${varied(rule.bad.slice(rule.bad.indexOf('---') + 3), 'metadata: { name: web }', 'metadata: { name: api }').replaceAll('name: http', `name: ${name}`)}`;

test('one of several workloads is enough', () => {
  expect(findingsOf(rule, rule.bad + other('web'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + other('grpc'))).toEqual([
    expect.stringMatching(/no container of Deployment web, Deployment api declares .*; use one of http, grpc$/),
  ]);
});

test('pods that are not in the input, or have no template there, may declare anything', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'podSelector: { matchLabels: { app: web } }', 'podSelector: { matchLabels: { app: api } }'),
    ),
  ).toEqual([]);
  const empty = varied(rule.bad, /containers: .*/.exec(rule.bad)?.[0] ?? '', 'containers: []');
  expect(findingsOf(rule, empty)).toEqual([]);
});

test('a direction that the policy does not have is not looked at', () => {
  expect(findingsOf(rule, varied(rule.bad, '[Ingress]', '[Egress]'))).toEqual([]);
});

test('of egress the ports are those of the peers', () => {
  const egress = (peer: string) =>
    varied(
      varied(rule.bad, 'policyTypes: [Ingress]', 'policyTypes: [Egress]'),
      'ingress: [{ ports: [{ port: web }] }]',
      `egress: [{ to: [${peer}], ports: [{ port: web }] }]`,
    );
  const api = other('grpc').replaceAll('app: web', 'app: api');
  expect(findingsOf(rule, egress('{ podSelector: { matchLabels: { app: api } } }') + api)).toEqual([
    'NetworkPolicy web: network/policy-port-unknown: spec.egress[0].ports[0].port: no container of Deployment api declares a port named `web`, so that the rule allows nothing; use one of grpc',
  ]);
  expect(findingsOf(rule, egress('{ podSelector: { matchLabels: { app: db } } }') + api)).toEqual([]);
  expect(
    findingsOf(rule, egress('{ podSelector: { matchLabels: { app: api } } }, { namespaceSelector: {} }') + api),
  ).toEqual([]);
});
