import { othersFindNoRoute as rule } from '../../../lib/rules/canary/others-find-no-route';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/others-find-no-route: spec.http: every route asks for header x-canary, so that all other requests of sidecars are answered with 404; add a last route without match: - route: [{ destination: { host: web } }]',
  ]);
});

const MATCH = '[{ headers: { x-canary: { exact: "true" } } }]';
const matched = (match: string) => varied(rule.bad, MATCH, match);

test('all that the routes ask for is listed, once', () => {
  expect(
    findingsOf(rule, matched('[{ headers: { a: {}, b: {} } }, { headers: { a: {} }, queryParams: { c: {} } }]'))[0],
  ).toContain('every route asks for header a, header b, query parameter c, so that');
});

test.each([
  '[{ uri: { exact: /a }, headers: { a: {} } }]',
  '[{ authority: { exact: a }, headers: { a: {} } }]',
  '[{ method: { exact: GET }, headers: { a: {} } }]',
  '[{ headers: { a: {} } }, { withoutHeaders: { a: {} } }]',
  '[{ headers: { a: {} } }, { uri: { prefix: /a } }]',
])('with %s some requests may be left out on purpose', (match) => {
  expect(findingsOf(rule, matched(match))).toEqual([]);
});

test.each([
  '[{}]',
  '[]',
  'null',
  '[{ headers: {} }]',
  '[{ headers: null }]',
  '[{ headers: 7 }]',
  '[{ headers: { a: {} } }, {}]',
])('a route that matches %s takes the others', (match) => {
  expect(findingsOf(rule, matched(match))).toEqual([]);
});

test('sidecars that get no route at all go on as before', () => {
  expect(findingsOf(rule, matched('[{ sourceLabels: { app: a } }]'))).toEqual([]);
  expect(findingsOf(rule, matched('[{ sourceNamespace: a }]'))).toEqual([]);
  expect(findingsOf(rule, matched('[{ port: 80 }]'))).toEqual([]);
});

test.each(['port: 80', 'sourceNamespace: a', 'sourceLabels: { app: a }', 'ignoreUriCase: true'])(
  'with %s the sidecars that get a route need another one',
  (more) => {
    expect(findingsOf(rule, matched(`[{ headers: { x: {} }, ${more} }]`))).toHaveLength(1);
  },
);

test('for each sidecar that gets a route there has to be one without a condition', () => {
  const own = '{ sourceLabels: { app: a }, headers: { x: {} } }';
  expect(findingsOf(rule, matched(`[${own}]`))).toHaveLength(1);
  expect(findingsOf(rule, matched(`[${own}, { sourceLabels: { app: a } }]`))).toEqual([]);
  expect(findingsOf(rule, matched(`[${own}, { sourceLabels: { app: b } }]`))).toHaveLength(1);
  expect(findingsOf(rule, matched('[{ headers: { x: {} } }, { sourceLabels: { app: a } }]'))).toHaveLength(1);
  expect(findingsOf(rule, matched('[{ port: 80, headers: { x: {} } }, { port: 80 }]'))).toEqual([]);
});

test('gateways may have other routes for the host', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [edge]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [edge, mesh]'))).toHaveLength(1);
});

test('a route at a gateway alone does not help the sidecars', () => {
  const both = varied(rule.good, 'hosts: [web]', 'hosts: [web]\n  gateways: [edge, mesh]');
  const last = 'route: [{ destination: { host: web, subset: stable } }]';
  const atEdge = varied(both, last, `match: [{ gateways: [edge] }]\n      ${last}`);
  expect(findingsOf(rule, both)).toEqual([]);
  expect(findingsOf(rule, atEdge)).toHaveLength(1);
});

test('delegates, and those that delegate, are put together with others', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: []'))).toEqual([]);
  const delegating = varied(
    rule.bad,
    'route: [{ destination: { host: web, subset: canary } }]',
    'delegate: { name: a }',
  );
  expect(findingsOf(rule, delegating)).toEqual([]);
  const [, first = ''] = rule.bad.split('http:\n');
  expect(findingsOf(rule, delegating + first)).toEqual([]);
  expect(findingsOf(rule, rule.bad + first)).toHaveLength(1);
});

test('without a destination the fix names none', () => {
  const redirect = varied(rule.bad, 'route: [{ destination: { host: web, subset: canary } }]', 'redirect: { uri: /a }');
  expect(findingsOf(rule, redirect)[0]).toMatch(/; add a last route without match$/);
});

test('without routes of HTTP there is nothing to find', () => {
  expect(findingsOf(rule, varied(rule.bad, '  http:\n', '  tcp:\n'))).toEqual([]);
});
