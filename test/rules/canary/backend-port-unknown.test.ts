import { backendPortUnknown as rule } from '../../../lib/rules/canary/backend-port-unknown';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HTTPRoute web: canary/backend-port-unknown: spec.rules[0].backendRefs[0].port: Service web has port 80, not 8080, so that its share of the requests is answered with 500; use port: 80, which leads to 8080',
  ]);
});

const PORTS = '[{ name: http, port: 80, targetPort: 8080 }]';
const ports = (to: string) => varied(rule.bad, PORTS, to);

test('the fix names the port of the Service in front of the one that was meant, else one of all', () => {
  expect(findingsOf(rule, ports('[{ name: a, port: 70 }, { name: b, port: 90, targetPort: 8080 }]'))[0]).toMatch(
    /has ports 70, 90, not 8080, .*; use port: 90, which leads to 8080$/,
  );
  expect(findingsOf(rule, ports('[{ name: a, port: 70 }, { name: b, port: 90 }]'))[0]).toMatch(
    /; use port: one of 70, 90$/,
  );
});

test('one of several ports is enough', () => {
  expect(findingsOf(rule, ports('[{ name: a, port: 80 }, { name: b, port: 8080 }]'))).toEqual([]);
  expect(findingsOf(rule, ports('[]'))).toEqual([]);
});

const PORTLESS = varied(rule.bad, ', port: 8080', '');

test('a Service without a port is refused', () => {
  expect(findingsOf(rule, PORTLESS)).toEqual([
    'HTTPRoute web: canary/backend-port-unknown: spec.rules[0].backendRefs[0]: names Service web without a port, so that the API server refuses the route; add port: 80',
  ]);
  expect(findingsOf(rule, varied(PORTLESS, 'port: 80,', 'port: 70,'))[0]).toMatch(/; add port: 70$/);
});

test('so is one that is not in the input', () => {
  expect(findingsOf(rule, varied(PORTLESS, 'backendRefs: [{ name: web', 'backendRefs: [{ name: api'))[0]).toMatch(
    /names Service api without .*; add port: 80$/,
  );
});

test('other kinds need no port', () => {
  expect(findingsOf(rule, varied(PORTLESS, 'backendRefs: [{', 'backendRefs: [{ kind: InferencePool,'))).toEqual([]);
  expect(findingsOf(rule, varied(PORTLESS, 'backendRefs: [{ name: web }]', 'backendRefs: [{}]'))).toEqual([]);
});

test('a Service that is not in the input, or lies elsewhere, may have the port', () => {
  expect(findingsOf(rule, varied(rule.bad, '[{ name: web, port', '[{ name: api, port'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '[{ name: web, port', '[{ name: web, namespace: shop, port'))).toEqual([]);
});
