// HE-9
import { type CalicoPolicyFact, type Endpoint, type Host, HostReach, outside } from '../../facts';
import { Severity } from '../../findings';
import { Network } from '../../values/ip-network';
import type { RuleOf } from '../rule';
import { globalPolicy, OPEN_HOST } from './calico-snippet';

const forwarding = (rules: string) =>
  `${globalPolicy(`  order: 10
  applyOnForward: true
  types: [Ingress]
  ingress:
    - { action: Deny, protocol: TCP, source: { nets: [203.0.113.0/24] } }
${rules}`)}---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: node }
spec: { order: 20, selector: role == 'edge', types: [Ingress], ingress: [{ action: Allow }] }
---${OPEN_HOST}`;

export const forwardingDenied: RuleOf<'calicoPolicy'> = {
  id: 'network/forwarding-denied',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `What goes through a node to its pods is let through, until a policy with \`applyOnForward\` selects the interface: then it is denied unless a rule allows it, in the directions of that
policy. One rule that denies a client so cuts off all pods of the node. A policy that is meant to deny something needs a last rule that allows the rest, or \`preDNAT\`, which denies nothing by itself.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/host-endpoints/forwarded'],
  bad: forwarding(''),
  good: forwarding('    - { action: Allow }\n'),
  check: (target, world) => {
    if (!isForwarding(target)) return [];
    const reach = HostReach.of(world);
    const closed = (['ingress', 'egress'] as const).filter((direction) =>
      reach.hosts.some(
        (host) =>
          reach.policiesOf(host, 'forward', direction)[0]?.object === target && isClosed(reach, host, direction),
      ),
    );
    return closed.slice(0, 1).map((direction) => {
      const what = direction === 'ingress' ? 'arrives for pods' : 'pods send';
      const problem = `has applyOnForward and no rule that allows the rest, so that nothing that ${what} gets through the nodes it selects`;
      return { field: `spec.${direction}`, problem, fix: `add { action: Allow } as the last rule of ${direction}` };
    });
  },
};

function isForwarding({ isBeforeDnat, isUntracked, spec }: CalicoPolicyFact): boolean {
  return spec.applyOnForward === true && !isBeforeDnat && !isUntracked;
}

/** Whether nobody gets through: not pods, wherever they are, and not what a rule names. */
function isClosed(reach: HostReach, host: Host, direction: 'ingress' | 'egress'): boolean {
  const { target } = host.fact;
  const named = reach
    .policiesOf(host, 'forward', direction)
    .flatMap(({ rules }) => rules[direction] ?? [])
    .filter(({ action }) => action !== 'Deny')
    .flatMap(({ source, destination }) => [...source.networks, ...destination.networks]);
  const pods = (target.network?.pods ?? []).flatMap((one) => Network.parse(one) ?? []);
  const ends = [...pods, ...named, ...EVERYBODY].map(outside);
  return !ends.some((from) => ends.some((to) => isThrough(reach, host, direction, from, to)));
}

const EVERYBODY = ['0.0.0.0/0'].flatMap((one) => Network.parse(one) ?? []);
const PORTS = [
  { port: 443, protocol: 'TCP' },
  { port: 8080, protocol: 'TCP' },
  { port: 53, protocol: 'UDP' },
];

function isThrough(reach: HostReach, host: Host, direction: 'ingress' | 'egress', from: Endpoint, to: Endpoint) {
  return PORTS.some((port) => {
    const flow = { from, to, ...port };
    return (direction === 'ingress' ? reach.forwarded(host, flow) : reach.leaving(host, flow)).isAllowed;
  });
}
