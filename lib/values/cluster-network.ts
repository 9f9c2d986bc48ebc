import { whole } from './bounds';
import { invalid } from './invalid';
import { Network } from './ip-network';

/** How a mesh takes the connections of pods. */
export enum MeshMode {
  /** A proxy in each pod. */
  SIDECAR = 'sidecar',
  /** A proxy on each node, which pods reach and are reached by on port 15008. */
  AMBIENT = 'ambient',
}

/** What carries packets in a cluster with Calico. */
export enum DataPlane {
  /** The packet filter that is there since 3.0. */
  IPTABLES = 'iptables',
  /** Its successor. */
  NFTABLES = 'nftables',
  /** Programs in the kernel. */
  EBPF = 'eBPF',
  /** Programs beside the kernel. */
  VPP = 'VPP',
}

/** How packets of pods get from node to node, where there is Calico. */
export enum Overlay {
  /** As they are: the network of the nodes knows the routes, or learns them by BGP. */
  NONE = 'none',
  /** In packets of IP-in-IP, with routes by BGP. */
  IPIP = 'IPIP',
  /** In packets of VXLAN; Calico lets those between its nodes through by itself. */
  VXLAN = 'VXLAN',
}

/** What is known of the network of a cluster. */
export interface ClusterNetworkProps {
  /**
   * The networks that pods get their addresses from.
   *
   * @default - unknown
   */
  readonly pods?: string[];

  /**
   * The networks that Services get their addresses from.
   *
   * @default - unknown
   */
  readonly services?: string[];

  /**
   * The networks of the nodes.
   *
   * @default - unknown
   */
  readonly nodes?: string[];

  /**
   * The addresses of the nodes in the overlay, from which packets come that a node sends on to a pod elsewhere; they lie in the networks of the pods.
   * `kubectl get nodes -o yaml` tells them, in annotations such as `projectcalico.org/IPv4VXLANTunnelAddr`.
   *
   * @default - unknown
   */
  readonly tunnels?: string[];

  /**
   * How packets of pods get from node to node.
   *
   * @default - unknown: nothing is said of BGP
   */
  readonly overlay?: Overlay;

  /**
   * Addresses from which the API server calls webhooks and aggregated APIs; in an overlay, those of its tunnels too.
   *
   * @default - unknown
   */
  readonly controlPlane?: string[];

  /**
   * The addresses of the API server behind Service `kubernetes`, with their real port, as `192.0.2.10:6443`.
   *
   * @default - unknown
   */
  readonly apiServer?: string[];

  /**
   * Addresses of a NodeLocal DNSCache, most often `169.254.20.10`, and of the Service of DNS.
   *
   * @default - pods ask the pods of kube-dns
   */
  readonly nodeLocalDns?: string[];

  /**
   * How the mesh takes connections, where there is one.
   *
   * @default - no mesh
   */
  readonly mesh?: MeshMode;

  /**
   * The minor release of Calico, 3.27 to 3.32, for example `3.31`.
   *
   * @default - no Calico
   */
  readonly calico?: string;

  /**
   * What carries packets, where there is Calico.
   *
   * @default DataPlane.IPTABLES
   */
  readonly dataPlane?: DataPlane;

  /**
   * How many connections a node can track, `net.netfilter.nf_conntrack_max`; kube-proxy sets 32 768 for each core.
   *
   * @default 131072
   */
  readonly trackedConnections?: number;
}

/** What kube-proxy sets at least (`conntrack.min`). */
export const TRACKED_CONNECTIONS = 131_072;
const OLDEST_CALICO = 27;
const NEWEST_CALICO = 32;

/** The network of a cluster: addresses, DNS, the API server, the mesh, Calico. */
export class ClusterNetwork {
  /**
   * Describes a network.
   *
   * @param props what is known of it
   * @throws if a network or an address cannot be read, or Calico's release is outside of 3.27 to 3.32
   */
  public static of(props: ClusterNetworkProps = {}): ClusterNetwork {
    return new ClusterNetwork(props);
  }

