import type { Duration } from 'cdk8s';
import type { Autoscaling, Spread } from '../availability';
import type { ConnectionLoad, CountOrPercent } from '../values';
import type { ContainerProps } from './container-props';
import type { HealthCheck } from './health-check';
import type { Shutdown } from './shutdown';

/** What apps, workers and tasks have in common. */
export interface AppWorkloadProps extends ContainerProps {
  /**
   * Name of the workload and of everything that belongs to it: a DNS label of at most 52 characters.
   *
   * Part of the workload's selector, which cannot be changed while it lives.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * How the pods stop.
   *
   * Findings: app/grace-too-short, app/no-shutdown-delay
   *
   * @default Shutdown.graceful()
   */
  readonly shutdown?: Shutdown;

  /**
   * An existing ServiceAccount.
   *
   * @default - a new one of the same name, without rights
   */
  readonly serviceAccount?: string;

  /**
   * Gives the pods the token of their ServiceAccount, for apps that call the Kubernetes API.
   *
   * @default false
   */
  readonly keepToken?: boolean;

  /**
   * Numeric user to run as, 1 or more.
   *
   * @default - the image's user, which must not be root
   */
  readonly userId?: number;

  /**
   * Numeric group to run as, 1 or more.
   *
   * @default - the image's group
   */
  readonly groupId?: number;

  /**
   * Numeric group that owns mounted volumes, 1 or more.
   *
   * @default - volumes keep their owner
   */
  readonly volumeGroupId?: number;

  /**
   * Labels on all objects; a change does not restart pods.
   *
   * @default - only those of this library
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Labels on the pods; a change restarts them.
   *
   * @default - only those of this library
   */
  readonly podLabels?: { readonly [key: string]: string };

  /**
   * Annotations on the pods; a change restarts them.
   *
   * @default - only those of this library
   */
  readonly podAnnotations?: { readonly [key: string]: string };

  /**
   * Labels that a node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Taints that do not keep the pods away.
   *
   * @default - none is tolerated
   */
  readonly tolerations?: Toleration[];

  /**
   * Name of the PriorityClass.
   *
   * @default - the cluster's default
   */
  readonly priorityClass?: string;

  /**
   * Secrets with which images are pulled.
   *
   * @default - those of the ServiceAccount
   */
  readonly pullSecrets?: string[];
}

/** A taint that does not keep pods away. */
export interface Toleration {
  /**
   * Key of the taint.
   *
   * @default - every key
   */
  readonly key?: string;

  /**
   * Value of the taint.
   *
   * @default - every value
   */
  readonly value?: string;

  /**
   * Effect of the taint, for example `NoSchedule`.
   *
   * @default - every effect
   */
  readonly effect?: string;
}

/** What apps and workers have, since they run for ever. */
export interface DeployedAppProps extends AppWorkloadProps {
  /**
   * Number of pods, 1 or more; not together with `autoscaling`.
   *
   * Findings: availability/single-replica
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * What decides the number of pods; not together with `replicas`.
   *
   * Handing a live app over from `replicas` needs the steps of docs/guides/moving-live-workloads.md.
   *
   * @default - the number stays at `replicas`
   */
  readonly autoscaling?: Autoscaling;

  /**
   * There is one pod, since only one may write, or since more would do harm: a roll-out ends the old one before it starts the
   * new one, and there is no budget. Not together with `replicas`, `autoscaling`, `surge`, `rolloutUnavailable`, `evictable` or
   * `spread`.
   *
   * After an eviction the next pod may start while the last one still stops: what two writers would destroy needs a lock too.
   *
   * Findings: availability/single-replica
   *
   * @default false
   */
  readonly singleWriter?: boolean;

  /**
   * How pods are kept apart.
   *
   * @default Spread.soft()
   */
  readonly spread?: Spread;

  /**
   * How many pods a drain may take at once; needs at least two pods.
   *
   * Findings: availability/budget-blocks-drain
   *
   * @default CountOrPercent.count(1)
   */
  readonly evictable?: CountOrPercent;

  /**
   * How many pods a roll-out may start before it stops old ones; a percentage is rounded up.
   *
   * @default CountOrPercent.percent(25)
   */
  readonly surge?: CountOrPercent;

  /**
   * How many pods a roll-out may stop before new ones are ready; a percentage is rounded down.
   *
   * Findings: app/rollout-drops-capacity, app/rollout-stops-all-pods
   *
   * @default - none of up to 3 pods, 25 % of more
   */
  readonly rolloutUnavailable?: CountOrPercent;

  /**
   * How long a pod must be ready before the roll-out goes on, 1 second or more.
   *
   * @default Duration.seconds(5)
   */
  readonly settles?: Duration;

