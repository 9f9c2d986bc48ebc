import { hostsMeet, meshHost, shortenedHost } from '../../lib/facts';

const WEB = { namespace: 'shop', name: 'web' };

test.each([
  ['web', 'web.shop.svc.cluster.local', WEB],
  ['web-2', 'web-2.shop.svc.cluster.local', { namespace: 'shop', name: 'web-2' }],
  ['web.ops.svc.cluster.local', 'web.ops.svc.cluster.local', { namespace: 'ops', name: 'web' }],
  ['web.my-ns.svc.cluster.local', 'web.my-ns.svc.cluster.local', { namespace: 'my-ns', name: 'web' }],
  ['web.shop.svc.corp.internal', 'web.shop.svc.corp.internal', WEB],
  ['web.shop.svc.my-corp.2', 'web.shop.svc.my-corp.2', WEB],
])('%s in `shop` is %s, a Service', (written, host, service) => {
  expect(meshHost(written, 'shop')).toEqual({ host, service });
});

test.each([
  'web.shop',
  'web.shop.service.cluster.local',
  'web.shop.svc.',
  'web.shop.svc',
  'web.shop.svcs',
  'web.shop.svcs.cluster.local',
  'web.shop.svc.cluster.local/path',
  'a.web.shop.svc.cluster.local',
  '*.shop.svc.cluster.local',
  '*.web.shop.svc.cluster.local',
  'web_1.shop.svc.cluster.local',
  'api.example.com',
  '*.example.com',
  '*',
  '10.0.0.1',
  '::1',
  '',
])('%j is complete as it is, and no Service', (written) => {
  expect(meshHost(written, 'shop')).toEqual({ host: written, service: undefined });
});

test('a short name lies in the namespace that names it, whatever it is', () => {
  expect(meshHost('web', 'ops')).toEqual({
    host: 'web.ops.svc.cluster.local',
    service: { namespace: 'ops', name: 'web' },
  });
});

test('a short name that no Service may have is none', () => {
  expect(meshHost('Web', 'shop')).toEqual({ host: 'Web.shop.svc.cluster.local', service: undefined });
});

test.each(['web.shop', 'web.shop.svc'])('%s looks like the Service of another namespace', (written) => {
  expect(shortenedHost(written)).toEqual(WEB);
});

test.each([
  'web',
  'web.shop.svc.cluster.local',
  'a.web.shop',
  'web.shop.svcs',
  'web.shop.svc.',
  '*.shop',
  'Web.shop',
  '',
])('%j does not', (written) => {
  expect(shortenedHost(written)).toBeUndefined();
});

test.each([
  ['a.com', 'a.com', true],
  ['a.com', 'A.com', true],
  ['a.com', 'b.com', false],
  ['*', 'a.com', true],
  ['*', '*.com', true],
  ['*.a.com', 'x.a.com', true],
  ['*.a.com', 'x.y.a.com', true],
  ['*.a.com', 'a.com', false],
  ['*.a.com', 'xa.com', false],
  ['*.a.com', '*.com', true],
  ['*.a.com', '*.b.com', false],
  ['*.a.com', '*.a.com', true],
])('%s and %s have a host in common: %j, whichever comes first', (one, other, expected) => {
  expect([hostsMeet(one, other), hostsMeet(other, one)]).toEqual([expected, expected]);
});
