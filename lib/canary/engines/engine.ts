import type { Construct } from 'constructs';
import type { AppClaim } from '../../app/claims';
import type { TargetCluster } from '../../values';
import { FIRST_INSTALLATION } from '../../values/annotations';
import type { PlanIntent } from '../canary-plan';
import type { ReleasedApp, ReleasedPort } from '../released-app';
import type { StageIntent } from '../stages';
import type { CandidateSeries, Telemetry } from '../telemetry';
import type { TestersIntent } from '../testers';
import type { EngineName } from './capabilities';

/** What an engine knows of a release. */
export interface Release {
  /** Where its objects belong. */
  readonly scope: Construct;
  readonly target: TargetCluster;
  readonly app: ReleasedApp;
  /** Undefined: the manifests of the app, which are made elsewhere, bring it. */
  readonly candidate: Candidate | undefined;
  readonly plan: PlanIntent;
  readonly testers: TestersIntent | undefined;
  /** Releases of the callers, whose versions this one does not mix. */
  readonly leaders: readonly Release[];
  readonly telemetry: Telemetry | undefined;
  /** Requests of the app in a second; undefined where nobody said it. */
  readonly perSecond: number | undefined;
  /** The stage that is rendered now. */
  readonly stage: StageIntent;
}

/** The new version. */
export interface Candidate {
  readonly image: string;
  /** The container whose image it is. */
  readonly container: string;
}

/** The pods of both versions. */
export interface Pods {
  readonly stable: number;
  readonly candidate: number;
}

/** One way to give a candidate its share. */
export interface Engine {
  /** Its row in the table of capabilities. */
  readonly name: EngineName;
  /** Whose numbers judge the candidate, unless the user says otherwise. */
  readonly telemetry: Telemetry;

  /** Refuses what the table of capabilities cannot say; throws. */
  check(release: Release): void;

  /** Makes the objects. Their kinds and names are fixed now, their bodies read the stage at each rendering. */
  emit(release: Release): void;

  /** What the release decides about the app, at the stage that is rendered. */
  claims(release: Release): Omit<AppClaim, 'by'>;

  /** The pods of a stage, before any autoscaler adds some. */
  pods(release: Release, stage: StageIntent): Pods;

  /** The pods of both versions that there are at least on the way to a stage. */
  lowestPods(release: Release, stage: StageIntent): number;

  /** The Deployment that has to grow before anything else of a stage is applied; undefined where all may come at once. */
  growsFirst(release: Release, stage: StageIntent): 'stable' | 'candidate' | undefined;

  /** What the controller writes into objects of ours; GitOps tools must let it. */
  controllerFields(release: Release): readonly ControllerField[];

  /** Where the requests of the candidate are counted. */
  series(release: Release): CandidateSeries;
}

/** Fields that a controller writes into an object which the manifests have too. */
export interface ControllerField {
  /** API group of the object; empty for the core one. */
  readonly group: string;
  /** Its kind. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** The fields, as JSON pointers. */
  readonly jsonPointers: string[];
}

/** What everything that releases an app says of its first installation. */
export const FIRST_INSTALLATION_NOTE: Readonly<Record<string, string>> = {
  [FIRST_INSTALLATION]: 'no canary: there is no stable version to compare with',
};

/** For engines without a controller, whose objects are only ours. */
export const PIPELINE_WALKS = {
  growsFirst: () => undefined,
  controllerFields: () => [],
} as const;

/** The app's port; an engine that divides requests is asked only for apps that have one. */
export function portOf({ app }: Release): ReleasedPort {
  return app.port as ReleasedPort;
}

/** Pods for a share of the requests; two at least where the app has two, so that a drain does not take them all. */
export function podsFor(share: number, total: number): number {
  return share === 0 ? 0 : Math.max(Math.min(2, total), Math.ceil((share * total) / 100));
}

/** The share that the pods of a stage must be enough for: its own, and that of the callers that are pinned to it. */
export function neededShare({ leaders }: Release, { sizedFor, isReachable }: StageIntent): number {
  const pinned = isReachable ? leaders.map((leader) => neededShare(leader, leader.stage)) : [];
  return Math.max(sizedFor, ...pinned);
}

/** The host of a Service, in full where the namespace is known. */
export function hostOf(service: string, namespace: string | undefined): string {
  return namespace === undefined ? service : `${service}.${namespace}.svc.cluster.local`;
}
