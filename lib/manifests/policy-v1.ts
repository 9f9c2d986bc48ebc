/** The fields of a PodDisruptionBudget that this library writes. */
export interface PodDisruptionBudgetSpecManifest {
  readonly maxUnavailable?: number | string;
  readonly minAvailable?: number | string;
  readonly unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
  readonly selector: { readonly matchLabels?: object; readonly matchExpressions?: readonly object[] };
}
