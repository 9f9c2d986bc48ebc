import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { CanaryEngine } from './canary-engine';
import type { CanaryPlan } from './canary-plan';
import type { CanaryRelease } from './canary-release';
import type { CanaryStage } from './canary-stage';
import type { Gate } from './gate';
import type { ReleaseTarget } from './release-target';
import type { Telemetry } from './telemetry';
import type { Testers } from './testers';
import type { Traffic } from './traffic';

/** What is released, by which steps, and by whom. */
export interface CanaryReleaseProps {
  /**
   * The app that gets a new version: an app of this library, or a cdk8s-plus `Deployment`; this or `target`.
   *
   * @default - `target` names it
   */
  readonly app?: kplus.IPodSelector;

  /**
   * The Service of a cdk8s-plus `Deployment`: it has to select the pods of both versions, by `app.kubernetes.io/instance` alone.
   *
   * @default - that of the app; a Deployment of cdk8s-plus has none, so that only pods can divide its work
   */
  readonly service?: kplus.Service;

  /**
   * An app that is made elsewhere, for `argoRollouts` and `flagger`; this or `app`.
   *
   * @default - `app` is it
   */
  readonly target?: ReleaseTarget;

  /**
   * Image of the new version, with a tag or a digest; not together with `target`, whose manifests say it.
   *
   * @default - the release waits for one that `target`'s manifests bring
   */
  readonly candidate?: string;

  /** By which steps the candidate takes over. */
  readonly plan: CanaryPlan;

  /** What shifts the requests; to change it is to change this line. */
  readonly engine: CanaryEngine;

  /**
   * Whose requests always go to the candidate.
   *
   * @default - nobody's: each request goes where the share says
   */
  readonly testers?: Testers;

  /**
   * The traffic in a quiet hour; gates are refused that could not see a bad candidate with it.
   *
   * @default - unknown, which gates on success rate and latency do not accept
   */
  readonly expects?: Traffic;

  /**
   * Releases of apps that call this one: new callers reach the candidate, old ones the stable pods, so that versions never mix.
   *
   * @default - callers of both versions reach both
   */
  readonly follows?: CanaryRelease[];

  /**
   * Who counts the requests that gates judge by.
   *
   * @default - what the engine's own proxies count; the app's own metrics where there are none
   */
  readonly telemetry?: Telemetry;

  /**
   * Which stage the manifests are for.
   *
   * With a controller, which walks the plan by itself, only `stable()`, `aborted()` and `promoted()` have a meaning.
   *
   * @default - stable() where a pipeline walks the stages; with a controller, the release begins
   */
  readonly stage?: CanaryStage;
}

/** What all gates have. */
export interface GateOptions {
  /**
   * How far back it looks; no longer than the pauses since the weight.
   *
   * @default - as long as the candidate has had its share
   */
  readonly window?: Duration;

  /**
   * Lets the candidate pass if there is no answer: for requests that may not come.
   *
   * @default false
   */
  readonly passesWithoutData?: boolean;

  /**
   * Address of the Prometheus to ask, or of anything with the same API.
   *
   * @default - `prometheus` of the TargetCluster
   */
  readonly prometheus?: string;
}

/** What gates have that a template answers. */
export interface TemplateGateOptions {
  /**
   * How far back it looks; no longer than the pauses since the weight.
   *
   * @default - as long as the candidate has had its share
   */
  readonly window?: Duration;
}

/** What gates that count requests have. */
export interface SloGateOptions extends GateOptions {
  /**
   * Name of the gate: a DNS label of at most 30 characters, unique in the release.
   *
   * @default - what it measures, for example `latency-p99`
   */
  readonly name?: string;

  /**
   * The share of bad requests, in percent, that it must catch with a chance of 95 %.
   *
   * @default - twice what it allows
   */
  readonly catchesPercent?: number;
}

/** The good answers to a query. */
export interface QueryRange {
  /**
   * The lowest good answer.
   *
   * @default - nothing is too low
   */
  readonly min?: number;

