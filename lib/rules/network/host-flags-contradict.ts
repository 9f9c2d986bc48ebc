// HE-1, HE-2, HE-3
import type { CalicoPolicyFact } from '../../facts';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { globalPolicy } from './calico-snippet';

export const hostFlagsContradict: RuleOf<'calicoPolicy'> = {
  id: 'network/host-flags-contradict',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `\`preDNAT\` and \`doNotTrack\` move a policy of hosts to earlier points of the way of a packet: before addresses are translated, or before connections are
tracked. It cannot be at both; before translation there is nothing that leaves; and at both points packets are seen that go on to elsewhere, which \`applyOnForward\` has to
say. Calico refuses what says otherwise, but only when it is stored: a dry run takes it.`,
  sources: [
    'https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy',
    'https://docs.tigera.io/calico/latest/reference/host-endpoints/pre-dnat',
  ],
  bad: globalPolicy(`  preDNAT: true
  types: [Ingress]
  ingress: [{ action: Deny, protocol: TCP, destination: { ports: [31852] } }]
`),
  good: globalPolicy(`  preDNAT: true
  applyOnForward: true
  types: [Ingress]
  ingress: [{ action: Deny, protocol: TCP, destination: { ports: [31852] } }]
`),
  check: (target) => {
    const { isBeforeDnat, isUntracked } = target;
    if (!isBeforeDnat && !isUntracked) return [];
    return [...bothFlags(target), ...leaving(target), ...withoutForward(target)];
  },
};

function bothFlags({ isBeforeDnat, isUntracked }: CalicoPolicyFact): Remark[] {
  if (!isBeforeDnat || !isUntracked) return [];
  const problem = 'preDNAT and doNotTrack are both true, and a policy is asked at one of the two points';
  return [{ field: 'spec.preDNAT', problem, fix: 'make two policies, each with one of them' }];
}

function leaving({ isBeforeDnat, types, rules }: CalicoPolicyFact): Remark[] {
  const first = rules.find(({ direction }) => direction === 'egress');
  const field = first?.field ?? (types.includes('Egress') ? 'spec.types' : undefined);
  if (!isBeforeDnat || field === undefined) return [];
  const problem = 'is about packets that leave, and preDNAT sees those that arrive';
  return [{ field, problem, fix: 'use types: [Ingress], and no egress' }];
}

function withoutForward({ isUntracked, spec }: CalicoPolicyFact): Remark[] {
  if (spec.applyOnForward === true) return [];
  const flag = isUntracked ? 'doNotTrack' : 'preDNAT';
  const problem = `${flag} is true and applyOnForward is not, and packets that go on to pods are seen there too`;
  return [{ field: `spec.${flag}`, problem, fix: 'use applyOnForward: true' }];
}
