import { type GatewayRouteFact, matchKeys } from '../../lib/facts';
import { worldOf } from '../support/facts';

const keys = (rule: string) => {
  const yaml = `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, spec: { rules: [${rule}] } }`;
  return matchKeys((worldOf(yaml).gatewayRoutes[0] as GatewayRouteFact).rules[0]);
};
const key = (match: string) => keys(`{ matches: [${match}] }`)[0];

const HEADERS = '{ name: a, value: b }, { name: c, value: d }';

test.each([
  ['{}', '{ path: { type: PathPrefix, value: / } }'],
  ['{}', '{ path: { value: / } }'],
  ['{ path: { value: /a } }', '{ path: { value: /a, type: PathPrefix } }'],
  ['{ path: null, method: null }', '{}'],
  [`{ headers: [${HEADERS}] }`, '{ headers: [{ name: C, value: d }, { type: Exact, name: A, value: b }] }'],
  ['{ queryParams: [{ name: a, value: b }] }', '{ queryParams: [{ type: Exact, value: b, name: a }] }'],
  ['{ method: GET }', '{ method: GET }'],
  ['{ method: { service: a } }', '{ method: { type: Exact, service: a } }'],
  ['{ headers: [{ name: 7 }] }', '{ headers: [{ name: 7 }] }'],
])('%s and %s take the same requests', (one, other) => {
  expect(key(one)).toBe(key(other));
});

test.each([
  ['{}', '{ path: { value: /a } }'],
  ['{ path: { value: /a } }', '{ path: { type: Exact, value: /a } }'],
  ['{}', '{ method: GET }'],
  ['{ method: GET }', '{ method: PUT }'],
  ['{ method: { service: a } }', '{ method: { service: b } }'],
  ['{ headers: [{ name: a, value: b }] }', '{ headers: [{ name: a, value: c }] }'],
  ['{ headers: [{ name: a, value: b }] }', '{ headers: [{ name: c, value: b }] }'],
  ['{ headers: [{ name: a, value: b }] }', '{ queryParams: [{ name: a, value: b }] }'],
  ['{ headers: [{ name: a, value: b }] }', '{ headers: [{ type: RegularExpression, name: a, value: b }] }'],
  ['{ headers: [{ name: a, value: b }] }', `{ headers: [${HEADERS}] }`],
  ['{ queryParams: [{ name: a, value: b }] }', '{ queryParams: [{ name: a, value: c }] }'],
  ['{}', '{ other: a }'],
])('%s and %s do not', (one, other) => {
  expect(key(one)).not.toBe(key(other));
});

test('a rule without matches takes every request, and one with several has a text for each', () => {
  expect(keys('{}')).toEqual([key('{}')]);
  expect(keys('{ matches: [] }')).toEqual([key('{}')]);
  expect(keys('{ matches: [{ method: GET }, {}] }')).toEqual([key('{ method: GET }'), key('{}')]);
});
