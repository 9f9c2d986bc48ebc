import type { PeerIntent } from './peer';
import type { PortIntent } from './port';

/** One thing that a policy allows. */
export interface FenceRule {
  /** Any of these. */
  readonly peers: readonly PeerIntent[];
  /** Any of these; empty: every port. */
  readonly ports: readonly PortIntent[];
  /** The Service that stands for the peers, where an engine knows Services. */
  readonly service?: { readonly namespace: string; readonly name: string };
}

/** A policy in the words of fences: what it does not allow is denied, in both directions. */
export interface FencePolicy {
  /** The pods; undefined: all of the namespace. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly ingress: readonly FenceRule[];
  readonly egress: readonly FenceRule[];
}
