import { ApiObject } from 'cdk8s';
import { gatewayParent } from '../../app/exposure';
import { emit, type GatewayRuleManifest, type HttpRouteSpecManifest } from '../../manifests';
import { seconds } from '../../values/bounds';
import { invalid } from '../../values/invalid';
import { hostName } from '../../values/names';
import { CANARY, candidateName, STABLE } from '../candidate';
import type { GatewayApiEngineOptions } from '../props';
import { labelsOf } from '../released-app';
import { Telemetry } from '../telemetry';
import { emitCandidate, emitTrackService, pairedPods, refuseKeda, trackOfCandidate } from './candidate-workload';
import { type Engine, PIPELINE_WALKS, portOf, type Release } from './engine';

/** How a Gateway shifts requests, in plain words. */
export interface GatewayIntent {
  readonly parent: object | undefined;
  readonly hosts: readonly string[];
  readonly timeout: number | undefined;
}

/** Minor releases of the Gateway API with which something left the experimental channel. */
const GRPC_ROUTE_SINCE = 1;
const TIMEOUTS_SINCE = 2;
const MIRROR_SHARE_SINCE = 3;

/** Routes of the Gateway API give the candidate its share, however many pods there are. */
export function gatewayApi(options: GatewayApiEngineOptions): Engine {
  const intent = resolveGateway('CanaryEngine.gatewayApi', options);
  const engine: Engine = {
    name: 'gatewayApi',
    telemetry: Telemetry.app(),

    check(release) {
      refuseKeda(release);
      checkVersion(release, intent);
    },

    emit(release) {
      emitTrackService(release, trackService(release, STABLE), () => STABLE);
      // Before the candidate: an abort leads its requests elsewhere before its pods go
      emitTrackService(release, trackService(release, CANARY), () => trackOfCandidate(release));
      emitCandidate(engine, release);
      emitRoute(release, intent, () => release.stage.share);
    },

    claims: ({ stage, candidate }) => ({ image: stage.isPromoted ? candidate?.image : undefined }),
    pods: pairedPods,
    lowestPods: ({ app }) => app.pods ?? 1,
    ...PIPELINE_WALKS,

    series({ app, candidate }) {
      const namespace = app.namespace ?? 'default';
      const service = candidateName(app.workload);
      return {
        namespace,
        container: candidate?.container ?? app.name,
        istio: `reporter="source",destination_service_name="${service}",destination_service_namespace="${namespace}"`,
        own: `track="${CANARY}"`,
      };
    },
  };
  return engine;
}

/** Resolves the options of the Gateway API. */
export function resolveGateway(where: string, options: GatewayApiEngineOptions): GatewayIntent {
  const { gateway, listener, hosts = [], timeout } = options;
  if (gateway === undefined) {
    for (const [prop, value] of Object.entries({ listener, hosts: options.hosts })) {
      if (value !== undefined) {
        throw invalid(`${where}: ${prop}`, 'has no effect without gateway', `give gateway, or remove ${prop}`);
      }
    }
  }
  return Object.freeze({
    parent: gateway === undefined ? undefined : gatewayParent(`${where}: gateway`, gateway, listener),
    hosts: hosts.map((host) => hostName(`${where}: hosts`, host)),
    timeout: timeout === undefined ? undefined : seconds(`${where}: timeout`, timeout),
  });
}

/** The Service of one track: `checkout-stable`. */
export function trackService({ app }: Release, track: string): string {
  return `${app.workload}-${track}`;
}

/** The name of the route. */
export function routeName({ app }: Release): string {
  return `${app.workload}-release`;
}

/** The kind of the route: gRPC has one of its own. */
export function routeKind(release: Release): 'GRPCRoute' | 'HTTPRoute' {
  return portOf(release).appProtocol === 'kubernetes.io/h2c' ? 'GRPCRoute' : 'HTTPRoute';
}

/** Refuses what the target's release of the Gateway API does not have in its standard channel. */
export function checkVersion(release: Release, { timeout }: GatewayIntent): void {
  const { target, plan } = release;
  const minor = Number(target.gatewayApi?.split('.')[1] ?? MIRROR_SHARE_SINCE);
  const require = (since: number, what: string, fix: string) => {
    if (minor >= since) return;
    throw invalid('engine', `${what} needs Gateway API 1.${since} or newer, the target is ${target.gatewayApi}`, fix);
  };
  if (routeKind(release) === 'GRPCRoute') {
    require(GRPC_ROUTE_SINCE, 'GRPCRoute', 'use CanaryEngine.istio');
    if (timeout !== undefined) {
      throw invalid('engine: timeout', 'has no effect on gRPC, whose routes have none', 'remove timeout');
    }
  }
  if (timeout !== undefined) require(TIMEOUTS_SINCE, 'timeout', 'remove timeout');
  const { mirror } = plan.prepared;
  if (mirror > 0 && mirror < 100) require(MIRROR_SHARE_SINCE, `to mirror ${mirror}%`, 'use Weight.percent(100)');
}

/** The route: testers first, then what is divided. */
export function emitRoute(release: Release, { parent, hosts, timeout }: GatewayIntent, share: () => number): void {
  const { scope, app } = release;
  refuseSecondRoute(release);
  const name = routeName(release);
  const kind = routeKind(release);
  const head = { apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata: { name, labels: labelsOf(app, name) } };
  const manners = timeout === undefined ? {} : { timeouts: { request: `${timeout}s` } };
  emit<{ spec: HttpRouteSpecManifest }>(scope, 'Route', head, {
    spec: () => ({
      parentRefs: [parent ?? { group: '', kind: 'Service', name: portOf(release).service, port: portOf(release).port }],
      ...(hosts.length > 0 && { hostnames: hosts }),
      rules: [...testers(release), divided(release, share())].map((rule) => ({ ...rule, ...manners })),
    }),
  });
}

function divided(release: Release, share: number): GatewayRuleManifest {
  const { port } = portOf(release);
  const { mirror } = release.stage;
  const backendRef = { name: trackService(release, CANARY), port };
  const percent = mirror === 100 ? {} : { percent: mirror };
  return {
    ...(mirror > 0 && { filters: [{ type: 'RequestMirror', requestMirror: { backendRef, ...percent } }] }),
    backendRefs: [
      { name: trackService(release, STABLE), port, weight: 100 - share },
      { ...backendRef, weight: share },
    ],
  };
}

function testers(release: Release): GatewayRuleManifest[] {
  const { testers: who, stage } = release;
  if (who === undefined || !stage.isReachable) return [];
  const headers = [{ type: 'Exact' as const, name: who.header, value: who.value }];
  return [
    { matches: [{ headers }], backendRefs: [{ name: trackService(release, CANARY), port: portOf(release).port }] },
  ];
}

/** Of two routes with the same hosts the older one wins, which is never that of a new release. */
function refuseSecondRoute({ scope, app }: Release): void {
  const routes = scope.node.scope?.node
    .findAll()
    .filter((one) => ApiObject.isApiObject(one) && one.kind === 'HTTPRoute');
  const own = routes?.find((one) => (one as ApiObject).metadata.getLabel('app.kubernetes.io/instance') === app.name);
  if (own === undefined) return;
  const problem = `HTTPRoute ${(own as ApiObject).name} leads to the app too: of two routes for one host the older one wins`;
  throw invalid(
    'engine',
    problem,
    'remove expose(Exposure.httpRoute(...)), and give its gateway and hosts to the engine',
  );
}
