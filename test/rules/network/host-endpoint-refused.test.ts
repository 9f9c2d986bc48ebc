import { hostEndpointRefused as rule } from '../../../lib/rules/network/host-endpoint-refused';
import { findingsOf, varied } from '../../support/rules';

const AT = 'HostEndpoint n1-eth0: network/host-endpoint-refused: spec';
const vary = (spec: string) =>
  findingsOf(rule, varied(rule.bad, '{ node: n1, profiles: [projectcalico-default-allow] }', spec));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}: has neither interfaceName nor expectedIPs, so that it is no interface; use interfaceName: eth0, or interfaceName: '*' for all of them`,
  ]);
});

test('a node is needed', () => {
  expect(vary('{ interfaceName: eth0 }')).toEqual([`${AT}: names no node; use node: <name of the node>`]);
  expect(vary('{ node: "", interfaceName: eth0 }').length).toBe(1);
});

test('a name that Linux would cut', () => {
  expect(vary('{ node: n1, interfaceName: enp0s31f6n12345a }')).toEqual([
    `${AT}.interfaceName: \`enp0s31f6n12345a\` has 16 characters, and Linux has names of 15 at most; use the name that \`ip link\` shows`,
  ]);
  expect(vary('{ node: n1, interfaceName: enp0s31f6n12345 }')).toEqual([]);
});

test.each(['{ node: n1, interfaceName: "*" }', '{ node: n1, expectedIPs: [192.0.2.1] }'])('%s is one', (spec) => {
  expect(vary(spec)).toEqual([]);
});

test('nothing of it is there', () => {
  expect(vary('{}').length).toBe(2);
});
