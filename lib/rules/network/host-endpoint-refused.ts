// HE-5
import { Severity } from '../../findings';
import { type RuleOf, remark } from '../rule';
import { hostEndpoint, OPEN_HOST } from './calico-snippet';

const LONGEST_NAME = 15;

export const hostEndpointRefused: RuleOf<'hostEndpoint'> = {
  id: 'network/host-endpoint-refused',
  severity: Severity.ERROR,
  appliesTo: 'hostEndpoint',
  since: '0.1.0',
  why: `A HostEndpoint names a node, and an interface of it by its name or by its addresses. Linux cuts names of interfaces at 15 characters, so that a longer one is
none. Without a node or an interface the policies that select it hold nowhere.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/resources/hostendpoint'],
  bad: hostEndpoint('{ node: n1, profiles: [projectcalico-default-allow] }'),
  good: OPEN_HOST,
  check: ({ node, interfaceName, addresses }) => [
    ...remark(node === undefined, 'spec', 'names no node', 'use node: <name of the node>'),
    ...remark(
      interfaceName === undefined && addresses.length === 0,
      'spec',
      'has neither interfaceName nor expectedIPs, so that it is no interface',
      "use interfaceName: eth0, or interfaceName: '*' for all of them",
    ),
    ...remark(
      (interfaceName ?? '').length > LONGEST_NAME,
      'spec.interfaceName',
      `\`${interfaceName}\` has ${interfaceName?.length} characters, and Linux has names of ${LONGEST_NAME} at most`,
      'use the name that `ip link` shows',
    ),
  ],
};
