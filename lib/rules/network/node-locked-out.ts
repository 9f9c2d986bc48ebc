// HE-7
import {
  type Endpoint,
  EVERYBODY,
  type Host,
  HostReach,
  type NodeNeed,
  nodeNeeds,
  outside,
  Reach,
  type World,
} from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import { Network } from '../../values/ip-network';
import type { RuleOf } from '../rule';
import { globalPolicy, hostEndpoint } from './calico-snippet';

const node = (kubelet: number) =>
  `${globalPolicy(`  order: 100
  types: [Ingress, Egress]
  ingress: [{ action: Allow, protocol: TCP, destination: { ports: [${kubelet}] } }]
  egress:
    - { action: Allow, protocol: TCP, destination: { ports: [443] } }
    - { action: Allow, protocol: UDP, destination: { ports: [53, 123] } }
`)}---${hostEndpoint('{ node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11] }')}`;

export const nodeLockedOut: RuleOf<'hostEndpoint'> = {
  id: 'network/node-locked-out',
  severity: Severity.ERROR,
  appliesTo: 'hostEndpoint',
  since: '0.1.0',
  why: `From the moment a HostEndpoint exists, Calico denies whatever ends or starts on that interface and no policy allows, but for a few failsafe ports. Those let SSH, etcd and port 6443
through, and not the kubelet (logs, exec, metrics), time, or the images that new pods need: the node stays up and is no use. Each connection that a node needs is asked of all policies
together, with the addresses that the target names.`,
  sources: [
    'https://docs.tigera.io/calico/latest/reference/host-endpoints/overview',
    'https://docs.tigera.io/calico/latest/reference/host-endpoints/failsafe',
  ],
  bad: node(9100),
  good: node(10250),
  check: (target, world) => {
    const reach = HostReach.of(world);
    const host = reach.hostOf(target);
    if (host === undefined) return [];
    const anybody = somebody(world);
    const needs = nodeNeeds(target.addresses, target.target.network);
    const lost = needs.filter((need) => !isMet(need, host, reach, anybody));
    if (lost.length === 0) return [];
    const [first] = lost;
    const side = first?.direction === 'ingress' ? 'into' : 'outOf';
    const problem = `closes the interface, and no policy lets through what the node needs: ${listed([...new Set(lost.map(needText))])}`;
    const fix = `allow it in a policy that selects the HostEndpoint; with HostFence it is allowed, and more by HostFlow.${side}(...)`;
    return [{ field: 'spec', problem, fix }];
  },
};

/** With each peer that is known; where none is, with somebody. */
function isMet(
  { peers, direction, port, protocol }: NodeNeed,
  host: Host,
  reach: HostReach,
  anybody: readonly Endpoint[],
): boolean {
  const isOpen = (peer: Endpoint) => reach.local(host, direction, { peer, port, protocol }).isAllowed;
  const known = peers.flatMap((one) => Network.parse(one) ?? []).map(outside);
  return known.length > 0 ? known.every(isOpen) : anybody.some(isOpen);
}

/** Everybody at once, and whoever has an address that a rule names. */
function somebody(world: World): readonly Endpoint[] {
  const { policies, sets } = Reach.of(world);
  const rules = policies.flatMap(({ rules: { ingress = [], egress = [] } }) => [...ingress, ...egress]);
  const ends = rules.flatMap(({ source, destination }) => [source, destination]);
  return [...EVERYBODY, ...[...ends, ...sets].flatMap(({ networks }) => networks.map(outside))];
}

function needText({ name, direction, port, protocol }: NodeNeed): string {
  return `${name} (${direction === 'ingress' ? 'in' : 'out'}, ${port}/${protocol})`;
}
