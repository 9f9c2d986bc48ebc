import { invalid } from './invalid';

/** What a Kubernetes release brought that this library decides by. */
export enum KubernetesFeature {
  /** `restartPolicy: Always` on an init container. */
  NATIVE_SIDECARS = 'native sidecars',
  /** `lifecycle.preStop.sleep`. */
  PRE_STOP_SLEEP = 'preStop sleep',
  /** `preStop.sleep.seconds: 0`. */
  PRE_STOP_SLEEP_ZERO = 'preStop sleep of zero seconds',
  /** `nodeTaintsPolicy` of a topology spread constraint. */
  NODE_TAINTS_POLICY = 'node taints in spread',
  /** `matchLabelKeys` of a topology spread constraint. */
  SPREAD_MATCH_LABEL_KEYS = 'label keys in spread',
  /** `unhealthyPodEvictionPolicy` of a disruption budget. */
  UNHEALTHY_POD_EVICTION = 'eviction of unhealthy pods',
  /** `ContainerResource` metrics of a HorizontalPodAutoscaler. */
  CONTAINER_RESOURCE_METRICS = 'container resource metrics',
}

/**
 * When a feature came.
 *
 * @internal
 */
export interface _FeatureHistory {
  /** Minor version from which it works without a feature gate: beta and on by default, or stable. */
  readonly usableSince: number;
  readonly stableSince: number | undefined;
  readonly source: string;
}

/** One row a feature; supporting another feature is another row. */
const HISTORY: Record<KubernetesFeature, _FeatureHistory> = {
  [KubernetesFeature.NATIVE_SIDECARS]: { usableSince: 29, stableSince: 33, source: 'KEP-753' },
  [KubernetesFeature.PRE_STOP_SLEEP]: { usableSince: 30, stableSince: 34, source: 'KEP-3960' },
  [KubernetesFeature.PRE_STOP_SLEEP_ZERO]: { usableSince: 33, stableSince: 34, source: 'KEP-4818' },
  [KubernetesFeature.NODE_TAINTS_POLICY]: { usableSince: 26, stableSince: 33, source: 'KEP-3094' },
  [KubernetesFeature.SPREAD_MATCH_LABEL_KEYS]: { usableSince: 27, stableSince: undefined, source: 'KEP-3243' },
  [KubernetesFeature.UNHEALTHY_POD_EVICTION]: { usableSince: 27, stableSince: 31, source: 'KEP-3017' },
  [KubernetesFeature.CONTAINER_RESOURCE_METRICS]: { usableSince: 27, stableSince: 30, source: 'KEP-1610' },
};

const OLDEST = 27;
const NEWEST = 37;

/**
 * A minor release of Kubernetes, 1.27 to 1.37.
 *
 * Say the version of the oldest kubelet in the cluster: a node ignores a field that it does not know, without a word.
 */
export class KubernetesVersion {
  /** Kubernetes 1.27. */
  public static readonly V1_27 = new KubernetesVersion(27);
  /** Kubernetes 1.28. */
  public static readonly V1_28 = new KubernetesVersion(28);
  /** Kubernetes 1.29. */
  public static readonly V1_29 = new KubernetesVersion(29);
  /** Kubernetes 1.30. */
  public static readonly V1_30 = new KubernetesVersion(30);
  /** Kubernetes 1.31. */
  public static readonly V1_31 = new KubernetesVersion(31);
  /** Kubernetes 1.32. */
  public static readonly V1_32 = new KubernetesVersion(32);
  /** Kubernetes 1.33. */
  public static readonly V1_33 = new KubernetesVersion(33);
  /** Kubernetes 1.34. */
  public static readonly V1_34 = new KubernetesVersion(34);
  /** Kubernetes 1.35. */
  public static readonly V1_35 = new KubernetesVersion(35);
  /** Kubernetes 1.36. */
  public static readonly V1_36 = new KubernetesVersion(36);
  /** Kubernetes 1.37. */
  public static readonly V1_37 = new KubernetesVersion(37);

  /**
   * A version from text, for example from a pipeline's variable.
   *
   * @param version `1.33`, `v1.33` or `1.33.4`
   * @throws if the text is no version or outside 1.27 to 1.37
   */
  public static of(version: string): KubernetesVersion {
    const match = /^v?1\.(\d+)(\.\d+)?([-+].*)?$/.exec(version);
    const minor = match ? Number(match[1]) : Number.NaN;
    if (!(minor >= OLDEST && minor <= NEWEST)) {
      throw invalid(
        'KubernetesVersion.of',
        `\`${version}\` is outside 1.${OLDEST} to 1.${NEWEST}`,
        'use KubernetesVersion.V1_33',
      );
    }
    return new KubernetesVersion(minor);
  }

  /**
   * The table of features, for the generated documentation.
   *
   * @internal
   */
  public static _features(): readonly (readonly [KubernetesFeature, _FeatureHistory])[] {
    return Object.values(KubernetesFeature).map((feature) => [feature, HISTORY[feature]] as const);
  }

  /** The part after `1.`. */
  public readonly minor: number;

  private constructor(minor: number) {
    this.minor = minor;
  }

  /**
   * Whether this release has the feature without a feature gate.
   *
   * @param feature the feature asked for
   */
  public supports(feature: KubernetesFeature): boolean {
    return this.minor >= HISTORY[feature].usableSince;
  }

  /** `1.33`. */
  public toString(): string {
    return `1.${this.minor}`;
  }

  /**
   * Refuses a feature that this release lacks.
   *
   * @internal
   */
  public _require(feature: KubernetesFeature, where: string, fix: string): void {
    if (this.supports(feature)) return;
    const since = HISTORY[feature].usableSince;
    throw invalid(where, `needs Kubernetes 1.${since} or newer (${feature}), the target is ${this}`, fix);
  }
}
