import { rolloutRouteMissing as rule } from '../../../lib/rules/canary/rollout-route-missing';
import { findingsOf, varied } from '../../support/rules';

const AT = 'spec.strategy.canary.trafficRouting.istio';
const FIELD = `Rollout web: canary/rollout-route-missing: ${AT}`;
const NAMED = 'virtualService: { name: web, routes: [primary] }';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.virtualService.routes[0]: VirtualService web has no route \`primary\`, so that Argo refuses the whole Rollout; use one of main`,
  ]);
  expect(findingsOf(rule, unnamed(rule.bad))).toEqual([
    `${FIELD}.virtualService.routes[0]: VirtualService web has no route \`primary\`, so that Argo refuses the whole Rollout; add name: primary to its route`,
  ]);
  expect(findingsOf(rule, omitted(second(rule.bad)))).toEqual([
    `${FIELD}.virtualService.routes: is missing, while VirtualService web has 2 routes, so that Argo refuses the whole Rollout; name the one that Argo should change, routes: [main]`,
  ]);
  expect(findingsOf(rule, varied(rule.good, 'host: web-canary', 'host: web-next'))).toEqual([
    `${FIELD}.virtualService.routes[0]: spec.http[0] of VirtualService web does not lead to Service web-canary, so that Argo refuses the whole Rollout; add { destination: { host: web-canary }, weight: 0 } to it`,
  ]);
});

function unnamed(yaml: string): string {
  return yaml.replace(/- name: (main|primary)\n {6}route/, '- route');
}

function omitted(yaml: string): string {
  return varied(yaml, NAMED, 'virtualService: { name: web }');
}

function second(yaml: string): string {
  return `${yaml}    - route: [{ destination: { host: web } }]\n`;
}

test('routes may be omitted where there is only one', () => {
  expect(findingsOf(rule, omitted(rule.bad))).toEqual([]);
  expect(findingsOf(rule, omitted(unnamed(rule.bad)))).toEqual([]);
});

test('without any name one is made up', () => {
  expect(findingsOf(rule, omitted(second(unnamed(rule.bad))))[0]).toMatch(/routes: \[primary\]$/);
});

const managed = (yaml: string, name: string) =>
  varied(yaml, 'trafficRouting: {', `trafficRouting: { managedRoutes: [{ name: ${name} }],`);

test('routes that Argo makes do not count', () => {
  const testers = varied(second(unnamed(rule.bad)), '- route: [', '- name: testers\n      route: [');
  expect(findingsOf(rule, omitted(testers))).toHaveLength(1);
  expect(findingsOf(rule, managed(omitted(testers), 'testers'))).toEqual([]);
});

const stepping = (yaml: string, setter: string) =>
  varied(managed(yaml, 'testers'), 'trafficRouting: {', `steps: [{ ${setter}: { name: testers } }], trafficRouting: {`);

test.each(['setHeaderRoute', 'setMirrorRoute'])(
  'beside a route of %s, the only one is found by having no name',
  (setter) => {
    expect(findingsOf(rule, stepping(omitted(rule.bad), setter))).toEqual([
      `${FIELD}.virtualService.routes: is missing, while route main has a name, so that Argo no longer finds it once it has added a route of its own; add routes: [main]`,
    ]);
    expect(findingsOf(rule, stepping(omitted(unnamed(rule.bad)), setter))).toEqual([]);
    expect(findingsOf(rule, stepping(rule.good, setter))).toEqual([]);
  },
);

test('without such a step no route is added', () => {
  expect(findingsOf(rule, managed(omitted(rule.bad), 'testers'))).toEqual([]);
  expect(findingsOf(rule, stepping(omitted(rule.bad), 'setCanaryScale'))).toEqual([]);
});

test('a VirtualService that has only routes of Argo leaves nothing to be named', () => {
  const only = varied(stepping(omitted(rule.bad), 'setHeaderRoute'), 'name: testers', 'name: main');
  expect(findingsOf(rule, only)).toEqual([]);
});

test('every name is looked for', () => {
  const two = varied(rule.good, 'routes: [primary]', 'routes: [primary, internal, other]');
  expect(findingsOf(rule, two)).toEqual([
    expect.stringContaining('routes[1]: VirtualService web has no route `internal`'),
    expect.stringContaining('routes[2]: VirtualService web has no route `other`'),
  ]);
});

test('each named route has to lead to both, others need not', () => {
  const more = `${rule.good}    - name: internal\n      route: [{ destination: { host: web } }]\n`;
  expect(findingsOf(rule, more)).toEqual([]);
  expect(findingsOf(rule, varied(more, 'routes: [primary]', 'routes: [primary, internal]'))).toEqual([
    expect.stringContaining('routes[1]: spec.http[1] of VirtualService web does not lead to Service web-canary'),
  ]);
});

