import type { IConstruct } from 'constructs';
import type { PeerIntent } from './peer';
import type { PortIntent } from './port';

/** A connection that is allowed. */
export interface Edge {
  readonly from: PeerIntent;
  readonly to: PeerIntent;
  /** Empty: the ports of the workload that is connected to, or every port. */
  readonly ports: readonly PortIntent[];
}

/** What fences know of each other. */
export interface NeighbouringFence {
  readonly path: string;
  /** Gives the pods that an edge means a policy of their own, if they lie in its namespace. */
  readonly meet: (edge: Edge) => void;
}

interface Fences {
  readonly byNamespace: Map<string, NeighbouringFence>;
  readonly edges: Edge[];
  /** The paths of what fences interfaces of nodes, by node and interface. */
  readonly hosts: Map<string, string>;
}

const FENCES = Symbol.for('cdk8s-patterns.Fences');

/** Tells all fences of a tree of a connection that is allowed. */
export function allowIn(scope: IConstruct, edge: Edge): void {
  const { byNamespace, edges } = fencesIn(scope);
  edges.push(edge);
  for (const { meet } of byNamespace.values()) meet(edge);
}

/** The fences of a tree: of namespaces and of hosts, and all edges between what they fence. */
export function fencesIn({ node: { root } }: IConstruct): Fences {
  const marked = root as IConstruct & { [FENCES]?: Fences };
  const known = marked[FENCES];
  if (known !== undefined) return known;
  const fresh: Fences = { byNamespace: new Map(), edges: [], hosts: new Map() };
  Object.defineProperty(marked, FENCES, { value: fresh });
  return fresh;
}
