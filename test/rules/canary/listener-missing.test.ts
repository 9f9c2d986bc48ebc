import { listenerMissing as rule } from '../../../lib/rules/canary/listener-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HTTPRoute web: canary/listener-missing: spec.parentRefs[0].sectionName: Gateway edge has no listener named htpt, so that no request comes from there; use sectionName: http',
  ]);
});

const PARENT = '{ name: edge, sectionName: htpt }';
const LISTENER = '{ name: http, port: 80, protocol: HTTP }';
const parent = (to: string) => varied(rule.bad, PARENT, to);
const two = (to: string) =>
  varied(parent(to), `[${LISTENER}]`, `[${LISTENER}, { name: https, port: 443, protocol: HTTPS }]`);

test('a port that no listener has', () => {
  expect(findingsOf(rule, parent('{ name: edge, port: 8080 }'))).toEqual([
    'HTTPRoute web: canary/listener-missing: spec.parentRefs[0].port: Gateway edge listens on port 80, not 8080, so that no request comes from there; use port: 80',
  ]);
  expect(findingsOf(rule, two('{ name: edge, port: 8080 }'))[0]).toMatch(
    /on ports 80, 443, .*; use port: one of 80, 443$/,
  );
});

test('of several ports that which a slip of the pen explains', () => {
  expect(findingsOf(rule, two('{ name: edge, port: 4443 }'))[0]).toMatch(/; use port: 443$/);
});

test('listeners without a name or a port are not proposed', () => {
  const nameless = varied(two('{ name: edge, sectionName: tls }'), 'name: https, ', '');
  expect(findingsOf(rule, nameless)[0]).toMatch(/; use sectionName: http$/);
  const portless = varied(two('{ name: edge, port: 8080 }'), 'port: 443, ', '');
  expect(findingsOf(rule, portless)[0]).toMatch(/; use port: 80$/);
});

test('a port that another listener has', () => {
  expect(findingsOf(rule, two('{ name: edge, sectionName: http, port: 443 }'))).toEqual([
    'HTTPRoute web: canary/listener-missing: spec.parentRefs[0].port: listener http of Gateway edge is on port 80, not 443, so that no request comes from there; use port: 80',
  ]);
});

test('the name counts first', () => {
  expect(findingsOf(rule, two('{ name: edge, sectionName: tls, port: 443 }'))).toEqual([
    expect.stringMatching(/\.sectionName: .*; use sectionName: one of http, https$/),
  ]);
});

test.each([
  '{ name: edge }',
  '{ name: edge, sectionName: https }',
  '{ name: edge, port: 443 }',
  '{ name: edge, sectionName: https, port: 443 }',
])('%s is there', (to) => {
  expect(findingsOf(rule, two(to))).toEqual([]);
});

test('two listeners on one port are one port', () => {
  const same = varied(two('{ name: edge, port: 8080 }'), 'port: 443', 'port: 80');
  expect(findingsOf(rule, same)[0]).toContain('listens on port 80, not');
});

test('parents that are no Gateways of the input say nothing', () => {
  expect(findingsOf(rule, parent('{ name: other, sectionName: htpt }'))).toEqual([]);
  expect(findingsOf(rule, parent('{ name: edge, namespace: infra, sectionName: htpt }'))).toEqual([]);
  expect(findingsOf(rule, parent('{ kind: ListenerSet, name: edge, sectionName: htpt }'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'gateway.networking.k8s.io/v1\nkind: Gateway', 'networking.istio.io/v1\nkind: Gateway'),
    ),
  ).toEqual([]);
});

test('a Gateway without listeners may get them elsewhere', () => {
  expect(findingsOf(rule, varied(rule.bad, `[${LISTENER}]`, '[]'))).toEqual([]);
});