test('a route that Argo finds by itself has to lead to both', () => {
  const wrong = varied(rule.good, 'host: web }', 'host: old }');
  expect(findingsOf(rule, omitted(wrong))).toEqual([
    expect.stringContaining(
      `${FIELD}.virtualService.name: spec.http[0] of VirtualService web does not lead to Service web, so that`,
    ),
  ]);
  const beside = managed(
    `${omitted(unnamed(wrong))}    - name: testers\n      route: [{ destination: { host: web } }]\n`,
    'testers',
  );
  expect(findingsOf(rule, beside)).toEqual([
    expect.stringContaining('spec.http[0] of VirtualService web does not lead to Service web,'),
  ]);
});

test('a host counts up to its first dot', () => {
  expect(findingsOf(rule, varied(rule.good, 'host: web-canary', 'host: web-canary.shop.svc.cluster.local'))).toEqual(
    [],
  );
  expect(findingsOf(rule, varied(rule.good, 'host: web-canary', 'host: .web-canary'))).toHaveLength(1);
});

test('a mirror is no destination', () => {
  const line = '        - { destination: { host: web-canary }, weight: 0 }\n';
  expect(findingsOf(rule, varied(rule.good, line, '      mirror: { host: web-canary }\n'))).toHaveLength(1);
});

const SERVICES = 'stableService: web, canaryService: web-canary, ';
const subsets = (yaml: string) =>
  varied(
    varied(
      varied(yaml, SERVICES, ''),
      NAMED,
      `${NAMED}, destinationRule: { name: web, stableSubsetName: v1, canarySubsetName: v2 }`,
    ),
    'host: web-canary }',
    'host: web, subset: v2 }',
  );

test('with a DestinationRule the subsets have to be there, whatever the host', () => {
  expect(findingsOf(rule, varied(subsets(rule.good), 'host: web }', 'host: web, subset: v1 }'))).toEqual([]);
  expect(findingsOf(rule, subsets(rule.good))).toEqual([
    `${FIELD}.virtualService.routes[0]: spec.http[0] of VirtualService web does not lead to subset v1, so that Argo refuses the whole Rollout; add { destination: { host: web, subset: v1 }, weight: 0 } to it`,
  ]);
  expect(findingsOf(rule, varied(subsets(rule.good), 'stableSubsetName: v1, ', ''))).toEqual([]);
});

test('a route without destinations is told with the best host that there is', () => {
  const none = (yaml: string) => `${yaml.slice(0, yaml.indexOf('      route:'))}      redirect: { uri: / }\n`;
  expect(findingsOf(rule, none(subsets(rule.good)))[0]).toContain('add { destination: { host: web, subset: v1 }');
  const served = varied(none(subsets(rule.good)), 'trafficRouting:', 'stableService: shop, trafficRouting:');
  expect(findingsOf(rule, served)[0]).toContain('add { destination: { host: shop, subset: v1 }');
  expect(findingsOf(rule, none(rule.good))).toHaveLength(2);
});

test('Services that are not named are spoken of by another rule', () => {
  expect(findingsOf(rule, varied(rule.good, SERVICES, ''))).toEqual([]);
});

test('Services that change roles are not known by their names', () => {
  const pingPong = varied(
    varied(rule.good, SERVICES, 'pingPong: { pingService: a, pongService: b }, '),
    'host: web-canary',
    'host: b',
  );
  expect(findingsOf(rule, pingPong)).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.good, 'canaryService:', 'pingPong: {}, canaryService:').replace('host: web-canary', 'host: b'),
    ),
  ).toEqual([]);
});

test('a VirtualService may be named in another namespace, or be one of several', () => {
  const moved = varied(
    rule.bad,
    'kind: VirtualService\nmetadata: { name: web }',
    'kind: VirtualService\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, moved)).toEqual([]);
  expect(
    findingsOf(rule, varied(moved, 'virtualService: { name: web,', 'virtualService: { name: web.ops,')),
  ).toHaveLength(1);
  const several = varied(rule.bad, NAMED, 'virtualServices: [{ name: api }, { name: web, routes: [primary] }]');
  expect(findingsOf(rule, several)).toEqual([expect.stringContaining(`${FIELD}.virtualServices[1].routes[0]: `)]);
});

test('one that is not in the input, or has no routes for HTTP, is not judged', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'VirtualService\nmetadata: { name: web }', 'VirtualService\nmetadata: { name: api }'),
    ),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '  http:', '  tcp:'))).toEqual([]);
});

test('it is named in one form', () => {
  const istio = (text: string) => varied(rule.good, `{ ${NAMED} }`, text);
  const none = `${FIELD}: names no VirtualService, so that Argo refuses the whole Rollout; add virtualService: { name: ... }`;
  expect(findingsOf(rule, istio('{}'))).toEqual([none]);
  expect(findingsOf(rule, istio('{ virtualService: null, destinationRule: { name: web } }'))).toEqual([none]);
  expect(findingsOf(rule, istio('{ virtualService: { name: api }, virtualServices: [{ name: api }] }'))).toEqual([
    `${FIELD}: has virtualService and virtualServices, so that Argo refuses the whole Rollout; move all to virtualServices`,
  ]);
  expect(findingsOf(rule, istio('null'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'istio:', 'other:'))).toEqual([]);
});
