import type { FenceEngine } from './fence-engine';
import type { Peer } from './peer';

/** Something that pods need although nobody thinks of it. */
export enum FenceCompletion {
  /** The DNS server, over UDP and TCP. */
  DNS = 'dns',
  /** The mesh: istiod for sidecars; port 15008 and probes in ambient mode. */
  MESH = 'mesh',
  /** Prometheus, where an app is monitored. */
  SCRAPES = 'scrapes',
  /** The API server, where pods keep their token. */
  API_SERVER = 'apiServer',
  /** The API server's calls to pods that serve webhooks or aggregated APIs. */
  WEBHOOKS = 'webhooks',
}

/** How a namespace is fenced. */
export interface NamespaceFenceProps {
  /**
   * Whose policies it is made of; to change it is to change this line.
   *
   * @default FenceEngine.kubernetes()
   */
  readonly engine?: FenceEngine;

  /**
   * Who scrapes the apps that are monitored, most often `Peer.podsIn('monitoring', { 'app.kubernetes.io/name': 'prometheus' })`.
   *
   * @default - nobody: a monitored app is refused
   */
  readonly scrapedBy?: Peer[];
}

/** How Calico fences. */
export interface CalicoFenceOptions {
  /**
   * The tier of the policies; it has to be there (`FenceTier`).
   *
   * @default "default"
   */
  readonly tier?: string;

  /**
   * Where among the policies of its tier the fence is asked; lower ones come first.
   *
   * @default 1000
   */
  readonly order?: number;

  /**
   * Emits staged policies, which deny nothing and show in Calico's flow logs what they would; needs Calico 3.30.
   *
   * @default false
   */
  readonly stage?: boolean;

  /**
   * Logs each connection that the fence denies, on its node.
   *
   * @default false
   */
  readonly logsDenied?: boolean;
}

/** The tiers of ClusterNetworkPolicy. */
export enum ClusterPolicyTier {
  /** Asked before the policies of namespaces. */
  ADMIN = 'Admin',
  /** Asked after them, for pods that none of them selects. */
  BASELINE = 'Baseline',
}

/** How ClusterNetworkPolicy fences. */
export interface ClusterNetworkPolicyFenceOptions {
  /**
   * When it is asked.
   *
   * @default ClusterPolicyTier.ADMIN
   */
  readonly tier?: ClusterPolicyTier;

  /**
   * Where in its tier the apps' policies are asked, 0 to 999; that of the namespace comes right after.
   *
   * @default 100
   */
  readonly priority?: number;
}

/** The default of a cluster. */
export interface ClusterFenceProps {
  /**
   * Further namespaces of which it does not speak, beside those of the cluster itself.
   *
   * @default - only those of the cluster itself
   */
  readonly spares?: string[];

  /**
   * The tier of the policy; it has to be there (`FenceTier`).
   *
   * @default "default"
   */
  readonly tier?: string;

  /**
   * Emits a staged policy, which denies nothing; needs Calico 3.30.
   *
   * @default false
   */
  readonly stage?: boolean;

  /**
   * Logs each connection that nothing allows, on its node.
   *
   * @default false
   */
  readonly logsDenied?: boolean;
}

/** A tier of Calico. */
export interface FenceTierProps {
  /** When it is asked; lower ones come first, and the default tier has 1 000 000. */
  readonly order: number;
}
