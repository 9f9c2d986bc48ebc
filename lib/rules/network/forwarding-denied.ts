// HE-9
import { type CalicoPolicyFact, type Direction, EVERYBODY, type Host, HostReach } from '../../facts';
import { Severity } from '../../findings';
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
    const reach = HostReach.of(world);
    const closed = (['ingress', 'egress'] as const).filter((direction) =>
      reach.hosts.some((host) => isClosedBy(target, reach, host, direction)),
    );
    return closed.slice(0, 1).map((direction) => {
      const what = direction === 'ingress' ? 'arrives for pods' : 'pods send';
      const problem = `has applyOnForward and no rule that allows the rest, so that nothing that ${what} gets through the nodes it selects`;
      return { field: `spec.${direction}`, problem, fix: `add { action: Allow } as the last rule of ${direction}` };
    });
  },
};

/** Whether this policy is asked first of those about what goes through an interface, none has a rule that lets something on, and the rest is denied. */
function isClosedBy(target: CalicoPolicyFact, reach: HostReach, host: Host, direction: Direction): boolean {
  const policies = reach.policiesOf(host, 'forward', direction);
  if (policies[0]?.object !== target) return false;
  const rules = policies.flatMap((policy) => policy.rules[direction] ?? []);
  if (!rules.every(({ action }) => action === 'Deny' || action === 'Log')) return false;
  return EVERYBODY.every((one) => {
    const flow = { from: one, to: one, port: 443, protocol: 'TCP' };
    return !(direction === 'ingress' ? reach.forwarded(host, flow) : reach.leaving(host, flow)).isAllowed;
  });
}
