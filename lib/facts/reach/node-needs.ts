import type { ClusterNetwork } from '../../values/cluster-network';
import { Network } from '../../values/ip-network';
import type { Direction } from './tiered-policy';

/** A connection without which a node is lost, or does not do its work. */
export interface NodeNeed {
  /** What is cut off without it. */
  readonly name: string;
  readonly direction: Direction;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** Networks with each of which it is needed; empty: nobody knows with whom, but with somebody. */
  readonly peers: readonly string[];
}

const KUBELET = 10250;
const BGP = 179;
const ETCD = [2379, 2380];

/** What a node with these addresses needs in a network. */
export function nodeNeeds(addresses: readonly string[], network: ClusterNetwork | undefined): readonly NodeNeed[] {
  const nodes = network?.nodes ?? [];
  const servers = (network?.apiServer ?? []).map(addressAndPort);
  const own = servers.filter(({ address }) => addresses.includes(address));
  return [
    into('SSH', 22, []),
    into('the kubelet: logs, exec, metrics', KUBELET, [...(network?.controlPlane ?? []), ...nodes]),
    ...servers.map(({ address, port }) => outOf('the API server', port, [address])),
    outOf('names', 53, [], 'UDP'),
    outOf('time', 123, [], 'UDP'),
    outOf('images', 443, []),
    ...(network?._hasBgp ? [into('routes of pods (BGP)', BGP, nodes), outOf('routes of pods (BGP)', BGP, nodes)] : []),
    ...(own.length === 0 ? [] : controlPlaneNeeds(own, servers, nodes)),
  ];
}

type Server = ReturnType<typeof addressAndPort>;

function controlPlaneNeeds(own: readonly Server[], servers: readonly Server[], nodes: readonly string[]): NodeNeed[] {
  const others = servers.filter((server) => !own.includes(server)).map(({ address }) => address);
  const members = others.length === 0 ? [] : ETCD;
  return [
    ...own.map(({ port }) => into('the API server, for the nodes', port, nodes)),
    ...members.flatMap((port) => [into('etcd', port, others), outOf('etcd', port, others)]),
  ];
}

function into(name: string, port: number, peers: readonly string[]): NodeNeed {
  return { name, direction: 'ingress', port, protocol: 'TCP', peers };
}

function outOf(name: string, port: number, peers: readonly string[], protocol: 'TCP' | 'UDP' = 'TCP'): NodeNeed {
  return { name, direction: 'egress', port, protocol, peers };
}

/** `192.0.2.10:6443` and `[fd00::1]:6443`, in two. */
export function addressAndPort(written: string): { readonly address: string; readonly port: number } {
  const [, address = '', port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(written) ?? [];
  return { address, port: Number(port) };
}

/** A network as rules of policies write it. */
export function asNetwork(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${Network.parse(address)?.family === 6 ? 128 : 32}`;
}
