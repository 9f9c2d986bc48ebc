/** The fields of a HorizontalPodAutoscaler that this library writes. */
export interface HorizontalPodAutoscalerSpecManifest {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly scaleTargetRef: ScaleTargetManifest;
  readonly metrics: readonly object[];
  readonly behavior?: { readonly scaleDown?: object; readonly scaleUp?: object };
}

export interface ScaleTargetManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}
