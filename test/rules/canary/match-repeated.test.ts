import { matchRepeated as rule } from '../../../lib/rules/canary/match-repeated';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HTTPRoute web: canary/match-repeated: spec.rules[1]: spec.rules[0] has the same match and comes first, so that this one never gets a request; put the backends of both into spec.rules[0] with weights, or match something else here',
  ]);
});

const route = (...rules: readonly string[]) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec: { rules: [${rules.join(', ')}] }
`;
const A = '{ path: { value: /a } }';
const B = '{ path: { value: /b } }';
const matching = (...matches: readonly string[]) => `{ matches: [${matches.join(', ')}] }`;

test('each match that is repeated is named, with the first rule that has it', () => {
  expect(findingsOf(rule, route(matching(A), matching(B), matching(B, A), matching(A)))).toEqual([
    expect.stringContaining(': spec.rules[2].matches[0]: spec.rules[1] has '),
    expect.stringContaining(': spec.rules[2].matches[1]: spec.rules[0] has '),
    expect.stringContaining(': spec.rules[3].matches[0]: spec.rules[0] has '),
  ]);
});

test('a match that is repeated in one rule is harmless', () => {
  expect(findingsOf(rule, route(matching(A, A)))).toEqual([]);
});

test('a wider match before a narrower one is fine', () => {
  expect(findingsOf(rule, route('{}', matching(A), matching(B)))).toEqual([]);
});

test('the order of headers does not tell matches apart', () => {
  const headers = (...names: readonly string[]) =>
    matching(`{ headers: [${names.map((name) => `{ name: ${name}, value: a }`).join(', ')}] }`);
  expect(findingsOf(rule, route(headers('x', 'y'), headers('y', 'x')))).toHaveLength(1);
  expect(findingsOf(rule, route(headers('x', 'y'), headers('y')))).toEqual([]);
});

test('a GRPCRoute is read in the same way', () => {
  expect(findingsOf(rule, varied(rule.bad, 'HTTPRoute', 'GRPCRoute'))).toHaveLength(1);
});
