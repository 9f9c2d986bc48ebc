import { below, fields } from '../../facts/read';
import { emit, type RolloutSpecManifest } from '../../manifests';
import { CountOrPercent } from '../../values/count-or-percent';
import { TRACK_LABEL } from '../../values/labels';
import type { ActionIntent, TimedGate } from '../canary-plan';
import { CANARY, STABLE } from '../candidate';
import { checkGate } from '../detection';
import type { Gate } from '../gate';
import { addressOf } from '../gate-query';
import { labelsOf } from '../released-app';
import { Telemetry } from '../telemetry';
import { analysisSteps, backgroundAnalysis, emitAnalyses, resolveBackground } from './argo-analysis';
import { emitTrackService } from './candidate-workload';
import type { EngineName } from './capabilities';
import {
  type ControllerField,
  type Engine,
  FIRST_INSTALLATION_NOTE,
  hostOf,
  podsFor,
  portOf,
  type Release,
} from './engine';
import { checkVersion, emitRoute, type GatewayIntent, routeKind, routeName, trackService } from './gateway-api';
import {
  emitVirtualServices,
  type MeshIntent,
  routeManners,
  SPLIT,
  split,
  TESTERS,
  virtualServiceNames,
} from './mesh-routes';
import { checkPodShares, podsByShare } from './pod-shares';

/** What divides the requests under Argo Rollouts. */
export type ArgoRouter =
  | { readonly kind: 'pods' }
  | { readonly kind: 'istio'; readonly intent: MeshIntent }
  | { readonly kind: 'gatewayApi'; readonly intent: GatewayIntent };

/** The route that copies requests; Argo takes one without a match for its end. */
const MIRROR = 'mirror';
const EVERY_PATH = [{ path: { prefix: '/' } }];
const MATCH_WEIGHT = { setCanaryScale: { matchTrafficWeight: true } };

const NAMES: Readonly<Record<ArgoRouter['kind'], EngineName>> = {
  pods: 'argoRollouts',
  istio: 'argoRollouts with istio',
  gatewayApi: 'argoRollouts with gatewayApi',
};

/** The controller of Argo Rollouts runs the Deployment's template, and walks the plan. */
export function argoRollouts(router: ArgoRouter, gates: readonly Gate[]): Engine {
  const background = resolveBackground('CanaryEngine.argoRollouts', gates);
  const engine: Engine = {
    name: NAMES[router.kind],
    telemetry: router.kind === 'istio' ? Telemetry.istio() : Telemetry.app(),

    check(release) {
      if (router.kind === 'pods') checkPodShares(release);
      if (router.kind === 'gatewayApi') checkVersion(release, router.intent);
      const [first] = release.plan.phases;
      for (const timed of first === undefined ? [] : background) {
        checkGate(timed, first, release.perSecond, (time) => `give it window: ${time}`);
        addressOf(release, timed.gate);
      }
    },

    emit(release) {
      emitRollout(release, router, background);
      emitAnalyses(engine, release, background);
      if (router.kind === 'pods') return;
      // The controller writes their selectors: what it writes is not ours
      for (const track of [STABLE, CANARY]) emitTrackService(release, trackService(release, track), undefined);
      if (router.kind === 'gatewayApi') {
        emitRoute({ ...release, testers: undefined }, router.intent, () => 0);
        return;
      }
      emitVirtualServices(release, router.intent, () => [
        { ...split(services(release), 0), ...routeManners(router.intent) },
      ]);
    },

    claims({ app, candidate, stage }) {
      const isRunning = stage.stage._kind !== 'stable' && stage.stage._kind !== 'aborted';
      return {
        // An autoscaler has released them already
        replicas: app.isScaled ? undefined : 'released',
        runner: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: app.workload },
        image: isRunning ? candidate?.image : undefined,
      };
    },

    pods(release, { share }) {
      if (router.kind === 'pods') return podsByShare(release, share);
      const total = release.app.pods ?? 1;
      return { stable: total, candidate: podsFor(share, total) };
    },

    lowestPods({ app }) {
      const total = app.pods ?? 1;
      const { maxUnavailable } = rollingOf(app);
      return router.kind === 'pods' ? total - (CountOrPercent._parse(maxUnavailable)?.roundedDown(total) ?? 0) : total;
    },

    growsFirst: () => undefined,

    controllerFields(release) {
      const { app } = release;
      const fields = (group: string, kind: string, name: string, pointer: string): ControllerField => ({
        group,
        kind,
        name,
        jsonPointers: [pointer],
      });
      const selectors = [STABLE, CANARY].map((track) =>
        fields('', 'Service', trackService(release, track), '/spec/selector'),
      );
      const routes =
        router.kind === 'istio'
          ? virtualServiceNames(release, router.intent).map((name) =>
              fields('networking.istio.io', 'VirtualService', name, '/spec/http'),
            )
          : [fields('gateway.networking.k8s.io', routeKind(release), routeName(release), '/spec/rules')];
      const deployment = fields('apps', 'Deployment', app.workload, '/spec/replicas');
      return router.kind === 'pods' ? [deployment] : [deployment, ...selectors, ...routes];
    },

    series(release) {
      const { app, candidate } = release;
      const namespace = app.namespace ?? 'default';
      const service = trackService(release, CANARY);
      return {
        namespace,
        container: candidate?.container ?? app.name,
        istio: `reporter="destination",destination_service_name="${service}",destination_service_namespace="${namespace}"`,
        own: `track="${CANARY}"`,
      };
    },
  };
  return engine;
}

