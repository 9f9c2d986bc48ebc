import { hostUnknownAtGateway as rule } from '../../../lib/rules/canary/host-unknown-at-gateway';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/host-unknown-at-gateway: spec.hosts[0]: no server of Gateway edge takes shop.example.com from namespace default (they take *.example.org), so that requests to it are answered with 404; add shop.example.com to spec.servers[0].hosts of Gateway edge',
  ]);
});

const server = (...hosts: readonly string[]) =>
  varied(rule.bad, '["*.example.org"]', `[${hosts.map((host) => `"${host}"`).join(', ')}]`);

test.each(['*', 'shop.example.com', '*.com', '*/*', 'default/*', './shop.example.com', '*/shop.example.com'])(
  '%s takes it',
  (host) => {
    expect(findingsOf(rule, server(host))).toEqual([]);
  },
);

test.each(['example.com', '*.shop.example.com', 'infra/*', 'infra/shop.example.com', 'op.example.com'])(
  '%s does not',
  (host) => {
    expect(findingsOf(rule, server(host))[0]).toContain(`(they take ${host})`);
  },
);

const SERVERS = 'servers: [{ port: { name: http, number: 80, protocol: HTTP }, hosts: ["*.example.org"] }]';

test('one of several hosts and servers is enough', () => {
  expect(findingsOf(rule, server('a.com', 'shop.example.com'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, SERVERS, 'servers: [{ hosts: [a.com] }, { hosts: ["*"] }]'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, SERVERS, 'servers: [{ hosts: [a.com] }, { hosts: [b.com, a.com] }]'))[0],
  ).toContain('(they take a.com, b.com)');
});

test('a gateway without servers, or that is not in the input, may take all', () => {
  expect(findingsOf(rule, varied(rule.bad, SERVERS, 'servers: []'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '[edge]', '[infra/edge]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '[edge]', '[edge, infra/edge]'))).toEqual([]);
});

test('each host is looked for', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [shop.example.com]', 'hosts: [a.example.org, b.com]'))).toEqual([
    expect.stringContaining(': spec.hosts[1]: no server of Gateway edge takes b.com '),
  ]);
});

test('where sidecars obey it too, some hosts may be for them', () => {
  const both = varied(rule.bad, '[edge]', '[edge, mesh]');
  expect(findingsOf(rule, varied(both, 'hosts: [shop.example.com]', 'hosts: [a.example.org, b.com]'))).toEqual([]);
  expect(findingsOf(rule, both)).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, '[edge]', '[mesh]'))).toEqual([]);
});

test('several gateways are listed', () => {
  const second =
    '---\n{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: inner }, spec: { servers: [{ hosts: [a.com] }] } }';
  expect(findingsOf(rule, varied(rule.bad, '[edge]', '[edge, inner]') + second)[0]).toContain(
    'no server of Gateway edge, inner takes shop.example.com from namespace default (they take *.example.org, a.com), so',
  );
});

test('a short host is that of a Service', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [shop.example.com]', 'hosts: [web]'))[0]).toContain(
    'takes web.default.svc.cluster.local from',
  );
});
