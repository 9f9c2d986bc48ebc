/** The fields of a Rollout that this library writes. */
export interface RolloutSpecManifest {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly progressDeadlineSeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly workloadRef: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly scaleDown: 'progressively';
  };
  readonly strategy: {
    readonly canary: {
      readonly stableService?: string;
      readonly canaryService?: string;
      readonly stableMetadata: { readonly labels: Readonly<Record<string, string>> };
      readonly canaryMetadata: { readonly labels: Readonly<Record<string, string>> };
      readonly minPodsPerReplicaSet?: number;
      readonly maxSurge?: number | string;
      readonly maxUnavailable?: number | string;
      readonly trafficRouting?: object;
      readonly steps: readonly object[];
      readonly analysis?: { readonly templates: readonly object[]; readonly startingStep: number };
    };
  };
}

/** The fields of an AnalysisTemplate that this library writes. */
export interface AnalysisTemplateSpecManifest {
  readonly args?: readonly { readonly name: string }[];
  readonly metrics: readonly {
    readonly name: string;
    readonly count?: number;
    readonly initialDelay?: string;
    readonly interval?: string;
    readonly failureLimit: number;
    readonly successCondition?: string;
    readonly provider: object;
  }[];
}
