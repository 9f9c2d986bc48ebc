import { DataPlane } from '../../../lib';
import { dataPlaneLacksFlag as rule } from '../../../lib/rules/network/data-plane-lacks-flag';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'GlobalNetworkPolicy hosts: network/data-plane-lacks-flag: spec.preDNAT: the data plane VPP knows no preDNAT, so that the policy does nothing; close the port at the load balancer, or change the data plane',
  ]);
  expect(findingsOf(rule, varied(rule.bad, 'preDNAT', 'doNotTrack'))).toEqual([
    expect.stringContaining('spec.doNotTrack: the data plane VPP knows no doNotTrack'),
  ]);
});

test.each([DataPlane.IPTABLES, DataPlane.NFTABLES, DataPlane.EBPF, undefined])('%s knows it', (dataPlane) => {
  expect(findingsOf(rule, rule.bad, { network: { calico: '3.31', dataPlane } })).toEqual([]);
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
});
