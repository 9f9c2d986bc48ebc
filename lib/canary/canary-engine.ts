import { invalid } from '../values/invalid';
import { argoRollouts } from './engines/argo-rollouts';
import type { Engine } from './engines/engine';
import { flagger } from './engines/flagger';
import { type GatewayIntent, gatewayApi, resolveGateway } from './engines/gateway-api';
import { istio } from './engines/istio';
import { type MeshIntent, resolveMesh } from './engines/mesh-routes';
import { replicaRatio } from './engines/replica-ratio';
import type {
  ArgoRolloutsEngineOptions,
  FlaggerEngineOptions,
  GatewayApiEngineOptions,
  IstioEngineOptions,
} from './props';

type Router =
  | { readonly kind: 'istio'; readonly intent: MeshIntent }
  | { readonly kind: 'gatewayApi'; readonly intent: GatewayIntent };

/**
 * What gives a candidate its share of the requests.
 *
 * Which engine can do what: docs/canary-engines.md.
 */
export class CanaryEngine {
  /**
   * Pods: the candidate has as many of them as it is to have of the requests. Needs nothing but Kubernetes.
   *
   * Requests of one connection go to one pod: clients that keep their connections see one version.
   */
  public static replicaRatio(): CanaryEngine {
    return new CanaryEngine(replicaRatio);
  }

  /**
   * Routes of Istio.
   *
   * @param options where requests come in, retries, limits
   * @throws if gateways or hosts come without the other, or a value is outside its bounds
   * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
   */
  public static istio(options: IstioEngineOptions = {}): CanaryEngine {
    const where = 'CanaryEngine.istio';
    return new CanaryEngine(istio(options), { kind: 'istio', intent: resolveMesh(where, options) });
  }

  /**
   * Routes of the Gateway API: HTTPRoute, or GRPCRoute for apps that speak gRPC.
   *
   * @param options where requests come in
   * @throws if listener or hosts come without a Gateway, or a value is outside its bounds
   * @see https://gateway-api.sigs.k8s.io/guides/traffic-splitting/
   */
  public static gatewayApi(options: GatewayApiEngineOptions = {}): CanaryEngine {
    const where = 'CanaryEngine.gatewayApi';
    return new CanaryEngine(gatewayApi(options), { kind: 'gatewayApi', intent: resolveGateway(where, options) });
  }

  /**
   * The controller of Argo Rollouts, which runs the Deployment's template and walks the plan.
   *
   * @param options what divides the requests, what is asked all along
   * @throws if the router is another controller, or a gate in the background has no window or asks no Prometheus
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
   */
  public static argoRollouts(options: ArgoRolloutsEngineOptions = {}): CanaryEngine {
    const router = routerOf('CanaryEngine.argoRollouts', options.router, true);
    return new CanaryEngine(argoRollouts(router ?? { kind: 'pods' }, options.background ?? []));
  }

  /**
   * The controller of Flagger, which copies the Deployment and walks the plan.
   *
   * @param options what divides the requests, approvals
   * @throws if the router is no route of Istio or the Gateway API
   * @see https://docs.flagger.app/usage/how-it-works
   */
  public static flagger(options: FlaggerEngineOptions = {}): CanaryEngine {
    const where = 'CanaryEngine.flagger';
    const router = routerOf(where, options.router, false) ?? { kind: 'istio', intent: resolveMesh(where, {}) };
    return new CanaryEngine(flagger(router, options));
  }

  private constructor(
    /** @internal */
    public readonly _engine: Engine,
    /** @internal */
    public readonly _router?: Router,
  ) {}
}

function routerOf(where: string, engine: CanaryEngine | undefined, canCountPods: boolean): Router | undefined {
  if (engine === undefined || engine._router !== undefined) return engine?._router;
  if (canCountPods && engine._engine === replicaRatio) return undefined;
  const fix = 'use CanaryEngine.istio() or CanaryEngine.gatewayApi()';
  throw invalid(`${where}: router`, `\`${engine._engine.name}\` is no router`, fix);
}
