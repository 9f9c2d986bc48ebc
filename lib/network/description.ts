import { MeshMode } from '../values';
import type { Completion } from './completions';
import { isEnd, portsOf } from './edges';
import type { Edge } from './fences';
import type { HostFlowIntent } from './host-flow';
import type { FenceIntent } from './intent';
import { type PeerIntent, peerText } from './peer';
import type { PortIntent } from './port';
import type { FenceCompletion } from './props';

/** A connection that is allowed. */
export interface DescribedEdge {
  /** Who connects. */
  readonly source: string;
  /** Who is connected to. */
  readonly destination: string;
  /** Ports of the pods, as `8080/TCP`; empty: every port. */
  readonly ports: string[];
  /** What is special about it; empty if nothing is. */
  readonly note: string;
}

/** Something that is allowed although no edge asks for it, or left out. */
export interface DescribedCompletion {
  /** What it is. */
  readonly completion: FenceCompletion;
  /**
   * The app whose pods need it.
   *
   * @default - all pods of the namespace do
   */
  readonly app?: string;
  /** Why they need it, or why it is left out. */
  readonly reason: string;
  /** Whether it is left out. */
  readonly isRemoved: boolean;
}

/** What a fence allows, and why. */
export interface FenceDescription {
  /** For people. */
  readonly text: string;
  /** The connections that are allowed. */
  readonly edges: DescribedEdge[];
  /** What pods need although nobody thinks of it. */
  readonly completions: DescribedCompletion[];
}

interface Described {
  readonly edges: readonly Edge[];
  readonly completions: readonly (Completion & { readonly app: string | undefined })[];
  readonly removed: ReadonlyMap<FenceCompletion, string>;
  readonly fenced: ReadonlySet<string>;
}

function how({ engine }: FenceIntent): string {
  if (engine.isStaged)
    return `fenced by ${engine.name}, staged: nothing is denied yet, and once it is enforced what is not listed here`;
  return `fenced by ${engine.name}: what is not listed here is denied`;
}

/** Describes a fence. */
export function describe(around: FenceIntent, { edges, completions, removed, fenced }: Described): FenceDescription {
  const described = edges.map((edge): DescribedEdge => {
    const ports = portsOf(edge).map(portText);
    return { source: peerText(edge.from), destination: peerText(edge.to), ports, note: noteOn(edge, fenced) };
  });
  const kept = completions.map(
    ({ completion, app, reason }): DescribedCompletion => ({
      completion,
      ...(app !== undefined && { app }),
      reason,
      isRemoved: false,
    }),
  );
  const left = [...removed].map(
    ([completion, reason]): DescribedCompletion => ({ completion, reason, isRemoved: true }),
  );
  const all = [...kept, ...left];
  const lines = [
    `namespace ${around.namespace}, ${how(around)}`,
    ...described.map(edgeLine),
    ...all.map(completionLine),
    ...remarks(around),
  ];
  return { text: `${lines.join('\n')}\n`, edges: described, completions: all };
}

/** An end in a namespace without a fence has no half of the edge: it may do more than that. */
function noteOn({ from, to }: Edge, fenced: ReadonlySet<string>): string {
  const open = (peer: PeerIntent) =>
    (peer.kind === 'workload' || peer.kind === 'pods') && ![...fenced].some((namespace) => isEnd(namespace, peer));
  const [sender, receiver] = [open(from), open(to)];
  if (sender) return `${peerText(from)} is not fenced, and may connect to anybody else too`;
  return receiver ? `${peerText(to)} is not fenced, and accepts anybody else too` : '';
}

function remarks({ target, engine }: FenceIntent): string[] {
  return [
    ...(target.network?.mesh === MeshMode.AMBIENT
      ? ['in ambient mode connections come by port 15008: policies see that port, and not the one inside']
      : []),
    ...(engine.name === 'clusterNetworkPolicy'
      ? ['ClusterNetworkPolicy knows no networks as sources: connections from outside of the cluster are not denied']
      : []),
    'pods in the network of their node (hostNetwork) are not fenced, and a node always reaches its own pods',
  ];
}

function edgeLine({ source, destination, ports, note }: DescribedEdge): string {
  const open = ports.length === 0 ? 'every port' : ports.join(', ');
  return `${source} -> ${destination}: ${open}${note === '' ? '' : `; ${note}`}`;
}

function completionLine({ completion, app, reason, isRemoved }: DescribedCompletion): string {
  const who = app === undefined ? 'all pods' : app;
  return isRemoved ? `${completion}: left out, ${reason}` : `${completion}, for ${who}: ${reason}`;
}

/** A connection of hosts that is allowed. */
export interface DescribedHostFlow {
  /** Who connects. */
  readonly source: string;
  /** Who is connected to. */
  readonly destination: string;
  /** As `10250/TCP`; empty: every port. */
  readonly ports: string[];
  /** What needs it; empty where you allowed it. */
  readonly reason: string;
}

/** Describes one connection of hosts. */
export function describedFlow({ direction, peer, ports }: HostFlowIntent, reason = ''): DescribedHostFlow {
  const [source, destination] = direction === 'ingress' ? [peerText(peer), HOSTS] : [HOSTS, peerText(peer)];
  return { source, destination, ports: ports.map(portText), reason };
}

/** Describes what is allowed to hosts. */
export function hostFlowsText(flows: readonly DescribedHostFlow[]): string {
  const lines = flows.map(({ reason, ...flow }) => edgeLine({ ...flow, note: reason }));
  return `${[FENCED_HOSTS, ...lines, ...HOST_REMARKS].join('\n')}\n`;
}

const HOSTS = 'hosts';
const FENCED_HOSTS = 'hosts, fenced by calico: what ends or starts there and is not listed here is denied';
const HOST_REMARKS = [
  'the failsafe ports of Calico stay open, SSH among them, until its own configuration says otherwise',
  'what goes through the hosts to pods is not touched, nor what pods on a host say to it',
];

function portText({ port, last, protocol }: PortIntent): string {
  return `${port}${last === undefined ? '' : `-${last}`}/${protocol}`;
}
