import type { ArgoRolloutFact, RolloutVirtualService } from './argo-rollout';
import type { Mesh } from './mesh';
import type { MeshDestination, MeshRoute, VirtualServiceFact } from './virtual-service';

/** A route of a VirtualService whose weights an Argo Rollout writes. */
export interface RolloutRoute {
  /** What names it in the Rollout. */
  readonly field: string;
  readonly service: VirtualServiceFact;
  readonly route: MeshRoute;
  /** Where the weights go; what is mirrored is not among them. */
  readonly destinations: readonly MeshDestination[];
}

/** The VirtualServices of an Argo Rollout that are in the input and have routes for HTTP. */
export function virtualServicesOf(
  rollout: ArgoRolloutFact,
  mesh: Mesh,
): readonly { readonly named: RolloutVirtualService; readonly service: VirtualServiceFact }[] {
  return rollout.virtualServices.flatMap((named) => {
    const service = mesh.virtualService(named.namespace, named.name);
    return service === undefined || service.http.length === 0 ? [] : [{ named, service }];
  });
}

/** The routes that Argo does not make and remove by itself. */
export function ownRoutes({ managedRoutes }: ArgoRolloutFact, { http }: VirtualServiceFact): readonly MeshRoute[] {
  return http.filter(({ name }) => name === undefined || !managedRoutes.includes(name));
}

/**
 * The routes that an Argo Rollout changes: those that it names, else the only one.
 *
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.9.1/rollout/trafficrouting/istio/istio.go getHttpRouteIndexesToPatch
 */
export function rolloutRoutesOf(rollout: ArgoRolloutFact, mesh: Mesh): readonly RolloutRoute[] {
  return virtualServicesOf(rollout, mesh).flatMap(({ named, service }) => {
    const { http } = service;
    const own = ownRoutes(rollout, service);
    const chosen =
      named.routes.length === 0 && own.length === 1
        ? [{ field: `${named.field}.name`, route: own[0] }]
        : named.routes.map((name, index) => ({
            field: `${named.field}.routes[${index}]`,
            route: http.find((route) => route.name === name),
          }));
    return chosen.flatMap(({ field, route }) => {
      if (route === undefined) return [];
      const destinations = route.destinations.filter((one) => one.field.startsWith(`${route.field}.route[`));
      return [{ field, service, route, destinations }];
    });
  });
}

/** The name that Argo compares with a Service: it looks no further than the first dot. */
export function serviceName({ written }: MeshDestination): string {
  return written.split('.', 1)[0] as string;
}
