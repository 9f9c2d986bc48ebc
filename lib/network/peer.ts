import { Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { AppWorkload } from '../app';
import { selectorOf } from '../availability/pod-selection';
import { texts } from '../facts/read';
import { invalid } from '../values/invalid';
import { Network } from '../values/ip-network';
import { checkLabels, dnsLabel } from '../values/names';
import type { HostSet } from './host';

/** A workload of this program. */
export interface WorkloadPeer {
  readonly kind: 'workload';
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace: string;
  /** All variants of it: stable, candidate, Flagger's copy. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Who connects, or is connected to, in plain words. */
export type PeerIntent =
  | WorkloadPeer
  | { readonly kind: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'cidr'; readonly network: string }
  | { readonly kind: 'networkSet'; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'hosts'; readonly hosts: HostSet }
  | { readonly kind: 'anywhere' };

/** One end of an allowed connection. */
export class Peer {
  /**
   * The pods of a workload in all its variants: of an app of this library, or of cdk8s-plus.
   *
   * @param workload a `WebApp`, `Worker`, `BatchTask`, or a workload of cdk8s-plus
   * @throws if it is no workload
   */
  public static workload(workload: kplus.IPodSelector): Peer {
    // everything that selects pods is a construct, which its interface does not say
    const construct = workload as unknown as IConstruct;
    const { matchLabels } = selectorOf(workload);
    if (construct.node.defaultChild === undefined && !(construct instanceof AppWorkload)) {
      throw invalid('Peer.workload', `${construct.node.path} is no workload`, 'use Peer.podsIn');
    }
    if (construct instanceof AppWorkload && construct._isOnHosts) {
      const problem = `${construct.node.path} is in the network of its nodes, where policies of pods do not hold`;
      throw invalid('Peer.workload', problem, 'use Peer.hosts(HostSet.of(...))');
    }
    const namespace = Chart.of(construct).namespace ?? 'default';
    const name = construct instanceof AppWorkload ? construct.name : construct.node.id;
    return new Peer({ kind: 'workload', construct, name, namespace, labels: texts(matchLabels) });
  }

  /**
   * Pods that are made elsewhere.
   *
   * @param namespace where they lie
   * @param labels what they bear; empty: all pods there
   * @throws if the namespace is no DNS label, or a label cannot be one
   */
  public static podsIn(namespace: string, labels: { [key: string]: string } = {}): Peer {
    const where = 'Peer.podsIn';
    return new Peer({ kind: 'pods', namespace: dnsLabel(where, namespace), labels: checkLabels(where, labels) });
  }

  /**
   * The pods of a Gateway that Istio runs for an object of the Gateway API. For pods that were installed otherwise use
   * `Peer.podsIn('istio-system', { istio: 'ingressgateway' })`.
   *
   * @param gateway `namespace/name`
   * @throws if it has another form
   */
  public static istioGateway(gateway: string): Peer {
    const [namespace = '', name, ...more] = gateway.split('/');
    if (!name || more.length > 0) {
      throw invalid('Peer.istioGateway', `\`${gateway}\` is not a Gateway`, "use 'namespace/name'");
    }
    return Peer.podsIn(namespace, { 'gateway.networking.k8s.io/gateway-name': name });
  }

  /**
   * A network outside of the cluster.
   *
   * @param network as `203.0.113.0/24`
   * @throws if it is no network
   */
  public static cidr(network: string): Peer {
    if (Network.parse(network) === undefined || !network.includes('/')) {
      throw invalid(
        'Peer.cidr',
        `\`${network}\` is no network`,
        "use '203.0.113.0/24', or '203.0.113.7/32' for one address",
      );
    }
    return new Peer({ kind: 'cidr', network });
  }

  /**
   * Networks that Calico knows by labels: NetworkSets of the namespace, and GlobalNetworkSets.
   *
   * @param labels of the sets; at least one
   * @throws if there is none, or one cannot be a label
   */
  public static networkSet(labels: { [key: string]: string }): Peer {
    const where = 'Peer.networkSet';
    if (Object.keys(labels).length === 0) throw invalid(where, 'no label says which', "use { role: 'partner' }");
    return new Peer({ kind: 'networkSet', labels: checkLabels(where, labels) });
  }

  /**
   * Nodes, by their HostEndpoints, whose addresses Calico knows.
   *
   * @param hosts which ones
   */
  public static hosts(hosts: HostSet): Peer {
    return new Peer({ kind: 'hosts', hosts });
  }

  /** Everybody, in the cluster and outside of it. */
  public static anywhere(): Peer {
    return new Peer({ kind: 'anywhere' });
  }

  private constructor(
    /** @internal */
    public readonly _intent: PeerIntent,
  ) {}
}

/** As one reads it. */
export function peerText(peer: PeerIntent): string {
  const labelled = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  switch (peer.kind) {
    case 'workload':
      return `${peer.namespace}/${peer.name}`;
    case 'pods':
      return `pods of ${[peer.namespace, ...labelled(peer.labels)].join(' ')}`;
    case 'cidr':
      return peer.network;
    case 'hosts':
      return `hosts with ${peer.hosts._selector}`;
    case 'networkSet':
      return `networks of ${labelled(peer.labels).join(' ')}`;
    default:
      return 'anywhere';
  }
}
