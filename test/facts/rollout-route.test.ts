import type { ArgoRolloutFact } from '../../lib/facts';
import { ownRoutes, rolloutRoutesOf, serviceName, virtualServicesOf } from '../../lib/facts';
import { worldOf } from '../support/facts';

const read = (istio: string, http: string, managed = '[]') => {
  const world = worldOf(`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec: { strategy: { canary: { trafficRouting: { managedRoutes: ${managed}, istio: ${istio} } } } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { http: ${http} }
`);
  return { mesh: world.mesh, rollout: world.delivery.rollouts[0] as ArgoRolloutFact };
};

const routes = (istio: string, http: string, managed = '[]') => {
  const { rollout, mesh } = read(istio, http, managed);
  return rolloutRoutesOf(rollout, mesh).map(({ field, route }) => [field.replace(/.*istio\./, ''), route.field]);
};

const WEB = '{ virtualService: { name: web } }';

test.each([
  [WEB, '[{ name: a }]', [['virtualService.name', 'spec.http[0]']]],
  [WEB, '[{}]', [['virtualService.name', 'spec.http[0]']]],
  [WEB, '[{ name: a }, {}]', []],
  [WEB, '[]', []],
  ['{ virtualService: { name: web, routes: [a] } }', '[{ name: a }]', [['virtualService.routes[0]', 'spec.http[0]']]],
  ['{ virtualService: { name: api } }', '[{}]', []],
  ['{ virtualService: { name: web.shop } }', '[{}]', [['virtualService.name', 'spec.http[0]']]],
  ['{ virtualService: { name: web.ops } }', '[{}]', []],
  ['{ virtualServices: [{ name: web }] }', '[{}]', [['virtualServices[0].name', 'spec.http[0]']]],
  [
    '{ virtualService: { name: web, routes: [b, c, a] } }',
    '[{ name: a }, { name: b }]',
    [
      ['virtualService.routes[0]', 'spec.http[1]'],
      ['virtualService.routes[2]', 'spec.http[0]'],
    ],
  ],
])('%s changes of %s: %j', (istio, http, expected) => {
  expect(routes(istio, http)).toEqual(expected);
});

test('one without routes for HTTP is left out', () => {
  const { rollout, mesh } = read(WEB, '[]');
  expect(virtualServicesOf(rollout, mesh)).toEqual([]);
});

test('routes that Argo makes by itself are none of ours', () => {
  expect(routes(WEB, '[{ name: a }, {}]', '[{ name: a }]')).toEqual([['virtualService.name', 'spec.http[1]']]);
  const { rollout, mesh } = read(WEB, '[{ name: a }, {}, { name: b }]', '[{ name: a }]');
  const [found] = virtualServicesOf(rollout, mesh);
  expect(ownRoutes(rollout, found?.service as never).map(({ field }) => field)).toEqual([
    'spec.http[1]',
    'spec.http[2]',
  ]);
});

test('only what gets a weight is a destination', () => {
  const { rollout, mesh } = read(
    WEB,
    '[{ route: [{ destination: { host: web.shop.svc } }, { destination: { host: b } }], mirror: { host: c } }]',
  );
  const [route] = rolloutRoutesOf(rollout, mesh);
  expect(route?.destinations.map(serviceName)).toEqual(['web', 'b']);
  expect(route?.service.name).toBe('web');
});
