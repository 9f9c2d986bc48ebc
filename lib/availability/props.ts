import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { CountOrPercent } from '../values';
import type { AutoscalingMetric } from './autoscaling';

/** What happens to a pod that runs and is not ready, when its node is drained. */
export enum UnhealthyPods {
  /** It may go at any time: it serves nobody, and it must not block the drain. */
  ALWAYS_EVICT = 'AlwaysAllow',
  /** It may go while enough others are ready: for apps whose start must not be disturbed. */
  EVICT_IF_ENOUGH_OTHERS = 'IfHealthyBudget',
}

/** Which pods a budget covers and how many of them may be evicted. */
export interface DisruptionGuardProps {
  /**
   * What makes the pods: an app of this library, a cdk8s-plus `Deployment` or `StatefulSet`, or anything else that selects
   * pods.
   *
   * @default - the pods that bear `podLabels`
   */
  readonly protects?: kplus.IPodSelector;

  /**
   * Labels of the pods, for workloads that are made elsewhere; not together with `protects`.
   *
   * Findings: availability/budget-selects-nothing, availability/two-budgets-on-pod
   *
   * @default - what `protects` selects
   */
  readonly podLabels?: { readonly [key: string]: string };

  /**
   * Name of the budget.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Labels on the budget itself.
   *
   * @default - only those of this library
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * How many pods may be missing because somebody evicted them; not together with `minAvailable`.
   *
   * A percentage is rounded up. Follows the number of replicas, which `minAvailable` as a count does not.
   *
   * Findings: availability/budget-blocks-drain, availability/budget-on-single-replica
   *
   * @default CountOrPercent.count(1)
   */
  readonly evictable?: CountOrPercent;

  /**
   * How many pods must stay ready; not together with `evictable`.
   *
   * A percentage is rounded up.
   *
   * Findings: availability/budget-blocks-drain, availability/budget-on-single-replica
   *
   * @default - `evictable` decides
   */
  readonly minAvailable?: CountOrPercent;

  /**
   * What happens to pods that are not ready.
   *
   * Findings: availability/budget-keeps-unhealthy
   *
   * @default UnhealthyPods.ALWAYS_EVICT
   */
  readonly unhealthyPods?: UnhealthyPods;

  /**
   * More than half of the pods must stay, since they vote.
   *
   * Findings: availability/budget-breaks-quorum
   *
   * @default false
   */
  readonly quorum?: boolean;
}

/** Where pods are kept apart. */
export interface SpreadOptions {
  /**
   * Spread over zones (`topology.kubernetes.io/zone`).
   *
   * @default true
   */
  readonly zones?: boolean;

  /**
   * Spread over nodes (`kubernetes.io/hostname`).
   *
   * @default true
   */
  readonly hosts?: boolean;

  /**
   * By how many pods the fullest place may exceed the emptiest, 1 or more.
   *
   * @default 1
   */
  readonly maxSkew?: number;
}

/** When an autoscaler acts; at least one metric is needed. */
export interface AutoscalingOptions {
  /**
   * CPU that the app's own container should use, in percent of its request, 1 or more.
   *
   * Only that container counts, so that a sidecar cannot dilute it.
   *
   * @default - CPU does not matter
   */
  readonly cpuPercent?: number;

  /**
   * Memory that the app's own container should use, in percent of its request, 1 or more.
   *
   * @default - memory does not matter
   */
  readonly memoryPercent?: number;

  /**
   * Further metrics; the one that asks for most pods wins.
   *
   * @default - no further metric
   */
  readonly metrics?: AutoscalingMetric[];

  /**
   * How fast pods are added.
   *
   * @default - as Kubernetes does: doubled, or four more, every 15 seconds
   */
  readonly scaleUp?: ScalingSpeed;

  /**
   * How fast pods are taken away.
   *
   * @default - as Kubernetes does: at once, after 5 minutes of lower need
   */
  readonly scaleDown?: ScalingSpeed;
}

/** A limit of how fast an autoscaler changes the number of pods. */
export interface ScalingSpeed {
  /**
   * Over which time the most careful wish counts, 0 to 3600 seconds.
   *
   * @default - 0 seconds up, 300 seconds down
   */
  readonly stabilization?: Duration;

  /**
   * At most so many pods, or such a share of them, within `per`; 1 or more.
   *
   * @default - Kubernetes' own limits
   */
  readonly atMost?: CountOrPercent;

  /**
   * The time that `atMost` counts in, 1 to 1800 seconds; needs `atMost`.
   *
   * @default Duration.seconds(60)
   */
  readonly per?: Duration;
}

/** When KEDA acts. */
export interface KedaOptions {
  /** What KEDA asks, at least one. */
  readonly triggers: KedaTrigger[];

  /**
   * How often KEDA asks while there are no pods.
   *
   * @default - 30 seconds, as KEDA does
   */
  readonly polling?: Duration;

  /**
   * How long after the last activity the last pod goes.
   *
   * @default - 300 seconds, as KEDA does
   */
  readonly cooldown?: Duration;
}

/** One trigger of KEDA. */
export interface KedaTrigger {
  /** The scaler, for example `rabbitmq`. */
  readonly type: string;
  /** What that scaler needs; values are texts. */
  readonly metadata: { readonly [key: string]: string };
  /**
   * The `TriggerAuthentication` to use.
   *
   * @default - the scaler needs none
   */
  readonly authentication?: string;
}
