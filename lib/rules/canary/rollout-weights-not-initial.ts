// RO-5
import { rolloutRoutesOf, serviceName } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { rolloutInMesh } from './release-snippet';

export const rolloutWeightsNotInitial: RuleOf<'rollout'> = {
  id: 'canary/rollout-weights-not-initial',
  severity: Severity.WARNING,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts owns the weights of its routes and writes them at each step. What the manifest says of them holds from each apply until Argo
looks again: a release that is at 5 % jumps to that share. With 100 for the stable pods and 0 for the new ones an apply can only take requests away
from the new version.`,
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/'],
  bad: rolloutInMesh('primary', [80, 20]),
  good: rolloutInMesh('primary'),
  check: (target, { mesh }) => {
    const { subsets, canaryService, isPingPong } = target;
    const wanted = subsets === undefined ? canaryService : subsets.canary;
    if (isPingPong || wanted === undefined) return [];
    return rolloutRoutesOf(target, mesh).flatMap(({ field, service, destinations }) =>
      destinations.flatMap((destination) => {
        const { weight = 0 } = destination;
        const name = subsets === undefined ? serviceName(destination) : destination.subset;
        if (weight === 0 || name !== wanted) return [];
        const at = destination.field.replace(/destination$/, 'weight');
        return [
          {
            field,
            problem: `${at} of VirtualService ${service.name} is ${weight} for the new pods, so that each apply during a release sends them that share`,
            fix: 'write weight: 100 for the stable pods and weight: 0 for the new ones',
          },
        ];
      }),
    );
  },
};
