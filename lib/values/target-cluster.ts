import type { IConstruct } from 'constructs';
import { whole } from './bounds';
import { KubernetesVersion } from './kubernetes-version';

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
   * @throws if `nodes` is not a whole number of 1 or more
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
  /** Whether this is a test cluster, where one pod of each app is enough. */
  public readonly disposable: boolean;

  private constructor(props: TargetClusterProps) {
    this.kubernetes = props.kubernetes ?? KubernetesVersion.V1_33;
    this.nodes = props.nodes === undefined ? undefined : whole('TargetCluster.of: nodes', props.nodes);
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

const DEFAULT = TargetCluster.of();
