import { untrackedOnAllInterfaces as rule } from '../../../lib/rules/network/untracked-on-all-interfaces';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'GlobalNetworkPolicy hosts: network/untracked-on-all-interfaces: spec.doNotTrack: selects HostEndpoint n1-eth0 with interfaceName `*`, where connections are tracked all the same; give the HostEndpoint interfaceName: eth0',
  ]);
});

test.each([
  ['doNotTrack: true', 'preDNAT: true'],
  ['doNotTrack: true', 'doNotTrack: false'],
  ['labels: { role: edge }', 'labels: { role: other }'],
  ['interfaceName: "*", ', ''],
])('%j as %j is not about all interfaces', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});
