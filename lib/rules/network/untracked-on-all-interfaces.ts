// CT-3
import { HostReach, Reach } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { globalPolicy, hostEndpoint } from './calico-snippet';

const untracked = (interfaceName: string) =>
  `${globalPolicy(`  order: 10
  doNotTrack: true
  applyOnForward: true
  types: [Ingress, Egress]
  ingress: [{ action: Allow, protocol: TCP, destination: { ports: [11211] } }]
  egress: [{ action: Allow, protocol: TCP, source: { ports: [11211] } }]
`)}---${hostEndpoint(`{ node: n1, interfaceName: ${interfaceName}, expectedIPs: [192.0.2.11], profiles: [projectcalico-default-allow] }`)}`;

export const untrackedOnAllInterfaces: RuleOf<'calicoPolicy'> = {
  id: 'network/untracked-on-all-interfaces',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `A HostEndpoint with the interface \`*\` stands for all interfaces of its node, as automatic ones do, and policies with \`doNotTrack\` do not hold there: connections go on being
tracked, and the table that was to stay empty fills. The interface has to be named.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/host-endpoints/overview'],
  bad: untracked('"*"'),
  good: untracked('eth0'),
  check: (target, world) => {
    if (!target.isUntracked) return [];
    const policy = Reach.of(world).policyOf(target);
    const selected = HostReach.of(world).hosts.filter(({ endpoint }) => policy?.selects(endpoint) === true);
    const wild = selected.filter(({ fact }) => fact.interfaceName === '*');
    if (wild.length === 0) return [];
    const problem = `selects ${listed(wild.map(({ fact }) => `HostEndpoint ${fact.name}`))} with interfaceName \`*\`, where connections are tracked all the same`;
    return [{ field: 'spec.doNotTrack', problem, fix: 'give the HostEndpoint interfaceName: eth0' }];
  },
};
