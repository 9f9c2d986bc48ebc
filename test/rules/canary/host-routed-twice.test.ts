import { hostRoutedTwice as rule } from '../../../lib/rules/canary/host-routed-twice';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    "VirtualService web-edge: canary/host-routed-twice: spec.hosts[0]: VirtualService web has routes for the sidecars' requests to web.default.svc.cluster.local too, and they obey only the older of the two; put the routes of both into one of them, or remove `mesh` from the gateways of one",
  ]);
});

const route = (name: string, spec: string, namespace = 'default') => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const HTTP = 'http: [{ route: [{ destination: { host: web } }] }]';
const ONE = route('one', `{ hosts: [web], ${HTTP} }`);

test('each after the first is named, at the host that it shares', () => {
  const third = route('three', `{ hosts: [api, web.default.svc.cluster.local], ${HTTP} }`);
  expect(findingsOf(rule, ONE + route('two', `{ hosts: [web], ${HTTP} }`) + third)).toEqual([
    expect.stringMatching(/^VirtualService default\/two: .*: spec\.hosts\[0\]: VirtualService one has /),
    expect.stringMatching(/^VirtualService default\/three: .*: spec\.hosts\[1\]: VirtualService one has /),
  ]);
});

test('one in another namespace is named with it', () => {
  const far = route('two', `{ hosts: [web.default.svc.cluster.local], ${HTTP} }`, 'shop');
  expect(findingsOf(rule, ONE + far)[0]).toContain('VirtualService one in namespace default has');
});

test.each([
  ['of another host', `{ hosts: [api], ${HTTP} }`],
  ['for gateways', `{ hosts: [web], gateways: [edge], ${HTTP} }`],
  ['without hosts', `{ ${HTTP} }`],
  ['that not all see', `{ hosts: [web], exportTo: ["."], ${HTTP} }`],
  ['that only some callers get', '{ hosts: [web], http: [{ match: [{ sourceLabels: { app: a } }] }] }'],
  ['for TCP', '{ hosts: [web], tcp: [{ route: [{ destination: { host: web } }] }] }'],
])('beside one %s nothing is said', (_, spec) => {
  expect(findingsOf(rule, ONE + route('two', spec))).toEqual([]);
  expect(findingsOf(rule, route('two', spec) + ONE)).toEqual([]);
});

test('the same object twice is one', () => {
  expect(findingsOf(rule, ONE + ONE)).toEqual([]);
  expect(
    findingsOf(rule, ONE + route('one', `{ hosts: [web.default.svc.cluster.local], ${HTTP} }`, 'shop')),
  ).toHaveLength(1);
});

test('the same host twice in one object is another matter', () => {
  expect(findingsOf(rule, varied(ONE, 'hosts: [web]', 'hosts: [web, web]'))).toEqual([]);
});
