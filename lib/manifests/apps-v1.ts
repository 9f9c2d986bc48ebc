import type { LabelSelectorManifest, PodTemplateManifest } from './core-v1';

/** The fields of a Deployment that this library writes. */
export interface DeploymentSpecManifest {
  readonly replicas?: number;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit: number;
  readonly selector: LabelSelectorManifest;
  readonly strategy:
    | { readonly type: 'Recreate' }
    | {
        readonly type: 'RollingUpdate';
        readonly rollingUpdate: { readonly maxSurge: number | string; readonly maxUnavailable: number | string };
      };
  readonly template: PodTemplateManifest;
}
