/** The fields of a Canary that this library writes. */
export interface FlaggerCanarySpecManifest {
  readonly provider: string;
  readonly targetRef: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly autoscalerRef: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly progressDeadlineSeconds: number;
  readonly skipAnalysis?: boolean;
  readonly service: object;
  readonly analysis: {
    readonly interval: string;
    readonly threshold: number;
    readonly stepWeights: readonly number[];
    readonly metrics: readonly object[];
    readonly webhooks?: readonly object[];
  };
}

/** The fields of a MetricTemplate that this library writes. */
export interface MetricTemplateSpecManifest {
  readonly provider: { readonly type: 'prometheus'; readonly address: string };
  readonly query: string;
}
