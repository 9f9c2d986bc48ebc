// RO-2
import type { ArgoRolloutFact } from '../../facts';
import { fields } from '../../facts/read';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { rollout } from './release-snippet';

const NEED_BOTH = ['ambassador', 'apisix', 'appMesh', 'nginx', 'smi', 'traefik'];

export const rolloutServicesMissing: RuleOf<'rollout'> = {
  id: 'canary/rollout-services-missing',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `A router shifts requests between two Services, that of the pods that serve and that of the pods that are tried. Only Istio with subsets does
with none, and a plugin may. Without them Argo refuses the Rollout: it is not scaled and not updated any more.`,
  sources: ['https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go'],
  bad: rollout('{ stableService: web, trafficRouting: { nginx: { stableIngress: web } } }'),
  good: rollout('{ stableService: web, canaryService: web-canary, trafficRouting: { nginx: { stableIngress: web } } }'),
  check: (target) => {
    const router = routerOfServices(target);
    if (router === undefined) return [];
    return ['stable', 'canary'].flatMap((role): Remark[] => {
      const field = `spec.strategy.canary.${role}Service`;
      if (target.services.some((service) => service.field === field)) return [];
      const problem = `is missing, while ${router} shifts requests between two Services, so that Argo refuses the whole Rollout`;
      return [{ field, problem, fix: `set ${role}Service to ${target.name}-${role}` }];
    });
  },
};

/** A router that knows stable and canary by their Services. */
function routerOfServices({ routers, isPingPong, trafficRouting }: ArgoRolloutFact): string | undefined {
  const { destinationRule } = fields(trafficRouting?.istio);
  const bySubsets = destinationRule !== undefined && destinationRule !== null;
  return routers.find((router) => {
    if (router === 'alb') return !isPingPong;
    if (router === 'istio') return !isPingPong && !bySubsets;
    return NEED_BOTH.includes(router);
  });
}
