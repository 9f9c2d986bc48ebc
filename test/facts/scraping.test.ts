import type { MonitorFact, ObjectFact, ScrapeEndpoint, World } from '../../lib/facts';
import { worldOf } from '../support/facts';

const names = (facts: readonly ObjectFact[]) => facts.map(({ namespace, name }) => `${namespace}/${name}`);

const monitor = (spec: string, kind = 'ServiceMonitor') => `
---
apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: { name: m, namespace: shop }
spec: ${spec}
`;

const service = (name: string, { namespace = 'shop', labels = '{ app: web }', ports = '[]' } = {}) => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, labels: ${labels} }
spec: { selector: { run: ${name} }, ports: ${ports} }
`;

const workload = (name: string, { namespace = 'shop', run = name, port = 8080 } = {}) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: web, run: ${run} } }
    spec: { containers: [{ name: web, ports: [{ name: http, containerPort: ${port} }] }] }
`;

const first = (world: World) => world.monitors[0] as MonitorFact;

const OBJECTS =
  service('one') +
  service('two', { labels: '{ app: api }' }) +
  service('far', { namespace: 'ops' }) +
  workload('one') +
  workload('also', { run: 'one' }) +
  workload('far', { namespace: 'ops' }) +
  workload('two');

const WEB = 'selector: { matchLabels: { app: web } }';

test.each([
  [`{ ${WEB} }`, ['shop/one'], ['shop/one', 'shop/also']],
  ['{ selector: {} }', ['shop/one', 'shop/two'], ['shop/one', 'shop/also', 'shop/two']],
  [`{ ${WEB}, namespaceSelector: { matchNames: [ops] } }`, ['ops/far'], ['ops/far']],
  [
    `{ ${WEB}, namespaceSelector: { matchNames: [ops, shop] } }`,
    ['ops/far', 'shop/one'],
    ['ops/far', 'shop/one', 'shop/also'],
  ],
  [`{ ${WEB}, namespaceSelector: { any: true } }`, ['shop/one', 'ops/far'], ['shop/one', 'shop/also', 'ops/far']],
  ['{}', [], []],
])('a ServiceMonitor with %s finds the Services %j and the workloads %j behind them', (spec, services, workloads) => {
  const world = worldOf(OBJECTS + monitor(spec));
  expect(names(world.scraping.servicesOf(first(world)))).toEqual(services);
  expect(names(world.scraping.workloadsOf(first(world)))).toEqual(workloads);
});

test.each([
  ['{ selector: { matchLabels: { run: one } } }', ['shop/one', 'shop/also']],
  [`{ ${WEB}, namespaceSelector: { matchNames: [ops] } }`, ['ops/far']],
  ['{ selector: { matchLabels: { run: far } }, namespaceSelector: { any: true } }', ['ops/far']],
])('a PodMonitor with %s finds the workloads %j, and no Services', (spec, workloads) => {
  const world = worldOf(OBJECTS + monitor(spec, 'PodMonitor'));
  expect(names(world.scraping.servicesOf(first(world)))).toEqual([]);
  expect(names(world.scraping.workloadsOf(first(world)))).toEqual(workloads);
});

test('a workload behind two Services is found once', () => {
  const world = worldOf(service('one') + service('one') + workload('one') + monitor('{ selector: {} }'));
  expect(names(world.scraping.workloadsOf(first(world)))).toEqual(['shop/one']);
});

test('what lies elsewhere is looked for in all namespaces', () => {
  const services = worldOf(OBJECTS + monitor(`{ ${WEB} }`));
  expect(names(services.scraping.elsewhere(first(services)))).toEqual(['shop/one', 'ops/far']);
  const pods = worldOf(OBJECTS + monitor('{ selector: { matchLabels: { run: far } } }', 'PodMonitor'));
  expect(names(pods.scraping.elsewhere(first(pods)))).toEqual(['ops/far']);
});

test.each([
  ['ServiceMonitor', '{}', service('a'), true],
  ['ServiceMonitor', '{}', workload('a'), false],
  ['ServiceMonitor', '{}', service('a', { namespace: 'ops' }), false],
  ['ServiceMonitor', '{ namespaceSelector: { matchNames: [ops, shop] } }', service('a'), false],
  [
    'ServiceMonitor',
    '{ namespaceSelector: { matchNames: [ops, shop] } }',
    service('a') + service('b', { namespace: 'ops' }),
    true,
  ],
  ['ServiceMonitor', '{ namespaceSelector: { any: true } }', service('a'), false],
  ['PodMonitor', '{}', workload('a'), true],
  ['PodMonitor', '{}', service('a'), false],
])('a %s with %s beside %s knows all that it looks at: %j', (kind, spec, objects, expected) => {
  const world = worldOf(objects + monitor(spec, kind));
  expect(world.scraping.isKnown(first(world))).toBe(expected);
});

const PORTS =
  '[{ name: metrics, port: 9090, targetPort: http }, { name: plain, port: 80, targetPort: 7070 }, { name: lost, port: 81, targetPort: none }]';

test.each([
  ['{ port: metrics }', ['one 8080', 'also 8081']],
  ['{ port: plain }', ['one 7070', 'also 7070']],
  ['{ port: lost }', []],
  ['{ port: http }', []],
  ['{ targetPort: http }', ['one 8080', 'also 8081']],
  ['{ targetPort: 7070 }', ['one 7070', 'also 7070']],
  ['{ targetPort: metrics }', []],
  ['{ port: metrics, targetPort: 7070 }', ['one 8080', 'also 8081']],
  ['{}', []],
])('the endpoint %s of a ServiceMonitor scrapes %j', (endpoint, expected) => {
  const world = worldOf(
    service('one', { ports: PORTS }) +
      workload('one') +
      workload('also', { run: 'one', port: 8081 }) +
      monitor(`{ ${WEB}, endpoints: [${endpoint}] }`),
  );
  const [one] = first(world).endpoints as [ScrapeEndpoint];
  const found = world.scraping.scrapesOf(first(world), one);
  expect(found.map(({ workload: { name }, port }) => `${name} ${port}`)).toEqual(expected);
});

test.each([
  ['{ port: http }', ['one 8080']],
  ['{ port: metrics }', []],
  ['{ portNumber: 9090 }', ['one 9090']],
  ['{ port: http, portNumber: 9090 }', ['one 8080']],
])('the endpoint %s of a PodMonitor scrapes %j', (endpoint, expected) => {
  const world = worldOf(workload('one') + monitor(`{ ${WEB}, podMetricsEndpoints: [${endpoint}] }`, 'PodMonitor'));
  const [one] = first(world).endpoints as [ScrapeEndpoint];
  const found = world.scraping.scrapesOf(first(world), one);
  expect(found.map(({ workload: { name }, port }) => `${name} ${port}`)).toEqual(expected);
});
