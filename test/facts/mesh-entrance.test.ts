import { entrancesOf, hiddenEntrances, reachesAllSidecars, takesAllOf, type VirtualServiceFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

const service = (http: string, more = 'hosts: [web]') =>
  worldOf(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { ${more}, http: ${http} }
`).mesh.virtualServices[0] as VirtualServiceFact;

test('each match is a way in, and a route without matches is one', () => {
  const http = '[{ match: [{ port: 80 }, { gateways: [edge], uri: { exact: /a } }] }, {}]';
  expect(
    entrancesOf(service(http, 'gateways: [mesh, edge]')).map(({ route, ...others }) => [route.field, others]),
  ).toEqual([
    ['spec.http[0]', { field: 'spec.http[0].match[0]', gateways: ['mesh', 'shop/edge'], conditions: { port: 80 } }],
    ['spec.http[0]', { field: 'spec.http[0].match[1]', gateways: ['shop/edge'], conditions: { uri: { exact: '/a' } } }],
    ['spec.http[1]', { field: 'spec.http[1]', gateways: ['mesh', 'shop/edge'], conditions: {} }],
  ]);
});

const takes = (one: string, other: string, more = 'gateways: [mesh, edge]') => {
  const [earlier, later] = entrancesOf(service(`[{ match: [${one}] }, { match: [${other}] }]`, more));
  return takesAllOf(earlier, later);
};

const PATH = (path: string) => `{ uri: ${path} }`;
const X = 'x: { exact: a }';

test.each([
  ['{}', '{}', true],
  ['{}', '{ headers: { x: {} } }', true],
  ['{ headers: { x: {} } }', '{}', false],
  [PATH('{ prefix: / }'), '{}', true],
  [PATH('{ prefix: "" }'), '{}', true],
  [PATH('{ regex: ".*" }'), PATH('{ exact: /a }'), true],
  [PATH('{ prefix: /a }'), '{}', false],
  [PATH('{ prefix: /a }'), PATH('{ prefix: /a }'), true],
  [PATH('{ prefix: /a }'), PATH('{ prefix: /a/b }'), true],
  [PATH('{ prefix: /a }'), PATH('{ exact: /a/b }'), true],
  [PATH('{ prefix: /a }'), PATH('{ exact: /b }'), false],
  [PATH('{ prefix: /a }'), PATH('{ regex: /a.* }'), false],
  [PATH('{ prefix: /a }'), PATH('{ prefix: /A }'), false],
  [PATH('{ exact: /a }'), PATH('{ exact: /a }'), true],
  [PATH('{ exact: /a }'), PATH('{ exact: /a/b }'), false],
  [PATH('{ exact: /a }'), PATH('{ prefix: /a }'), false],
  [PATH('{ regex: /a.* }'), PATH('{ regex: /a.* }'), true],
  [PATH('{ regex: /a.* }'), PATH('{ exact: /a }'), false],
  [PATH('{ prefix: 7 }'), PATH('{ exact: /a }'), false],
  [PATH('{ prefix: /a }'), PATH('7'), false],
  ['{ uri: { prefix: /a }, ignoreUriCase: true }', PATH('{ exact: /A/b }'), true],
  ['{ uri: { prefix: /A }, ignoreUriCase: true }', PATH('{ exact: /a/b }'), true],
  ['{ uri: { prefix: /a }, ignoreUriCase: true }', '{ uri: { exact: /b }, ignoreUriCase: true }', false],
  ['{ uri: { prefix: /a }, ignoreUriCase: true }', '{ uri: { exact: /A }, ignoreUriCase: true }', true],
  ['{ uri: { prefix: /a } }', '{ uri: { prefix: /a }, ignoreUriCase: true }', false],
  ['{ uri: { prefix: /a }, ignoreUriCase: false }', PATH('{ exact: /A/b }'), false],
  ['{ uri: { prefix: / } }', '{ uri: { prefix: /a }, ignoreUriCase: true }', true],
  ['{ ignoreUriCase: true }', '{}', true],
  [`{ headers: { ${X} } }`, `{ headers: { ${X} } }`, true],
  [`{ headers: { ${X} } }`, `{ headers: { ${X}, y: {} } }`, true],
  [`{ headers: { ${X}, y: {} } }`, `{ headers: { ${X} } }`, false],
  [`{ headers: { ${X} } }`, '{ headers: { x: { exact: b } } }', false],
  [`{ headers: { ${X} } }`, `{ queryParams: { ${X} } }`, false],
  [`{ withoutHeaders: { ${X} } }`, `{ withoutHeaders: { ${X}, y: {} } }`, true],
  [`{ queryParams: { ${X} } }`, `{ queryParams: { ${X}, y: {} } }`, true],
  ['{ sourceLabels: { a: b } }', '{ sourceLabels: { a: b, c: d } }', true],
  ['{ sourceLabels: { a: b, c: d } }', '{ sourceLabels: { a: b } }', false],
  ['{ method: { exact: GET } }', '{ method: { exact: GET } }', true],
  ['{ method: { exact: GET } }', '{ method: { exact: PUT } }', false],
  ['{ method: { exact: GET } }', '{}', false],
  ['{}', '{ port: 80 }', true],
  ['{ port: 80 }', '{ port: 80 }', true],
  ['{ port: 80 }', '{ port: 81 }', false],
  ['{ gateways: [mesh] }', '{ gateways: [mesh] }', true],
  ['{ gateways: [mesh] }', '{ gateways: [edge] }', false],
  ['{ gateways: [mesh] }', '{}', false],
  ['{}', '{ gateways: [edge] }', true],
  ['{ gateways: [edge] }', '{ gateways: [./edge] }', true],
])('what %s takes leaves nothing for %s: %j', (one, other, expected) => {
  expect(takes(one, other)).toBe(expected);
});

test('a route that delegates may leave something', () => {
  const [earlier, later] = entrancesOf(service('[{ delegate: { name: other } }, {}]'));
  expect([takesAllOf(earlier, later), takesAllOf(later, earlier)]).toEqual([false, true]);
});

test.each([
  ['[{}]', 'hosts: [web]', true],
  ['[{ match: [{ headers: { x: {} } }] }]', 'hosts: [web]', true],
  ['[{ match: [{ sourceLabels: { a: b } }] }]', 'hosts: [web]', false],
  ['[{ match: [{ sourceNamespace: a }] }]', 'hosts: [web]', false],
  ['[{ match: [{ port: 80 }] }]', 'hosts: [web]', false],
  ['[{ match: [{ port: 80 }] }, {}]', 'hosts: [web]', true],
  ['[]', 'hosts: [web]', false],
  ['[{}]', 'hosts: []', false],
  ['[{}]', 'hosts: [web], gateways: [edge]', false],
  ['[{}]', 'hosts: [web], gateways: [edge, mesh]', true],
  ['[{ match: [{ gateways: [edge] }] }]', 'hosts: [web], gateways: [edge, mesh]', false],
  ['[{ match: [{ gateways: [mesh] }] }]', 'hosts: [web], gateways: [edge]', false],
])('%s with %s has a route for every sidecar: %j', (http, more, expected) => {
  expect(reachesAllSidecars(service(http, more))).toBe(expected);
});

const hidden = (...matches: readonly string[]) => {
  const fact = service(`[${matches.map((one) => `{ match: ${one} }`).join(', ')}]`);
  return [...hiddenEntrances(fact)].map(([route, all]) => [
    route.field,
    ...all.map(({ earlier, later }) => `${earlier.field} ${later.field}`.replaceAll('spec.http', '')),
  ]);
};

test('a way in is hidden by the first of those that take all its requests', () => {
  expect(
    hidden('[{ port: 80 }]', '[{ uri: { prefix: /a } }]', '[{ uri: { prefix: / } }]', '[{ uri: { exact: /a/b } }]'),
  ).toEqual([['spec.http[3]', '[1].match[0] [3].match[0]']]);
  expect(hidden('[{ uri: { prefix: / } }]', '[{ uri: { prefix: /a } }]', '[{ uri: { exact: /a/b } }]')).toEqual([
    ['spec.http[1]', '[0].match[0] [1].match[0]'],
    ['spec.http[2]', '[0].match[0] [2].match[0]'],
  ]);
});

test('it is found however the paths are written', () => {
  const pair = (one: string, other: string) => hidden(`[${one}]`, `[${other}]`).length;
  expect(pair('{ uri: { prefix: /a }, ignoreUriCase: true }', '{ uri: { exact: /A/b } }')).toBe(1);
  expect(pair('{ uri: { regex: /a.* } }', '{ uri: { regex: /a.* } }')).toBe(1);
  expect(pair('{ uri: { exact: /a } }', '{ uri: { exact: /a } }')).toBe(1);
  expect(pair('{ uri: { prefix: /a } }', '{ uri: { exact: /a } }')).toBe(1);
  expect(pair('{ uri: { prefix: "" } }', '{ uri: { regex: /a } }')).toBe(1);
  expect(pair('{ uri: { regex: ".*" } }', '{}')).toBe(1);
  expect(pair('{ uri: { prefix: /a } }', '{}')).toBe(0);
  expect(pair('{ uri: { prefix: /a/b } }', '{ uri: { prefix: /a } }')).toBe(0);
});

test('those of one route are listed together, and never hide each other', () => {
  expect(hidden('[{}, {}]', '[{ port: 80 }, { port: 81 }]')).toEqual([
    ['spec.http[1]', '[0].match[0] [1].match[0]', '[0].match[0] [1].match[1]'],
  ]);
});