function emitRollout(release: Release, router: ArgoRouter, background: readonly TimedGate[]): void {
  const { scope, app } = release;
  const labels = labelsOf(app, app.workload);
  const metadata = { name: app.workload, labels, annotations: FIRST_INSTALLATION_NOTE };
  emit<{ spec: RolloutSpecManifest }>(
    scope,
    'Rollout',
    { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata },
    {
      spec: () => {
        const deployment = fields(app.deployment?.spec);
        return {
          replicas: app.isScaled ? undefined : app.pods,
          minReadySeconds: deployment.minReadySeconds as number | undefined,
          progressDeadlineSeconds: deployment.progressDeadlineSeconds as number | undefined,
          revisionHistoryLimit: deployment.revisionHistoryLimit as number | undefined,
          workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: app.workload, scaleDown: 'progressively' },
          strategy: { canary: strategyOf(release, router, background) },
        };
      },
    },
  );
}

function strategyOf(
  release: Release,
  router: ArgoRouter,
  background: readonly TimedGate[],
): RolloutSpecManifest['strategy']['canary'] {
  const track = (value: string) => ({ labels: { [TRACK_LABEL]: value } });
  const steps = stepsOf(release, router);
  const firstWeight = steps.findIndex((step) => 'setWeight' in step);
  const common = {
    stableMetadata: track(STABLE),
    canaryMetadata: track(CANARY),
    steps,
    analysis: firstWeight === -1 ? undefined : backgroundAnalysis(release, background, firstWeight + 1),
  };
  if (router.kind === 'pods') {
    return { ...common, ...rollingOf(release.app) };
  }
  const managed = [
    ...(release.testers !== undefined ? [TESTERS] : []),
    ...(release.plan.prepared.mirror > 0 ? [MIRROR] : []),
  ];
  return {
    ...common,
    stableService: trackService(release, STABLE),
    canaryService: trackService(release, CANARY),
    // One pod of a version would leave none in a drain
    minPodsPerReplicaSet: Math.min(2, release.app.pods ?? 2),
    trafficRouting: {
      ...(managed.length > 0 && { managedRoutes: managed.map((name) => ({ name })) }),
      ...routing(release, router),
    },
  };
}

/** How many pods of the Deployment there may be more and fewer. */
function rollingOf({ deployment }: Release['app']): { maxSurge?: number | string; maxUnavailable?: number | string } {
  const { maxSurge, maxUnavailable } = fields(below(deployment, 'spec', 'strategy', 'rollingUpdate'));
  return { maxSurge: maxSurge as number | string, maxUnavailable: maxUnavailable as number | string };
}

function routing(release: Release, router: Exclude<ArgoRouter, { kind: 'pods' }>): object {
  if (router.kind === 'istio') {
    const names = virtualServiceNames(release, router.intent);
    return { istio: { virtualServices: names.map((name) => ({ name, routes: [SPLIT] })) } };
  }
  const route = { name: routeName(release), ...(release.testers !== undefined && { useHeaderRoutes: true }) };
  const routes = routeKind(release) === 'GRPCRoute' ? { grpcRoutes: [route] } : { httpRoutes: [route] };
  const { namespace } = release.app;
  return { plugins: { 'argoproj-labs/gatewayAPI': { ...routes, ...(namespace !== undefined && { namespace }) } } };
}

/** The plan, step by step; once it is cut short nothing is left of it. */
function stepsOf(release: Release, router: ArgoRouter): object[] {
  const { plan, stage } = release;
  if (stage.isPromoted) return [];
  const { prepared, phases } = plan;
  const actions = (all: readonly ActionIntent[]) => all.flatMap((action) => stepOf(release, action));
  return [
    ...(router.kind === 'pods' ? [] : preparedSteps(release)),
    ...actions(prepared.actions),
    ...phases.flatMap((phase, index) => [
      ...(index === 0 && plan.prepared.mirror > 0 ? [{ setMirrorRoute: { name: MIRROR } }] : []),
      { setWeight: phase.percent },
      // Not before the weight: at none the pods would go, and with them the routes of testers
      ...(index === 0 && router.kind !== 'pods' && isPrepared(release) ? [MATCH_WEIGHT] : []),
      ...actions(phase.actions),
    ]),
  ];
}

/** Whether pods have to run before the first weight. */
function isPrepared({ plan, testers }: Release): boolean {
  return testers !== undefined || plan.prepared.mirror > 0 || plan.prepared.actions.length > 0;
}

function preparedSteps(release: Release): object[] {
  const { app, plan, testers } = release;
  if (!isPrepared(release)) return [];
  const [first] = plan.phases;
  const { mirror } = plan.prepared;
  const replicas = podsFor(Math.max(mirror, first?.percent ?? 1), app.pods ?? 2);
  const match = testers && [{ headerName: testers.header, headerValue: { exact: testers.value } }];
  return [
    { setCanaryScale: { replicas } },
    ...(match === undefined ? [] : [{ setHeaderRoute: { name: TESTERS, match } }]),
    ...(mirror === 0 ? [] : [{ setMirrorRoute: { name: MIRROR, percentage: mirror, match: EVERY_PATH } }]),
  ];
}

function stepOf(release: Release, action: ActionIntent): object[] {
  switch (action.kind) {
    case 'pause':
      return [{ pause: { duration: `${action.seconds}s` } }];
    case 'approval':
      return [{ pause: {} }];
    default:
      return analysisSteps(release, action.gates);
  }
}

/** Where the controller writes the shares. */
function services(release: Release): Parameters<typeof split>[0] {
  const { app } = release;
  const to = (track: string) => ({
    host: hostOf(trackService(release, track), app.namespace),
    port: { number: portOf(release).port },
  });
  return [to(STABLE), to(CANARY)];
}
