import { ObjectFact } from '../../lib/facts';
import { ReferenceGrantFact } from '../../lib/facts/reference-grant';
import { worldOf } from '../support/facts';

const FROM = '{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }';
const TO = '{ group: "", kind: Service, name: web }';

const grant = (from: string, to: string, namespace = 'infra') => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: web, namespace: ${namespace} }
spec: { from: ${from}, to: ${to} }
`;

const route = ({ kind = 'HTTPRoute', namespace = 'shop', group = 'gateway.networking.k8s.io' } = {}) =>
  new ObjectFact({ manifest: { apiVersion: `${group}/v1`, kind, metadata: { namespace } } });

const allows = (yaml: string, one = route(), service = 'web') =>
  (worldOf(yaml).objects[0] as ReferenceGrantFact).allows(one, service);

test.each([
  ['gateway.networking.k8s.io/v1', 'ReferenceGrant', true],
  ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', true],
  ['gateway.networking.k8s.io/v1', 'Gateway', false],
  ['example.com/v1', 'ReferenceGrant', false],
])('%s %s: %j', (apiVersion, kind, isGrant) => {
  const [object] = worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).objects;
  expect(object instanceof ReferenceGrantFact).toBe(isGrant);
});

test('it allows what it names', () => {
  expect(allows(grant(`[${FROM}]`, `[${TO}]`))).toBe(true);
  expect(allows(grant(`[{}, ${FROM}]`, `[7, ${TO}]`))).toBe(true);
});

test('without a name it allows all Services', () => {
  const all = grant(`[${FROM}]`, '[{ group: "", kind: Service }]');
  expect(allows(all, route(), 'api')).toBe(true);
  expect(allows(all.replace('Service }', 'Service, name: "" }'), route(), 'api')).toBe(true);
});

test.each([
  ['another kind of route', grant(`[${FROM}]`, `[${TO}]`), route({ kind: 'GRPCRoute' }), 'web'],
  ['another namespace', grant(`[${FROM}]`, `[${TO}]`), route({ namespace: 'ops' }), 'web'],
  ['another group', grant(`[${FROM}]`, `[${TO}]`), route({ group: 'example.com' }), 'web'],
  ['another Service', grant(`[${FROM}]`, `[${TO}]`), route(), 'api'],
  ['another kind of target', grant(`[${FROM}]`, '[{ group: "", kind: Secret, name: web }]'), route(), 'web'],
  ['another group of target', grant(`[${FROM}]`, '[{ group: a.b, kind: Service, name: web }]'), route(), 'web'],
  ['nobody', grant('[]', `[${TO}]`), route(), 'web'],
  ['nothing', grant(`[${FROM}]`, '[]'), route(), 'web'],
  ['wrong types', grant('7', 'null'), route(), 'web'],
  ['wrong types in the lists', grant('[{ group: 7, kind: 7 }]', '[{ kind: 7 }]'), route(), 'web'],
])('it does not allow %s', (_, yaml, one, service) => {
  expect(allows(yaml, one, service)).toBe(false);
});

test('a core group need not be written', () => {
  expect(allows(grant(`[${FROM}]`, '[{ kind: Service }]'))).toBe(true);
});

test('a grant holds in its own namespace', () => {
  const { mesh } = worldOf(grant(`[${FROM}]`, `[${TO}]`));
  expect(mesh.grantsTo(route(), 'infra', 'web')).toBe(true);
  expect(mesh.grantsTo(route(), 'ops', 'web')).toBe(false);
  expect(mesh.grantsTo(route(), 'infra', 'api')).toBe(false);
});
