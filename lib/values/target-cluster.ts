import type { IConstruct } from 'constructs';
import { whole } from './bounds';
import type { ClusterNetwork } from './cluster-network';
import { invalid } from './invalid';
import { KubernetesVersion } from './kubernetes-version';
import { httpAddress } from './names';

/** What is known of the cluster that the manifests are for. */
export interface TargetClusterProps {
  /**
   * The release that the oldest node runs.
   *
   * Chooses the form of what is emitted: native sidecars, the preStop sleep, fields of spread and budget.
   *
   * @default KubernetesVersion.V1_33
   */
  readonly kubernetes?: KubernetesVersion;

  /**
   * How many nodes may run the apps, 1 or more.
   *
   * Rules on anti-affinity and hard spread need it; they say nothing without it.
   *
   * Findings: availability/anti-affinity-blocks-rollout, availability/hard-spread-blocks-drain
   *
   * @default - unknown: nothing that depends on the number of nodes is judged
   */
  readonly nodes?: number;

  /**
   * The minor release of Istio, for example `1.30`.
   *
   * From 1.27 on, and where all nodes run Kubernetes 1.33 or newer, Istio's proxy is a native sidecar, which starts before the app, outlives it, and ends with a
   * Job. Rules on the proxy's start and stop need to know.
   *
   * Findings: app/mesh-keeps-job-alive, app/mesh-proxy-starts-late, app/mesh-proxy-stops-early
   *
   * @default - unknown: rules that depend on it say so
   */
  readonly istio?: string;

  /**
   * The minor release of the Gateway API, for example `1.3`.
   *
   * @default - unknown: what any release from 1.3 on has is written
   */
  readonly gatewayApi?: string;

  /**
   * Address of the Prometheus that the gates of canary releases ask, for example `http://prometheus.monitoring:9090`.
   *
   * @default - unknown: gates that ask one need an address of their own
   */
  readonly prometheus?: string;

  /**
   * Addresses, DNS, the API server and Calico, which policies need to know.
   *
   * @default - unknown: what needs an address is refused with the name of the missing field
   */
  readonly network?: ClusterNetwork;

  /**
   * A test cluster: each app gets one pod, no autoscaler and no budget, and no rule asks for more.
   *
   * @default false
   */
  readonly disposable?: boolean;
}

const TARGET = Symbol.for('cdk8s-patterns.TargetCluster');

/**
 * The cluster that an app or a chart is written for.
 *
 * Given once, to `ProductionApp`, to `ProductionValidation.on(app)`, or to one chart by `useIn()`; every construct and
 * every rule below finds it there.
 */
export class TargetCluster {
  /**
   * Describes a cluster.
   *
   * @param props what is known of it
   * @throws if `nodes` is not a whole number of 1 or more, a release is no version, or `prometheus` is no address
   */
  public static of(props: TargetClusterProps = {}): TargetCluster {
    return new TargetCluster(props);
  }

  /**
   * The target that holds for `scope`: its own, or that of the nearest scope above it, or the default one.
   *
   * @param scope any construct
   */
  public static find(scope: IConstruct): TargetCluster {
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const target = (at as { [TARGET]?: TargetCluster })[TARGET];
      if (target !== undefined) return target;
    }
    return DEFAULT;
  }

  /** The release that the oldest node runs. */
  public readonly kubernetes: KubernetesVersion;
  /** How many nodes may run the apps; undefined if unknown. */
  public readonly nodes?: number;
  /** The minor release of Istio, `1.30`; undefined if unknown. */
  public readonly istio?: string;
  /** The minor release of the Gateway API, `1.3`; undefined if unknown. */
  public readonly gatewayApi?: string;
  /** Address of the Prometheus that gates ask; undefined if unknown. */
  public readonly prometheus?: string;
  /** What is known of its network; undefined if nothing is. */
  public readonly network?: ClusterNetwork;
  /** Whether this is a test cluster, where one pod of each app is enough. */
  public readonly disposable: boolean;

  private constructor(props: TargetClusterProps) {
    this.kubernetes = props.kubernetes ?? KubernetesVersion.V1_33;
    this.nodes = props.nodes === undefined ? undefined : whole('TargetCluster.of: nodes', props.nodes);
    this.istio = props.istio === undefined ? undefined : minorOf('istio', 'Istio', '1.30', props.istio);
    this.gatewayApi =
      props.gatewayApi === undefined ? undefined : minorOf('gatewayApi', 'the Gateway API', '1.3', props.gatewayApi);
    this.prometheus =
      props.prometheus === undefined ? undefined : httpAddress('TargetCluster.of: prometheus', props.prometheus);
    this.network = props.network;
    this.disposable = props.disposable ?? false;
  }

  /**
   * Makes this the target of `scope` and of everything below it.
   *
   * Constructs look it up when they are made: call this before.
   *
   * @param scope an app or a chart
   */
  public useIn(scope: IConstruct): void {
    Object.defineProperty(scope, TARGET, { value: this, configurable: true });
  }
}

function minorOf(prop: string, product: string, example: string, version: string): string {
  const match = /^v?(1\.\d{1,3})(\.\d+)?$/.exec(version);
  if (match === null) {
    throw invalid(
      `TargetCluster.of: ${prop}`,
      `\`${version}\` is no release of ${product}`,
      `use ${prop}: '${example}'`,
    );
  }
  return match[1] as string;
}

const DEFAULT = TargetCluster.of();
