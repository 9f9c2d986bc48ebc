import { untrackedBehindService as rule } from '../../../lib/rules/network/untracked-behind-service';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Service cache: network/untracked-behind-service: spec.clusterIP: has an address of its own, which is translated, and GlobalNetworkPolicy cache does not track connections to port 11211 of its pods; use clusterIP: None',
  ]);
});

test('a range with the port, and the port by its name, are the same', () => {
  expect(vary('destination: { ports: [11211] }', 'destination: { ports: ["11000:12000"] }').length).toBe(1);
  const named = varied(rule.bad, '{ containerPort: 11211 }', '{ name: cache, containerPort: 11211 }');
  expect(
    findingsOf(rule, varied(named, 'ports: [{ port: 11211 }]', 'ports: [{ port: 80, targetPort: cache }]')).length,
  ).toBe(1);
});

test.each([
  ['doNotTrack: true', 'preDNAT: true'],
  ['hostNetwork: true', 'hostNetwork: false'],
  ['destination: { ports: [11211] }', 'destination: { ports: [11212] }'],
  ['destination: { ports: [11211] }', 'destination: { ports: ["11212:11220"] }'],
  ['ingress: [{ action: Allow', 'ingress: [{ action: Deny'],
  ['selector: { app: cache }', 'selector: { app: other }'],
  [
    'spec: { selector: { app: cache }',
    'spec: { type: ExternalName, externalName: cache.example.com, selector: { app: cache }',
  ],
])('%j as %j leaves nothing untranslated', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});
