import type * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { AppProtocol, AppWorkloadProps, HealthCheck } from '../app';
import type { ConnectionLoad, CountOrPercent } from '../values';
import type { FenceEngine } from './fence-engine';
import type { Host, HostSet } from './host';
import type { HostFlow } from './host-flow';
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

/** How hosts are fenced. */
export interface HostFenceProps {
  /** The interfaces that policies hold for from now on; one or more. */
  readonly hosts: Host[];

  /**
   * Connections of processes on the hosts, and of pods in their network, beside what every node needs.
   *
   * @default - only what every node needs
   */
  readonly allow?: HostFlow[];

  /**
   * From where images are pulled, at port 443.
   *
   * @default - from anywhere
   */
  readonly images?: Peer[];

  /**
   * Which servers say the time (NTP).
   *
   * @default - any
   */
  readonly time?: Peer[];

  /**
   * Which servers are asked for names.
   *
   * @default - any, which the failsafe ports allow over UDP anyway
   */
  readonly nameServers?: Peer[];

  /**
   * Name of the policy: lower-case letters, digits and hyphens, at most 245; cluster-wide.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * A chart of its own for the HostEndpoints, which is applied after the policies and deleted before them. Flux needs it: two Kustomizations, of which the second
   * depends on the first.
   *
   * @default - the same chart, after the policy
   */
  readonly endpointsIn?: Construct;
}

/** Who reaches an app by a port of the nodes. */
export interface NodePortGuardProps {
  /** The app: a `WebApp`, or a workload of cdk8s-plus. */
  readonly app: kplus.IPodSelector;

  /** The port on the nodes, which a Service of the app has. */
  readonly nodePort: number;

  /** The networks that may connect, as `198.51.100.0/24`; one or more. */
  readonly allowFrom: string[];

  /** The hosts whose port it is. */
  readonly hosts: HostSet;

  /**
   * Whether nodes and pods may connect too, whatever their number: by the networks that the TargetCluster names.
   *
   * @default true
   */
  readonly admitsCluster?: boolean;
}

/** A service whose connections are not tracked. */
export interface UntrackedServiceProps extends AppWorkloadProps {
  /** The port that it listens on, on the hosts themselves, 1 to 65535. */
  readonly port: number;

  /** How to see that it has started, serves and lives. */
  readonly health: HealthCheck;

  /**
   * What speaks on the port.
   *
   * @default AppProtocol.TCP
   */
  readonly protocol?: AppProtocol;

  /** Where it runs: one pod on each. */
  readonly hosts: Host[];

  /** Who connects: `Peer.cidr`, `Peer.networkSet` or `Peer.hosts`, never pods; one or more. */
  readonly clients: Peer[];

  /**
   * How many connections one pod gets in its busiest hour, for those who read it.
   *
   * @default - unknown
   */
  readonly expects?: ConnectionLoad;

  /**
   * How many pods a drain may take at once; needs at least two hosts.
   *
   * @default CountOrPercent.count(1)
   */
  readonly evictable?: CountOrPercent;
}
