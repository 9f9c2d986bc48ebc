import type { ObjectFact } from '../object';
import type { Endpoint } from './endpoint';
import type { MatchedRule } from './rule-match';

/** Where a connection is looked at: where it leaves, or where it arrives. */
export type Direction = 'ingress' | 'egress';

/** Where on the way of a packet through a host a policy is asked: before connections are tracked, before addresses are translated, or after both. */
export type Hook = 'untracked' | 'preDNAT' | 'normal';

/** What a policy does at the interfaces of nodes. */
export interface AtHosts {
  readonly hook: Hook;
  /** Whether it is asked about what goes on to somewhere else too. */
  readonly isOnForward: boolean;
}

/** A policy of any kind, in the words of tiers. */
export interface TieredPolicy {
  readonly object: ObjectFact;
  readonly tier: string;
  /** Lower ones are asked first; infinite where none is written. */
  readonly order: number;
  /** By what policies of one order are sorted. */
  readonly key: string;
  /** The namespace whose pods alone it may select; undefined: any. */
  readonly namespace: string | undefined;
  readonly selects: (endpoint: Endpoint) => boolean;
  /** Undefined for what is only ever about pods. */
  readonly atHosts: AtHosts | undefined;
  /** Undefined where it says nothing of this direction. */
  readonly rules: Readonly<Record<Direction, readonly MatchedRule[] | undefined>>;
}

/** Policies that are asked together. */
export interface Tier {
  readonly name: string;
  readonly order: number;
  /** What becomes of a connection that policies of the tier look at, and none decides. */
  readonly defaultAction: 'Deny' | 'Pass';
}

/** The tier of Kubernetes' own policies, and of Calico's where nothing else is written. */
export const DEFAULT_TIER = 'default';

/** Tiers that are there without being written. */
export const BUILT_IN_TIERS: readonly Tier[] = [
  { name: 'adminnetworkpolicy', order: 1000, defaultAction: 'Pass' },
  { name: 'kube-admin', order: 1000, defaultAction: 'Pass' },
  { name: DEFAULT_TIER, order: 1_000_000, defaultAction: 'Deny' },
  { name: 'baselineadminnetworkpolicy', order: 10_000_000, defaultAction: 'Pass' },
  { name: 'kube-baseline', order: 10_000_000, defaultAction: 'Pass' },
];
