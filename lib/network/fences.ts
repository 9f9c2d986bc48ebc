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
}

const FENCES = Symbol.for('cdk8s-patterns.Fences');

/** The fences of a tree by their namespaces, and all edges between what they fence. */
export function fencesIn({ node: { root } }: IConstruct): Fences {
  const marked = root as IConstruct & { [FENCES]?: Fences };
  const known = marked[FENCES];
  if (known !== undefined) return known;
  const fresh: Fences = { byNamespace: new Map(), edges: [] };
  Object.defineProperty(marked, FENCES, { value: fresh });
  return fresh;
}
