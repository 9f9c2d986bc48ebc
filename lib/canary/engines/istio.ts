import {
  type DestinationRuleSpecManifest,
  emit,
  type MeshDestinationManifest,
  type MeshRouteManifest,
} from '../../manifests';
import { INSTANCE_LABEL, TRACK_LABEL } from '../../values/labels';
import { CANARY, candidateName, STABLE } from '../candidate';
import type { IstioEngineOptions } from '../props';
import { labelsOf } from '../released-app';
import { Telemetry } from '../telemetry';
import { emitCandidate, pairedPods, refuseKeda, trackOfCandidate } from './candidate-workload';
import { type Engine, hostOf, PIPELINE_WALKS, portOf, type Release } from './engine';
import {
  emitVirtualServices,
  istioVersion,
  type MeshIntent,
  resolveMesh,
  routeManners,
  split,
  TESTERS,
} from './mesh-routes';

/** Routes of Istio give the candidate its share, however many pods there are. */
export function istio(options: IstioEngineOptions): Engine {
  const intent = resolveMesh('CanaryEngine.istio', options);
  const engine: Engine = {
    name: 'istio',
    telemetry: Telemetry.istio(),
    check: refuseKeda,

    emit(release) {
      // Before the candidate: an abort leads its requests elsewhere before its pods go
      emitDestinationRule(release, intent);
      emitCandidate(engine, release);
      emitVirtualServices(release, intent, (from) => {
        const own = { ...split(destinations(release), release.stage.share), ...mirror(release) };
        const routes = [...testers(release), ...(from === 'mesh' ? pinned(release) : []), own];
        return routes.map((route) => ({ ...route, ...routeManners(intent) }));
      });
    },

    claims: ({ stage, candidate }) => ({ image: stage.isPromoted ? candidate?.image : undefined }),
    pods: pairedPods,
    lowestPods: ({ app }) => app.pods ?? 1,
    ...PIPELINE_WALKS,

    series({ app, candidate }) {
      const namespace = app.namespace ?? 'default';
      const workload = candidateName(app.workload);
      return {
        namespace,
        container: candidate?.container ?? app.name,
        istio: `reporter="destination",destination_workload="${workload}",destination_workload_namespace="${namespace}"`,
        own: `track="${CANARY}"`,
      };
    },
  };
  return engine;
}

function emitDestinationRule(release: Release, { ejectAfterErrors, maxOpenRequests }: MeshIntent): void {
  const { scope, app } = release;
  const metadata = { name: app.workload, labels: labelsOf(app, app.workload) };
  const trafficPolicy = {
    ...(maxOpenRequests !== undefined && { connectionPool: { http: { http2MaxRequests: maxOpenRequests } } }),
    ...(ejectAfterErrors > 0 && {
      outlierDetection: {
        consecutive5xxErrors: ejectAfterErrors,
        interval: '10s',
        baseEjectionTime: '30s',
        maxEjectionPercent: 50,
      },
    }),
  };
  emit<{ spec: DestinationRuleSpecManifest }>(
    scope,
    'DestinationRule',
    { apiVersion: istioVersion(release), kind: 'DestinationRule', metadata },
    {
      spec: () => ({
        host: hostOf(portOf(release).service, app.namespace),
        ...(Object.keys(trafficPolicy).length > 0 && { trafficPolicy }),
        subsets: [
          { name: STABLE, labels: { [TRACK_LABEL]: STABLE } },
          { name: CANARY, labels: { [TRACK_LABEL]: trackOfCandidate(release) } },
        ],
      }),
    },
  );
}

function destinations(release: Release): readonly [MeshDestinationManifest, MeshDestinationManifest] {
  const to = (subset: string) => ({
    host: hostOf(portOf(release).service, release.app.namespace),
    subset,
    port: { number: portOf(release).port },
  });
  return [to(STABLE), to(CANARY)];
}

/** The routes of testers; there are none while the candidate has no pods. */
function testers(release: Release): MeshRouteManifest[] {
  const { testers: who, stage } = release;
  if (who === undefined || !stage.isReachable) return [];
  const match = [{ headers: { [who.header]: { exact: who.value } } }];
  return [{ name: TESTERS, match, route: [{ destination: destinations(release)[1] }] }];
}

/** Callers of the new version reach the new version, and callers of the old one the old one. */
function pinned(release: Release): MeshRouteManifest[] {
  const { leaders, stage } = release;
  if (!stage.isReachable) return [];
  const [stable, candidate] = destinations(release);
  const of = (track: string, destination: MeshDestinationManifest) =>
    leaders.map(({ app }) => ({
      name: `from-${app.name}-${track}`,
      match: [
        {
          sourceLabels: { [INSTANCE_LABEL]: app.name, [TRACK_LABEL]: track },
          ...(app.namespace !== undefined && { sourceNamespace: app.namespace }),
        },
      ],
      route: [{ destination }],
    }));
  return [...of(CANARY, candidate), ...of(STABLE, stable)];
}

function mirror(release: Release): Pick<MeshRouteManifest, 'mirrors'> {
  const { mirror: percent } = release.stage;
  if (percent === 0) return {};
  return { mirrors: [{ destination: destinations(release)[1], percentage: { value: percent } }] };
}
