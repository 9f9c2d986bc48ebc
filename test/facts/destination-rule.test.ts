import { DestinationRuleFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec:
  host: web
  subsets:
    - { name: stable, labels: { version: v1 } }
    - { name: canary, labels: { version: v2, track: canary } }
    - { name: all }
`;

const rules = (world: World) => world.objects.filter((object) => object instanceof DestinationRuleFact);

test.each([
  ['networking.istio.io/v1', 'DestinationRule', 1],
  ['networking.istio.io/v1alpha3', 'DestinationRule', 1],
  ['networking.istio.io/v1', 'VirtualService', 0],
  ['networking.k8s.io/v1', 'DestinationRule', 0],
  ['security.istio.io/v1', 'DestinationRule', 0],
  ['v1', 'DestinationRule', 0],
])('%s %s: %i rules', (apiVersion, kind, count) => {
  expect(rules(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`))).toHaveLength(count);
});

const rule = (spec: string, namespace = 'shop') =>
  rules(
    worldOf(
      `{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { namespace: ${namespace} }, spec: ${spec} }`,
    ),
  )[0] as DestinationRuleFact;

test.each([
  ['web', 'web.shop.svc.cluster.local', { namespace: 'shop', name: 'web' }],
  ['web.ops.svc.cluster.local', 'web.ops.svc.cluster.local', { namespace: 'ops', name: 'web' }],
  ['api.example.com', 'api.example.com', undefined],
  ['"*.example.com"', '*.example.com', undefined],
  ['7', '', undefined],
  ['null', '', undefined],
])('the host %s of a rule in `shop` is %s', (written, host, service) => {
  expect(rule(`{ host: ${written} }`).host).toEqual({ host, service });
});

test('a short host lies in the namespace of the rule', () => {
  expect(rule('{ host: web }', 'ops').host.service).toEqual({ namespace: 'ops', name: 'web' });
  expect(rule('{ host: web }', 'null').host.service).toEqual({ namespace: 'default', name: 'web' });
});

test('subsets are read, each at its field', () => {
  expect(rules(worldOf(FULL))[0].subsets).toEqual([
    { field: 'spec.subsets[0]', name: 'stable', labels: { version: 'v1' } },
    { field: 'spec.subsets[1]', name: 'canary', labels: { version: 'v2', track: 'canary' } },
    { field: 'spec.subsets[2]', name: 'all', labels: {} },
  ]);
});

test.each(['{}', 'null', '7', '{ subsets: null }', '{ subsets: 7 }', '{ subsets: { name: a } }'])(
  '%s has no subsets',
  (spec) => {
    expect(rule(spec).subsets).toEqual([]);
  },
);

test.each(['{}', 'null', '7', '[a]', '{ name: 7, labels: 7 }', '{ name: null, labels: { version: 7 } }'])(
  'a subset that is %s has no name and no labels',
  (subset) => {
    expect(rule(`{ subsets: [${subset}] }`).subsets).toEqual([{ field: 'spec.subsets[0]', name: '', labels: {} }]);
  },
);

test.each(['spec', 'spec.host', 'spec.subsets', 'spec.subsets.0.name', 'spec.subsets.0.labels'])(
  '%s of a wrong type reads as missing',
  (path) => {
    const [manifest] = objects(FULL);
    const read = (changedManifest: unknown) => readings(rules(new World([{ manifest: changedManifest }])));
    const missing = read(without(manifest, path));
    expect(missing).not.toEqual(read(manifest));
    for (const wrong of [null, 7, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
  },
);
