// RO-5
import {
  type ArgoRolloutFact,
  ownRoutes,
  rolloutRoutesOf,
  serviceName,
  virtualServicesOf,
  type World,
} from '../../facts';
import { fields } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { rolloutInMesh } from './release-snippet';

const REFUSED = 'so that Argo refuses the whole Rollout';

export const rolloutRouteMissing: RuleOf<'rollout'> = {
  id: 'canary/rollout-route-missing',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts shifts requests by writing weights into routes of a VirtualService. Those that the Rollout names, or else the only one, must
lead to the stable and to the new pods, by their Services, or by both subsets where the Rollout names a DestinationRule. Otherwise the Rollout is
not scaled and not updated any more. The rule speaks where the VirtualService is in the input.`,
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/',
    'https://github.com/argoproj/argo-rollouts/blob/v1.9.1/rollout/trafficrouting/istio/istio.go',
  ],
  bad: rolloutInMesh('main'),
  good: rolloutInMesh('primary'),
  check: (target, world) => [...named(target), ...chosen(target, world), ...leading(target, world)],
};

/** Exactly one of the two forms names the VirtualServices. */
function named({ trafficRouting }: ArgoRolloutFact): Remark[] {
  const field = 'spec.strategy.canary.trafficRouting.istio';
  const istio = trafficRouting?.istio;
  if (istio === undefined || istio === null) return [];
  const { virtualService, virtualServices } = fields(istio);
  const count = [virtualService, virtualServices].filter((one) => one !== undefined && one !== null).length;
  if (count === 1) return [];
  return count === 0
    ? [{ field, problem: `names no VirtualService, ${REFUSED}`, fix: 'add virtualService: { name: ... }' }]
    : [{ field, problem: `has virtualService and virtualServices, ${REFUSED}`, fix: 'move all to virtualServices' }];
}

function chosen(target: ArgoRolloutFact, world: World): Remark[] {
  const addsRoutes = target.steps.some(({ manifest }) => 'setHeaderRoute' in manifest || 'setMirrorRoute' in manifest);
  return virtualServicesOf(target, world.mesh).flatMap(({ named: { field, routes }, service }): Remark[] => {
    const names = service.http.flatMap(({ name }) => name || []);
    const own = ownRoutes(target, service);
    if (routes.length === 0 && own.length > 1) {
      const fix = `name the one that Argo should change, routes: [${names[0] ?? 'primary'}]`;
      const problem = `is missing, while VirtualService ${service.name} has ${own.length} routes, ${REFUSED}`;
      return [{ field: `${field}.routes`, problem, fix }];
    }
    if (routes.length === 0 && addsRoutes && own[0]?.name) {
      const problem = `is missing, while route ${own[0].name} has a name, so that Argo no longer finds it once it has added a route of its own`;
      return [{ field: `${field}.routes`, problem, fix: `add routes: [${own[0].name}]` }];
    }
    return routes.flatMap((name, index) => {
      if (names.includes(name)) return [];
      const problem = `VirtualService ${service.name} has no route \`${name}\`, ${REFUSED}`;
      const fix = names.length === 0 ? `add name: ${name} to its route` : `use one of ${listed(names)}`;
      return [{ field: `${field}.routes[${index}]`, problem, fix }];
    });
  });
}

function leading(target: ArgoRolloutFact, world: World): Remark[] {
  const { subsets, stableService, canaryService } = target;
  if (target.isPingPong) return [];
  return rolloutRoutesOf(target, world.mesh).flatMap(({ field, service, route, destinations }) => {
    const [first] = destinations;
    const wanted = subsets === undefined ? [stableService, canaryService] : [subsets.stable, subsets.canary];
    const found = destinations.map((one) => (subsets === undefined ? serviceName(one) : one.subset));
    return wanted.flatMap((name) => {
      if (name === undefined || found.includes(name)) return [];
      const host = subsets === undefined ? name : `${first?.written ?? stableService ?? target.name}, subset: ${name}`;
      const kind = subsets === undefined ? 'Service' : 'subset';
      const problem = `${route.field} of VirtualService ${service.name} does not lead to ${kind} ${name}, ${REFUSED}`;
      return [{ field, problem, fix: `add { destination: { host: ${host} }, weight: 0 } to it` }];
    });
  });
}
