import { AuthorizationFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

test.each([
  ['security.istio.io/v1', 'AuthorizationPolicy', 1],
  ['security.istio.io/v1beta1', 'AuthorizationPolicy', 1],
  ['security.istio.io/v1', 'RequestAuthentication', 0],
  ['security.istio.io/v1', 'PeerAuthentication', 0],
  ['networking.istio.io/v1', 'AuthorizationPolicy', 0],
  ['policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', 0],
  ['v1', 'AuthorizationPolicy', 0],
])('%s %s: %i policies', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).authorizations).toHaveLength(count);
});

const policy = (spec: string) =>
  worldOf(`{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, spec: ${spec} }`)
    .authorizations[0] as AuthorizationFact;

test('the pods are those of its selector', () => {
  const { selector } = policy('{ selector: { matchLabels: { app: web, part: shop } } }');
  expect(String(selector)).toBe('app=web, part=shop');
  expect(selector.matches({ app: 'web', part: 'shop' })).toBe(true);
  expect(policy('{}')).toBeInstanceOf(AuthorizationFact);
});

test.each([
  '{}',
  'null',
  '7',
  '{ selector: {} }',
  '{ selector: null }',
  '{ selector: 7 }',
  '{ selector: [a] }',
  '{ selector: { app: web } }',
  '{ selector: { matchLabels: {} } }',
  '{ selector: { matchLabels: null } }',
  '{ selector: { matchLabels: 7 } }',
  '{ selector: { matchLabels: { app: 7 } } }',
  '{ matchLabels: { app: web } }',
  '{ targetRefs: [{ kind: Gateway, name: web }] }',
])('%s selects no pods by labels', (spec) => {
  expect(policy(spec).selector.isNull).toBe(true);
});
