// HE-9
import {
  type CalicoPolicyFact,
  type Direction,
  type Entity,
  EVERYBODY,
  type Host,
  HostReach,
  type MatchedRule,
} from '../../facts';
import { Severity } from '../../findings';
import { Overlay } from '../../values';
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
policy. One rule that denies a client so cuts off all pods of the node; without an overlay a rule that
allows one client alone cuts them off from each other. A policy that is meant to deny something needs a last rule that allows the rest, or \`preDNAT\`, which denies nothing by itself.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/host-endpoints/forwarded'],
  bad: forwarding(''),
  good: forwarding('    - { action: Allow }\n'),
  check: (target, world) => {
    const reach = HostReach.of(world);
    const pods = podsInPlain(target);
    const closed = (['ingress', 'egress'] as const).filter((direction) =>
      reach.hosts.some((host) => isClosedBy(target, pods, reach, host, direction)),
    );
    return closed.slice(0, 1).map((direction) => {
      const missing = pods.length === 0 ? 'the rest' : `pods (${pods.join(', ')})`;
      const [comes, goes] =
        pods.length === 0
          ? ['arrives for pods', 'pods send']
          : ['comes from pods of other nodes', 'pods send to other nodes'];
      const lost = direction === 'ingress' ? comes : goes;
      const problem = `has applyOnForward and no rule that allows ${missing}, so that nothing that ${lost} gets through the nodes it selects`;
      return { field: `spec.${direction}`, problem, fix: `add { action: Allow } as the last rule of ${direction}` };
    });
  },
};

/** Whether this policy is asked first of those about what goes through an interface, no rule lets pods' packets on, and the rest is denied. */
function isClosedBy(
  target: CalicoPolicyFact,
  pods: readonly Network[],
  reach: HostReach,
  host: Host,
  direction: Direction,
): boolean {
  const policies = reach.policiesOf(host, 'forward', direction);
  if (policies[0]?.object !== target) return false;
  const rules = policies.flatMap((policy) => policy.rules[direction] ?? []);
  if (rules.some((rule) => letsOn(rule, pods))) return false;
  return EVERYBODY.every((one) => {
    const flow = { from: one, to: one, port: 443, protocol: 'TCP' };
    return !(direction === 'ingress' ? reach.forwarded(host, flow) : reach.leaving(host, flow)).isAllowed;
  });
}

/** The networks of pods whose packets come by the interface as they are; in an overlay they are wrapped, and Calico lets its own overlay through. */
function podsInPlain({ target: { network } }: CalicoPolicyFact): readonly Network[] {
  return network?.overlay === Overlay.NONE ? network.pods.flatMap((one) => Network.parse(one) ?? []) : [];
}

function letsOn({ action, source, destination }: MatchedRule, pods: readonly Network[]): boolean {
  if (action === 'Deny' || action === 'Log') return false;
  const mayBePods = ({ networks }: Entity) =>
    networks.length === 0 || pods.length === 0 || networks.some((one) => pods.some((pod) => one.overlaps(pod)));
  return mayBePods(source) && mayBePods(destination);
}
