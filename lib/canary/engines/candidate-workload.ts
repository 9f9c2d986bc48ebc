import {
  type DeploymentSpecManifest,
  emit,
  type HorizontalPodAutoscalerSpecManifest,
  type ServiceSpecManifest,
} from '../../manifests';
import { invalid } from '../../values/invalid';
import { INSTANCE_LABEL, TRACK_LABEL } from '../../values/labels';
import { CANARY, candidateAutoscalerSpec, candidateName, candidateSpec, STABLE } from '../candidate';
import { labelsOf, type ReleasedPort } from '../released-app';
import {
  type Candidate,
  type Engine,
  FIRST_INSTALLATION_NOTE,
  neededShare,
  type Pods,
  podsFor,
  type Release,
} from './engine';

/** The Deployment of the candidate, with the pods that the engine says, or with an autoscaler like that of the app. */
export function emitCandidate(engine: Engine, release: Release): void {
  const { scope, app } = release;
  const name = candidateName(app.workload);
  const { image, container } = release.candidate as Candidate;
  const metadata = { name, labels: labelsOf(app, name) };
  emit<{ spec: DeploymentSpecManifest }>(
    scope,
    'Resource',
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...metadata, annotations: FIRST_INSTALLATION_NOTE } },
    {
      spec: () => {
        const { candidate } = engine.pods(release, release.stage);
        const replicas = app.isScaled && candidate > 0 ? undefined : candidate;
        return candidateSpec(app.deployment, container, image, replicas) as DeploymentSpecManifest;
      },
    },
  );
  if (!app.isScaled) return;
  emit<{ spec: HorizontalPodAutoscalerSpecManifest }>(
    scope,
    'Autoscaler',
    { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata },
    {
      spec: () => {
        const { candidate } = engine.pods(release, release.stage);
        const spec = candidateAutoscalerSpec(app.autoscaler, app.workload, Math.max(1, candidate));
        return spec as HorizontalPodAutoscalerSpecManifest;
      },
    },
  );
}

/** KEDA starts pods of a workload that is to have none. */
export function refuseKeda({ app }: Release): void {
  if (app.autoscaler?.kind !== 'ScaledObject') return;
  const problem = 'KEDA starts pods of the candidate before its release, and after it';
  throw invalid('app', problem, 'use Autoscaling.between, or CanaryEngine.argoRollouts or flagger');
}

/** The pods where routes divide the requests: the stable ones stay, so that an abort finds them. */
export function pairedPods(release: Release, stage: Release['stage']): Pods {
  const total = release.app.pods ?? 1;
  return { stable: total, candidate: podsFor(neededShare(release, stage), total) };
}

/** The track that stands behind the name of the candidate: while it has no pods, whoever still comes finds the stable ones, and no 503. */
export function trackOfCandidate({ stage }: Release): string {
  return stage.isReachable ? CANARY : STABLE;
}

/** A Service for the pods of one track; without a selector where a controller writes it. */
export function emitTrackService({ scope, app }: Release, name: string, track: (() => string) | undefined): void {
  const port = app.port;
  if (port === undefined) return;
  emit<{ spec: ServiceSpecManifest }>(
    scope,
    `Service-${name}`,
    { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: labelsOf(app, name) } },
    {
      spec: () => ({
        type: 'ClusterIP',
        ...(track !== undefined && { selector: { [INSTANCE_LABEL]: app.name, [TRACK_LABEL]: track() } }),
        ports: [portManifest(port)],
      }),
    },
  );
}

function portManifest({ name, port, targetPort, appProtocol }: ReleasedPort): ServiceSpecManifest['ports'][number] {
  return { name, port, targetPort, protocol: 'TCP', appProtocol };
}