  /**
   * After how long without progress a roll-out counts as failed.
   *
   * Findings: app/progress-deadline-too-short
   *
   * @default - 10 minutes, or twice the time that the start may take if that is more
   */
  readonly progressDeadline?: Duration;

  /**
   * The selector of a Deployment that lives already, which cannot be changed: its labels are added to the pods.
   *
   * @default - `app.kubernetes.io/name` with the name of the app
   */
  readonly existingSelector?: { readonly [key: string]: string };
}

/** What speaks on the port of an app. */
export enum AppProtocol {
  /** HTTP/1.1 or HTTP/2 without TLS. */
  HTTP = 'http',
  /** HTTP with TLS. */
  HTTPS = 'https',
  /** gRPC, which is HTTP/2 without TLS. */
  GRPC = 'grpc',
  /** Anything else on TCP. */
  TCP = 'tcp',
}

/** An app that answers requests. */
export interface WebAppProps extends DeployedAppProps {
  /** The port that the app listens on, 1 to 65535. */
  readonly port: number;

  /**
   * How to see that the app has started, serves and lives.
   *
   * Findings: app/served-without-readiness, app/liveness-equals-readiness, app/liveness-kills-slow-start
   */
  readonly health: HealthCheck;

  /**
   * What speaks on the port; becomes its name and the Service's `appProtocol`.
   *
   * @default - what the health check speaks; TCP if it is a command
   */
  readonly protocol?: AppProtocol;

  /**
   * The Service's port, 1 to 65535.
   *
   * @default - `port`
   */
  readonly servicePort?: number;

  /**
   * How many connections one pod gets in its busiest hour.
   *
   * Findings: app/connections-overflow-tracking
   *
   * @default - unknown: nothing is said of the table in which a node tracks connections
   */
  readonly expects?: ConnectionLoad;

  /**
   * Further ports by name, which the Service has too.
   *
   * @default - no further ports
   */
  readonly extraPorts?: { readonly [name: string]: number };
}

/** An app that takes work from somewhere and that nobody connects to. */
export interface WorkerProps extends DeployedAppProps {
  /**
   * How to see that the worker lives: `HealthCheck.heartbeat`, `HealthCheck.command` or `HealthCheck.exitsOnFatal`.
   *
   * Findings: app/worker-without-liveness
   */
  readonly health: HealthCheck;

  /**
   * The longest task that must not be cut off when the pod is told to stop; `shutdown`'s drain must cover it.
   *
   * Findings: app/drain-shorter-than-task
   *
   * @default - tasks are taken up again by another pod
   */
  readonly longestTask?: Duration;
}

/** Work that ends. */
export interface BatchTaskProps extends AppWorkloadProps {
  /**
   * When to run, in cron format; makes a CronJob.
   *
   * @default - once, as a Job
   */
  readonly schedule?: string;

  /**
   * Time zone of `schedule`, for example `Europe/Berlin`; needs `schedule`.
   *
   * @default - the cluster's
   */
  readonly timeZone?: string;

  /**
   * What happens when a run is due while the last one still runs; needs `schedule`.
   *
   * @default Overlap.SKIP
   */
  readonly overlap?: Overlap;

  /**
   * How often a failed pod is tried again, 0 or more.
   *
   * @default 3
   */
  readonly retries?: number;

  /**
   * After which time the task is stopped.
   *
   * @default - it may run for ever
   */
  readonly deadline?: Duration;

  /**
   * How many pods have to succeed, 1 or more.
   *
   * @default 1
   */
  readonly completions?: number;

  /**
   * How many pods run at once, 1 or more.
   *
   * @default 1
   */
  readonly parallelism?: number;

  /**
   * How long a finished task can be looked at.
   *
   * @default - a day; with `schedule` the last 3 runs that succeeded and the last 3 that failed, however old
   */
  readonly keptFor?: Duration;
}

/** What happens when a run is due while the last one still runs. */
export enum Overlap {
  /** The new run is left out. */
  SKIP = 'Forbid',
  /** The last run is stopped. */
  REPLACE = 'Replace',
  /** Both run. */
  ALLOW = 'Allow',
}

/** How Prometheus scrapes an app. */
export interface MonitorOptions {
  /**
   * The port with the metrics, 1 to 65535.
   *
   * @default - the app's port
   */
  readonly port?: number;

  /**
   * The path with the metrics.
   *
   * @default "/metrics"
   */
  readonly path?: string;

  /**
   * How often it is scraped.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * Labels by which your Prometheus finds its monitors.
   *
   * @default - only those of this library
   */
  readonly labels?: { readonly [key: string]: string };
}
