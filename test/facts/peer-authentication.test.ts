import { PeerAuthenticationFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  mtls: { mode: STRICT }
  portLevelMtls:
    8080: { mode: PERMISSIVE }
    9090: { mode: DISABLE }
    7070: { mode: UNSET }
`;

test.each([
  ['security.istio.io/v1', 'PeerAuthentication', true],
  ['security.istio.io/v1beta1', 'PeerAuthentication', true],
  ['security.istio.io/v1', 'RequestAuthentication', false],
  ['security.istio.io/v1', 'AuthorizationPolicy', false],
  ['networking.istio.io/v1', 'PeerAuthentication', false],
  ['v1', 'PeerAuthentication', false],
])('%s %s is a PeerAuthentication: %j', (apiVersion, kind, expected) => {
  const [object] = worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).objects;
  expect(object instanceof PeerAuthenticationFact).toBe(expected);
});

const authentication = (spec: string) =>
  worldOf(`{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, spec: ${spec} }`)
    .objects[0] as PeerAuthenticationFact;

test.each([
  ['{ selector: { matchLabels: { app: web, part: shop } } }', { app: 'web', part: 'shop' }],
  ['{ selector: { matchLabels: { app: web, part: 7 } } }', { app: 'web' }],
  ['{ selector: { matchLabels: {} } }', undefined],
  ['{ selector: { matchLabels: { app: 7 } } }', undefined],
  ['{ selector: { matchLabels: null } }', undefined],
  ['{ selector: { matchLabels: 7 } }', undefined],
  ['{ selector: { app: web } }', undefined],
  ['{ selector: {} }', undefined],
  ['{ selector: null }', undefined],
  ['{ selector: 7 }', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['7', undefined],
])('%s is for the pods with %j', (spec, labels) => {
  expect(authentication(spec).podLabels).toEqual(labels);
});

test.each([
  ['{ mtls: { mode: STRICT } }', 'STRICT'],
  ['{ mtls: { mode: PERMISSIVE } }', 'PERMISSIVE'],
  ['{ mtls: { mode: DISABLE } }', 'DISABLE'],
  ['{ mtls: { mode: UNSET } }', undefined],
  ['{ mtls: { mode: null } }', undefined],
  ['{ mtls: { mode: 3 } }', undefined],
  ['{ mtls: {} }', undefined],
  ['{ mtls: null }', undefined],
  ['{ mtls: STRICT }', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['7', undefined],
])('%s says %j', (spec, mode) => {
  expect(authentication(spec).mode).toBe(mode);
  expect(authentication(spec).modeOf(8080)).toBe(mode);
});

test('a port may have a mode of its own; UNSET leaves it to that of all ports', () => {
  const [fact] = worldOf(FULL).objects as PeerAuthenticationFact[];
  expect([8080, 9090, 7070, 6060].map((port) => fact.modeOf(port))).toEqual([
    'PERMISSIVE',
    'DISABLE',
    'STRICT',
    'STRICT',
  ]);
});

test.each(['null', '7', '[a]', '{}', '{ 8080: null }', '{ 8080: STRICT }', '{ 8080: { mode: 7 } }', '{ 8080: {} }'])(
  'with the ports %s the mode of all ports counts',
  (ports) => {
    expect(authentication(`{ mtls: { mode: DISABLE }, portLevelMtls: ${ports} }`).modeOf(8080)).toBe('DISABLE');
    expect(authentication(`{ portLevelMtls: ${ports} }`).modeOf(8080)).toBeUndefined();
  },
);

test.each([
  'spec',
  'spec.selector',
  'spec.selector.matchLabels',
  'spec.mtls',
  'spec.mtls.mode',
  'spec.portLevelMtls',
  'spec.portLevelMtls.8080',
  'spec.portLevelMtls.8080.mode',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const read = (changedManifest: unknown) => {
    const [fact] = new World([{ manifest: changedManifest }]).objects as PeerAuthenticationFact[];
    return [readings(fact), fact.modeOf(8080)];
  };
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 7, true, ['a']]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