  /**
   * The highest good answer.
   *
   * @default - nothing is too high
   */
  readonly max?: number;
}

/** How an app names its metrics. */
export interface AppMetricsOptions {
  /**
   * The counter of requests.
   *
   * @default "http_requests_total"
   */
  readonly requests?: string;

  /**
   * Its label with the status.
   *
   * @default "code"
   */
  readonly status?: string;

  /**
   * The histogram of their durations in seconds.
   *
   * @default "http_request_duration_seconds"
   */
  readonly duration?: string;
}

/** A Deployment that is made elsewhere. */
export interface ReleaseTargetOptions {
  /**
   * The port that its pods listen on, 1 to 65535; Flagger makes Services for it.
   *
   * @default - the release makes no Service
   */
  readonly port?: number;
}

/** How Istio shifts requests. */
export interface IstioEngineOptions {
  /**
   * Gateways through which requests come in, as `namespace/name`; needs `hosts`.
   *
   * @default - requests come from the mesh only
   */
  readonly gateways?: string[];

  /**
   * Host names at those gateways.
   *
   * @default - the app has none outside of the mesh
   */
  readonly hosts?: string[];

  /**
   * How often a failed request is tried again, 0 or more; connections that failed, refused streams and status 503.
   *
   * @default - Istio's own: twice, but not for status 503
   */
  readonly retries?: number;

  /**
   * After how long a request is given up.
   *
   * @default - never
   */
  readonly timeout?: Duration;

  /**
   * How many errors in a row take a pod out of the load balancing for half a minute; 0 takes none out.
   *
   * At most half of the pods of a version are taken out.
   *
   * @default 5
   */
  readonly ejectAfterErrors?: number;

  /**
   * How many requests may be open to one version at a time, 1 or more; further ones get status 503.
   *
   * @default - no limit
   */
  readonly maxOpenRequests?: number;
}

/** How a Gateway of the Gateway API shifts requests. */
export interface GatewayApiEngineOptions {
  /**
   * The Gateway through which requests come in, as `name` or `namespace/name`.
   *
   * @default - requests come from a mesh that knows the Gateway API (GAMMA)
   */
  readonly gateway?: string;

  /**
   * The listener of the Gateway; needs `gateway`.
   *
   * @default - every listener that allows it
   */
  readonly listener?: string;

  /**
   * Host names; needs `gateway`.
   *
   * @default - those of the Gateway's listeners
   */
  readonly hosts?: string[];

  /**
   * After how long a request is given up; not for gRPC. Needs Gateway API 1.2 or newer.
   *
   * @default - the Gateway decides
   */
  readonly timeout?: Duration;
}

/** How Argo Rollouts shifts requests. */
export interface ArgoRolloutsEngineOptions {
  /**
   * What divides the requests.
   *
   * @default - the number of pods, as with replicaRatio
   */
  readonly router?: CanaryEngine;

  /**
   * Gates that are asked again and again from the first weight on, each as often as its `window` says; the first that fails ends the release.
   *
   * Beside the gates of the plan, which are asked where they stand.
   *
   * @default - only the gates of the plan
   */
  readonly background?: Gate[];
}

/** How Flagger shifts requests. */
export interface FlaggerEngineOptions {
  /**
   * What divides the requests.
   *
   * @default - Istio, inside the mesh
   */
  readonly router?: CanaryEngine;

  /**
   * Address of Flagger's load tester, which keeps approvals.
   *
   * @default - `http://flagger-loadtester.flagger-system`
   */
  readonly loadTester?: string;

  /**
   * A command of the load tester that sends requests to the candidate during the release, for example `hey -z 1m -q 10 -c 2 http://checkout-release-canary.shop:8080/`.
   *
   * @default - only real requests count
   */
  readonly loadTest?: string;

  /**
   * How many checks may fail before Flagger rolls back, 1 or more.
   *
   * @default 1
   */
  readonly failedChecks?: number;
}
