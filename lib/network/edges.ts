import { invalid } from '../values/invalid';
import { meshPorts } from './completions';
import type { FenceRule } from './fence-policy';
import { type Fenced, FencedManifest } from './fenced-app';
import type { Edge } from './fences';
import type { FenceIntent } from './intent';
import type { PeerIntent } from './peer';
import type { PortIntent } from './port';

/** Whether a peer lies in a namespace. */
export function isEnd(namespace: string, peer: PeerIntent): boolean {
  return (peer.kind === 'workload' || peer.kind === 'pods') && peer.namespace === namespace;
}

/** What the edges allow to the pods of one app, in one direction. */
export function edgeRules(
  { namespace, target }: FenceIntent,
  edges: readonly Edge[],
  app: Fenced,
  direction: 'ingress' | 'egress',
): FenceRule[] {
  const own = edges.filter((edge) => isAbout(app, namespace, direction === 'ingress' ? edge.to : edge.from));
  const rules = own.map((edge) => ({ peer: direction === 'ingress' ? edge.from : edge.to, ports: portsOf(edge) }));
  const merged = new Map<string, { peers: PeerIntent[]; ports: readonly PortIntent[] }>();
  for (const { peer, ports } of rules) {
    const all = ports.length === 0 ? [] : [...ports, ...meshPorts(target)];
    const key = JSON.stringify(all);
    const known = merged.get(key) ?? { peers: [], ports: all };
    known.peers.push(peer);
    merged.set(key, known);
  }
  return [...merged.values()];
}

/** The ports that an edge opens: those that are named, or those of the workload. */
export function portsOf({ to, ports }: Edge): readonly PortIntent[] {
  if (to.kind !== 'workload') return ports;
  const manifest = FencedManifest.of(to.construct);
  if (ports.length > 0) return ports.map((port) => manifest.checked(port));
  if (manifest.ports.length > 0) return manifest.ports;
  const problem = `${to.construct.node.path} has no port that could be connected to`;
  throw invalid('allow', problem, 'name one: Port.tcp(8080)');
}

/** Pods that are known by labels mean every workload whose pods bear them. */
function isAbout({ labels }: Fenced, namespace: string, peer: PeerIntent): boolean {
  if (peer.kind !== 'workload' && peer.kind !== 'pods') return false;
  return peer.namespace === namespace && Object.entries(peer.labels).every(([key, value]) => labels[key] === value);
}
