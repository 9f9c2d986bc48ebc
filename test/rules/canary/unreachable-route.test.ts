import { unreachableRoute as rule } from '../../../lib/rules/canary/unreachable-route';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/unreachable-route: spec.http[1]: spec.http[0] comes first and takes all its requests, so that this route never gets one; move it before spec.http[0]',
  ]);
});

const routes = (...http: readonly string[]) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec:
  hosts: [web]
  gateways: [mesh, edge]
  http: [${http.join(', ')}]
`;

const found = (...http: readonly string[]) =>
  findingsOf(rule, routes(...http)).map((line) => line.replace(/^.*?unreachable-route: /, ''));

test('of two equal routes the second is of no use', () => {
  expect(found('{}', '{}')).toEqual([
    'spec.http[1]: spec.http[0] comes first and takes all its requests, so that this route never gets one; remove it, or give spec.http[0] a narrower match',
  ]);
  expect(found('{ match: [{ method: { exact: GET } }] }', '{ match: [{ method: { exact: GET } }] }')).toEqual([
    expect.stringMatching(
      /^spec\.http\[1\]: spec\.http\[0\]\.match\[0\] comes first .*; remove it, or give spec\.http\[0\] /,
    ),
  ]);
});

test('the route that hides it is named, not the match of it', () => {
  expect(found('{ match: [{ port: 81 }, { uri: { prefix: / } }] }', '{ match: [{ port: 80 }] }')).toEqual([
    'spec.http[1]: spec.http[0].match[1] comes first and takes all its requests, so that this route never gets one; move it before spec.http[0]',
  ]);
});

test('where some matches of a route are hidden, each of these is', () => {
  expect(
    found(
      '{ match: [{ uri: { prefix: /a } }] }',
      '{ match: [{ uri: { exact: /a/b } }, { port: 80 }, { uri: { exact: /a } }] }',
    ),
  ).toEqual([
    expect.stringMatching(
      /^spec\.http\[1\]\.match\[0\]: spec\.http\[0\]\.match\[0\] .* this match never gets one; move it /,
    ),
    expect.stringMatching(/^spec\.http\[1\]\.match\[2\]: /),
  ]);
});

test('where all are, it is the route', () => {
  expect(found('{}', '{ match: [{ port: 80 }, { port: 81 }] }')).toEqual([expect.stringMatching(/^spec\.http\[1\]: /)]);
});

test('matches of one route may overlap', () => {
  expect(found('{ match: [{ uri: { prefix: /a } }, { uri: { exact: /a/b } }] }')).toEqual([]);
});

test('the narrow before the wide is right', () => {
  expect(found('{ match: [{ uri: { exact: /a/b } }] }', '{ match: [{ uri: { prefix: /a } }] }', '{}')).toEqual([]);
});

test('every route behind one that takes all is hidden', () => {
  expect(found('{}', '{ match: [{ port: 80 }] }', '{}')).toHaveLength(2);
});

test('a route for one gateway hides only those for the same', () => {
  expect(found('{ match: [{ gateways: [mesh] }] }', '{ match: [{ port: 80 }] }')).toEqual([]);
  expect(found('{ match: [{ gateways: [mesh] }] }', '{ match: [{ gateways: [mesh], port: 80 }] }')).toHaveLength(1);
});

test('a route that delegates may leave something', () => {
  expect(found('{ delegate: { name: other } }', '{}')).toEqual([]);
});

test('a tester of the stable route is not found', () => {
  expect(findingsOf(rule, varied(rule.bad, 'headers: { x-canary: { exact: "true" } }', 'uri: { prefix: / }'))).toEqual([
    expect.stringMatching(/; remove it, or give spec\.http\[0\] a narrower match$/),
  ]);
});
