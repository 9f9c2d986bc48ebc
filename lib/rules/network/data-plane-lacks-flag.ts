// HE-10
import { Severity } from '../../findings';
import { DataPlane } from '../../values';
import type { RuleOf } from '../rule';
import { globalPolicy, OPEN_HOST } from './calico-snippet';

const policy = (flags: string) =>
  `${globalPolicy(`  order: 10
${flags}  applyOnForward: true
  types: [Ingress]
  ingress: [{ action: Deny, protocol: TCP, destination: { ports: [31852] } }, { action: Allow }]
`)}---${OPEN_HOST}`;

export const dataPlaneLacksFlag: RuleOf<'calicoPolicy'> = {
  id: 'network/data-plane-lacks-flag',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `The data plane VPP asks policies at one point of the way of a packet. It knows neither \`preDNAT\` nor \`doNotTrack\`: what such a policy was to close is open, and nothing says so.`,
  sources: ['https://docs.tigera.io/calico/latest/getting-started/kubernetes/vpp/specifics'],
  network: { calico: '3.31', dataPlane: DataPlane.VPP },
  bad: policy('  preDNAT: true\n'),
  good: policy(''),
  check: ({ isBeforeDnat, isUntracked, target }) => {
    if (target.network?.dataPlane !== DataPlane.VPP || (!isBeforeDnat && !isUntracked)) return [];
    const flag = isUntracked ? 'doNotTrack' : 'preDNAT';
    const problem = `the data plane VPP knows no ${flag}, so that the policy does nothing`;
    return [{ field: `spec.${flag}`, problem, fix: 'close the port at the load balancer, or change the data plane' }];
  },
};
