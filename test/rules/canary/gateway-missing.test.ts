import { gatewayMissing as rule } from '../../../lib/rules/canary/gateway-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/gateway-missing: spec.gateways[0]: there is no Gateway default/egde of networking.istio.io, so that no request comes to these routes by it; use default/edge',
  ]);
});

const named = (gateways: string) => varied(rule.bad, '[egde]', `[${gateways}]`);

test.each(['edge', 'default/edge', './edge', 'edge.default.svc.cluster.local', 'mesh'])('%s is there', (name) => {
  expect(findingsOf(rule, named(name))).toEqual([]);
});

test('`mesh` is no gateway, though a namespace may be called so', () => {
  const far = varied(rule.bad, 'metadata: { name: edge }', 'metadata: { name: edge, namespace: mes }');
  expect(findingsOf(rule, varied(far, '[egde]', '[mesh]'))).toEqual([]);
  expect(findingsOf(rule, varied(far, '[egde]', '[mes/egde]'))).toHaveLength(1);
});

test('each name is looked for', () => {
  expect(findingsOf(rule, named('mesh, edge, egde'))).toEqual([expect.stringContaining(': spec.gateways[2]: ')]);
});

test('in a namespace without gateways in the input it may be made elsewhere', () => {
  expect(findingsOf(rule, named('infra/egde'))).toEqual([]);
});

test('unless one of its name lies in another namespace', () => {
  expect(findingsOf(rule, named('infra/edge'))[0]).toMatch(/there is no Gateway infra\/edge of .*; use default\/edge$/);
});

test('without a slip of the pen the gateways of the namespace are listed', () => {
  const second =
    '---\n{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: inner }, spec: { servers: [] } }';
  expect(findingsOf(rule, named('public') + second)[0]).toMatch(/; use one of default\/edge, default\/inner$/);
});

test('a Gateway of the Gateway API is another kind', () => {
  const api = varied(rule.good, 'networking.istio.io/v1\nkind: Gateway', 'gateway.networking.k8s.io/v1\nkind: Gateway');
  expect(findingsOf(rule, api)).toEqual([
    expect.stringMatching(
      /there is no Gateway default\/edge of networking\.istio\.io, .*; write an HTTPRoute: Gateway default\/edge is one of the Gateway API$/,
    ),
  ]);
});
