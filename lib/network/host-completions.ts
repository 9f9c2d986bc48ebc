import { nodeNeeds } from '../facts';
import type { TargetCluster } from '../values';
import { invalid } from '../values/invalid';
import { networkPeer } from './completions';
import type { HostFlowIntent } from './host-flow';
import { Peer, type PeerIntent } from './peer';
import type { PortIntent } from './port';
import type { HostFenceProps } from './props';

/** What is open to hosts although nobody asks for it. */
export interface HostCompletion {
  readonly flow: HostFlowIntent;
  readonly reason: string;
}

const SSH = 22;
const DNS = 53;
const KUBELET = 10250;
/** Addresses without which hosts cannot be fenced. */
const EXAMPLES = {
  nodes: "nodes: ['192.0.2.0/24']",
  controlPlane: "controlPlane: ['192.0.2.10/32']",
  apiServer: "apiServer: ['192.0.2.10:6443']",
} as const;

/** What hosts need. SSH is not among it: it is a failsafe port, and whether it stays one is not for a policy to say. */
export function hostCompletions(props: HostFenceProps, { network }: TargetCluster): readonly HostCompletion[] {
  for (const field of Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[]) {
    if ((network?.[field] ?? []).length > 0) continue;
    const fix = `use ClusterNetwork.of({ ${EXAMPLES[field]} })`;
    throw invalid(`network.${field}`, 'hosts need it, and nothing says it', fix);
  }
  const nameServers = chosen('nameServers', props.nameServers);
  const others: Readonly<Record<string, readonly PeerIntent[] | undefined>> = {
    images: chosen('images', props.images),
    time: chosen('time', props.time),
    names: nameServers,
  };
  const addresses = props.hosts.map(({ ip }) => ip);
  const needs = nodeNeeds(addresses, network).filter(({ port }) => port !== SSH);
  return [
    ...needs.flatMap(({ name, direction, port, protocol, peers }) => {
      const known = peers.length === 0 ? [ANYWHERE] : peers.map(networkPeer);
      return toEach(others[name] ?? known, direction, { port, protocol }, name);
    }),
    ...toEach(nameServers ?? [ANYWHERE], 'egress', { port: DNS, protocol: 'TCP' }, 'names with long answers'),
    ...toEach((network?.pods ?? []).map(networkPeer), 'ingress', { port: KUBELET, protocol: 'TCP' }, METRICS),
  ];
}

const ANYWHERE = Peer.anywhere()._intent;
const METRICS = 'metrics-server asks kubelets';

/** The same with each of some peers. */
function toEach(
  peers: readonly PeerIntent[],
  direction: HostFlowIntent['direction'],
  port: PortIntent,
  reason: string,
): HostCompletion[] {
  return peers.map((peer) => ({ flow: { direction, peer, ports: [port] }, reason }));
}

function chosen(field: string, peers: readonly Peer[] | undefined): readonly PeerIntent[] | undefined {
  if (peers?.length === 0) throw invalid(field, 'nobody is named, and nodes need somebody', `remove ${field}`);
  return peers?.map(({ _intent }) => _intent);
}
