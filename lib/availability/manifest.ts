import type {
  HorizontalPodAutoscalerSpecManifest,
  PodDisruptionBudgetSpecManifest,
  ScaledObjectSpecManifest,
  ScaleTargetManifest,
} from '../manifests';
import type { AutoscalingIntent, GuardIntent, SpeedIntent, SpreadIntent } from './intent';

/** A label selector as it stands in a manifest. */
export type SelectorManifest = PodDisruptionBudgetSpecManifest['selector'];

/** The budget's spec. */
export function renderBudget(intent: GuardIntent, selector: SelectorManifest): PodDisruptionBudgetSpecManifest {
  return {
    ...(intent.maxUnavailable && { maxUnavailable: intent.maxUnavailable._toManifest() }),
    ...(intent.minAvailable && { minAvailable: intent.minAvailable._toManifest() }),
    unhealthyPodEvictionPolicy: intent.unhealthyPods,
    selector,
  };
}

/** The parts of a pod's spec that keep the pods with these labels apart. */
export function renderSpread(
  intent: SpreadIntent,
  matchLabels: Readonly<Record<string, string>>,
): { readonly topologySpreadConstraints?: readonly object[]; readonly affinity?: object } {
  const labelSelector = { matchLabels };
  if (intent.onePodPerHost) {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector };
    return { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
  }
  return {
    topologySpreadConstraints: intent.constraints.map((constraint) => ({
      ...constraint,
      nodeTaintsPolicy: 'Honor',
      // Argo Rollouts' pods have the second key only; a missing key is skipped
      matchLabelKeys: ['pod-template-hash', 'rollouts-pod-template-hash'],
      labelSelector,
    })),
  };
}

/** The HorizontalPodAutoscaler's spec; `container` is the one whose use counts. */
export function renderAutoscaler(
  intent: AutoscalingIntent,
  scaleTargetRef: ScaleTargetManifest,
  container: string,
): HorizontalPodAutoscalerSpecManifest {
  const utilization = intent.utilization.map(({ resource, percent }) => ({
    type: 'ContainerResource',
    containerResource: { name: resource, container, target: { type: 'Utilization', averageUtilization: percent } },
  }));
  const behavior = {
    ...(intent.scaleUp && { scaleUp: renderSpeed(intent.scaleUp) }),
    ...(intent.scaleDown && { scaleDown: renderSpeed(intent.scaleDown) }),
  };
  return {
    minReplicas: intent.min,
    maxReplicas: intent.max,
    scaleTargetRef,
    metrics: [...utilization, ...intent.metrics],
    ...(Object.keys(behavior).length > 0 && { behavior }),
  };
}

/** The ScaledObject's spec. */
export function renderScaledObject(
  intent: AutoscalingIntent,
  scaleTargetRef: ScaleTargetManifest,
): ScaledObjectSpecManifest {
  const { triggers = [], polling, cooldown } = intent.keda ?? {};
  return {
    minReplicaCount: intent.min,
    maxReplicaCount: intent.max,
    ...(polling !== undefined && { pollingInterval: polling }),
    ...(cooldown !== undefined && { cooldownPeriod: cooldown }),
    scaleTargetRef,
    triggers,
  };
}

function renderSpeed({ stabilization, limit }: SpeedIntent): object {
  return {
    ...(stabilization !== undefined && { stabilizationWindowSeconds: stabilization }),
    ...(limit && { policies: [{ type: limit.type, value: limit.value, periodSeconds: limit.period }] }),
  };
}