  /** The networks that pods get their addresses from; empty if unknown. */
  public readonly pods: string[];
  /** The networks that Services get their addresses from; empty if unknown. */
  public readonly services: string[];
  /** The networks of the nodes; empty if unknown. */
  public readonly nodes: string[];
  /** The addresses of the nodes in the overlay; empty if unknown. */
  public readonly tunnels: string[];
  /** How packets of pods get from node to node; undefined if unknown. */
  public readonly overlay?: Overlay;
  /** Addresses from which the API server calls pods; empty if unknown. */
  public readonly controlPlane: string[];
  /** The addresses of the API server, with port; empty if unknown. */
  public readonly apiServer: string[];
  /** Addresses of a NodeLocal DNSCache; empty if there is none. */
  public readonly nodeLocalDns: string[];
  /** How the mesh takes connections; undefined if there is none. */
  public readonly mesh?: MeshMode;
  /** The minor release of Calico, `3.31`; undefined if there is none. */
  public readonly calico?: string;
  /** What carries packets. */
  public readonly dataPlane: DataPlane;
  /** How many connections a node can track. */
  public readonly trackedConnections: number;

  private constructor(props: ClusterNetworkProps) {
    this.pods = networks('pods', props.pods);
    this.services = networks('services', props.services);
    this.nodes = networks('nodes', props.nodes);
    this.tunnels = networks('tunnels', props.tunnels);
    this.overlay = props.overlay;
    this.controlPlane = networks('controlPlane', props.controlPlane);
    this.nodeLocalDns = networks('nodeLocalDns', props.nodeLocalDns);
    this.apiServer = (props.apiServer ?? []).map(endpoint);
    this.mesh = props.mesh;
    this.calico = props.calico === undefined ? undefined : calicoRelease(props.calico);
    this.dataPlane = props.dataPlane ?? DataPlane.IPTABLES;
    const { trackedConnections = TRACKED_CONNECTIONS } = props;
    this.trackedConnections = whole(`${WHERE}: trackedConnections`, trackedConnections, { min: 1, max: 2 ** 31 - 1 });
  }

  /**
   * Whether nodes tell each other routes by BGP.
   *
   * @internal
   */
  public get _hasBgp(): boolean {
    return this.overlay === Overlay.NONE || this.overlay === Overlay.IPIP;
  }

  /**
   * Whether packets of pods are wrapped on their way to another node.
   *
   * @internal
   */
  public get _hasTunnels(): boolean {
    return this.overlay === Overlay.VXLAN || this.overlay === Overlay.IPIP;
  }
}

const WHERE = 'ClusterNetwork.of';

function networks(field: string, written: readonly string[] = []): string[] {
  for (const one of written) {
    if (Network.parse(one) === undefined) {
      throw invalid(`${WHERE}: ${field}`, `\`${one}\` is no network`, `use ${field}: ['10.244.0.0/16']`);
    }
  }
  return [...written];
}

function endpoint(written: string): string {
  const match = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(written);
  const isRead = match !== null && Network.parse(match[1] as string) !== undefined && Number(match[2]) <= 65535;
  if (isRead) return written;
  throw invalid(
    `${WHERE}: apiServer`,
    `\`${written}\` is no address with a port`,
    "use apiServer: ['192.0.2.10:6443']",
  );
}

/** The minor number in a release of Calico; undefined if there is none. */
export function minorOf(release: string | undefined): number | undefined {
  return release === undefined ? undefined : Number(release.split('.')[1]);
}

function calicoRelease(version: string): string {
  const match = /^v?3\.(\d{1,2})(\.\d+)?$/.exec(version);
  const minor = Number(match?.[1]);
  if (minor >= OLDEST_CALICO && minor <= NEWEST_CALICO) return `3.${minor}`;
  const problem = `\`${version}\` is no release of Calico from 3.${OLDEST_CALICO} to 3.${NEWEST_CALICO}`;
  throw invalid(`${WHERE}: calico`, problem, "use calico: '3.31'");
}
