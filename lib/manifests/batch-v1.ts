import type { PodTemplateManifest } from './core-v1';
import type { Texts } from './manifest';

/** The fields of a Job that this library writes. */
export interface JobSpecManifest {
  readonly activeDeadlineSeconds?: number;
  readonly backoffLimit: number;
  readonly completions?: number;
  readonly parallelism?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly template: PodTemplateManifest;
}

/** The fields of a CronJob that this library writes. */
export interface CronJobSpecManifest {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly concurrencyPolicy: string;
  readonly startingDeadlineSeconds: number;
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  readonly jobTemplate: { readonly metadata: { readonly labels: Texts }; readonly spec: JobSpecManifest };
}
