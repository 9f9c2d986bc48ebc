import { listenerRefusesRoute as rule } from '../../../lib/rules/canary/listener-refuses-route';
import { findingsOf, varied } from '../../support/rules';

const line = (says: string, fix: string) =>
  `HTTPRoute web: canary/listener-refuses-route: spec.parentRefs[0]: no listener of Gateway edge takes it (${says}), so that no request comes from there; ${fix}`;

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    line(
      'http takes those of namespace infra only',
      'set allowedRoutes: { namespaces: { from: All } } in spec.listeners[0] of Gateway edge',
    ),
  ]);
});

const LISTENER = 'name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Same } }';
const listening = (...listeners: readonly string[]) =>
  varied(rule.bad, `[{ ${LISTENER} }]`, `[${listeners.map((one) => `{ ${one} }`).join(', ')}]`);
const ALL = 'allowedRoutes: { namespaces: { from: All } }';

test('a listener that says nothing takes those of its own namespace', () => {
  expect(findingsOf(rule, listening('name: http, port: 80, protocol: HTTP'))).toHaveLength(1);
  const near = varied(rule.bad, 'metadata: { name: web }', 'metadata: { name: web, namespace: infra }');
  expect(findingsOf(rule, near)).toEqual([]);
});

test('a listener may take none', () => {
  expect(findingsOf(rule, listening(varied(LISTENER, 'Same', 'None')))).toEqual([
    line('http takes none', 'set allowedRoutes: { namespaces: { from: Same } } in spec.listeners[0] of Gateway edge'),
  ]);
});

test('one listener that takes it is enough', () => {
  expect(findingsOf(rule, listening(LISTENER, `name: b, port: 81, protocol: HTTP, ${ALL}`))).toEqual([]);
});

test('all that refuse are named, each with its reason', () => {
  const two = listening(LISTENER, 'port: 81, protocol: HTTP, allowedRoutes: { namespaces: { from: None } }');
  expect(findingsOf(rule, two)[0]).toContain(
    '(http takes those of namespace infra only, spec.listeners[1] takes none), so that',
  );
});

test('only the listener that the route names counts', () => {
  const two = listening(LISTENER, `name: b, port: 81, protocol: HTTP, ${ALL}`);
  const named = (more: string) => varied(two, 'namespace: infra }]\n', `namespace: infra, ${more} }]\n`);
  expect(findingsOf(rule, named('sectionName: http'))).toHaveLength(1);
  expect(findingsOf(rule, named('sectionName: b'))).toEqual([]);
  expect(findingsOf(rule, named('port: 80'))).toHaveLength(1);
  expect(findingsOf(rule, named('sectionName: none'))).toEqual([]);
});

const selecting = (selector: string) =>
  listening(
    `name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: ${selector} } }`,
  );
const namespace = (labels: string) =>
  `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: default, labels: { ${labels} } } }\n`;
const TEAM = '{ matchLabels: { team: a } }';

test('a selector is compared with the labels of the namespace, where the input has them', () => {
  expect(findingsOf(rule, selecting(TEAM))).toEqual([]);
  expect(findingsOf(rule, selecting(TEAM) + namespace('team: a'))).toEqual([]);
  expect(findingsOf(rule, selecting(TEAM) + namespace('team: b'))).toEqual([
    line(
      'http takes those of namespaces with team=a only',
      'label namespace default so that spec.listeners[0] of Gateway edge selects it',
    ),
  ]);
});

test('beside other words a selector counts for nothing', () => {
  const all = varied(selecting(TEAM), 'from: Selector', 'from: All');
  expect(findingsOf(rule, all + namespace('team: b'))).toEqual([]);
});

test('the name of a namespace is a label of it', () => {
  const byName = (name: string) => selecting(`{ matchLabels: { kubernetes.io/metadata.name: ${name} } }`);
  expect(findingsOf(rule, byName('shop'))).toHaveLength(1);
  expect(findingsOf(rule, byName('default'))).toEqual([]);
  expect(findingsOf(rule, byName('default') + namespace('team: a'))).toEqual([]);
  expect(findingsOf(rule, byName('shop') + namespace('kubernetes.io/metadata.name: shop'))).toHaveLength(1);
});

test('without a selector the API server has its say', () => {
  expect(findingsOf(rule, selecting('null') + namespace('team: b'))).toEqual([]);
});

test('a listener may take only some kinds of routes', () => {
  const kinds = (list: string) =>
    listening(`name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All }, kinds: ${list} }`);
  expect(findingsOf(rule, kinds('[{ kind: HTTPRoute }, { kind: GRPCRoute }]'))).toEqual([]);
  expect(findingsOf(rule, kinds('[]'))).toEqual([]);
  expect(findingsOf(rule, kinds('[{ kind: GRPCRoute }]'))).toEqual([
    line(
      'http takes GRPCRoute only',
      'add { kind: HTTPRoute } to allowedRoutes.kinds in spec.listeners[0] of Gateway edge',
    ),
  ]);
});

test.each(['TLS', 'TCP', 'UDP'])('a listener for %s takes no routes of HTTP', (protocol) => {
  expect(findingsOf(rule, listening(`name: raw, port: 80, protocol: ${protocol}, ${ALL}`))).toEqual([
    line(`raw takes what is for ${protocol}`, 'name a listener with protocol: HTTP or HTTPS'),
  ]);
});

test.each(['HTTP', 'HTTPS', 'example.com/own'])('one for %s may', (protocol) => {
  expect(findingsOf(rule, listening(`name: raw, port: 80, protocol: ${protocol}, ${ALL}`))).toEqual([]);
});

const hosted = (listener: string, ...hosts: readonly string[]) =>
  varied(
    listening(`name: http, port: 80, protocol: HTTP, hostname: "${listener}", ${ALL}`),
    '  rules:',
    `  hostnames: [${hosts.map((host) => `"${host}"`).join(', ')}]\n  rules:`,
  );

test('one host has to fit that of the listener', () => {
  expect(findingsOf(rule, hosted('*.example.org', 'shop.example.com', 'a.b'))).toEqual([
    line(
      'http takes *.example.org only',
      'use a host that fits *.example.org, or change hostname in spec.listeners[0] of Gateway edge',
    ),
  ]);
});

test.each([
  ['*.example.com', ['shop.example.com']],
  ['*.example.com', ['*.com']],
  ['*.example.com', ['a.b', 'shop.example.com']],
  ['shop.example.com', ['*.example.com']],
  ['*.example.com', []],
  ['', ['shop.example.com']],
])('listener %j takes the hosts %j', (listener, hosts) => {
  expect(findingsOf(rule, hosted(listener, ...hosts))).toEqual([]);
});

test('parents that are no Gateways of the input say nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, '[{ name: edge, namespace', '[{ name: other, namespace'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, '[{ name: edge, namespace', '[{ kind: Service, name: edge, namespace')),
  ).toEqual([]);
});
