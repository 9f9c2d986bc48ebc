import type { ScaleTargetManifest } from './autoscaling-v2';

/** The fields of a KEDA ScaledObject that this library writes. */
export interface ScaledObjectSpecManifest {
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly pollingInterval?: number;
  readonly cooldownPeriod?: number;
  readonly scaleTargetRef: ScaleTargetManifest;
  readonly triggers: readonly object[];
}
