// RO-2
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { rollout } from './release-snippet';

/** What may not be the same: the paths of both, and what the first is called. */
const PAIRS = [
  { one: 'canary.stableService', other: 'canary.canaryService', called: 'stable' },
  { one: 'canary.pingPong.pingService', other: 'canary.pingPong.pongService', called: 'ping' },
  { one: 'blueGreen.activeService', other: 'blueGreen.previewService', called: 'active' },
];

export const servicesNotDistinct: RuleOf<'rollout'> = {
  id: 'canary/services-not-distinct',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts points one Service at the pods that serve and another at those that are tried, by writing their selectors. One Service cannot
have two selectors, so Argo refuses such a Rollout: it is not scaled and not updated any more, and only its status says so.`,
  sources: ['https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go'],
  bad: rollout('{ stableService: web, canaryService: web }'),
  good: rollout('{ stableService: web, canaryService: web-canary }'),
  check: ({ services }) =>
    PAIRS.flatMap(({ one, other, called }): Remark[] => {
      const [first, second] = [one, other].map((path) =>
        services.find(({ field }) => field === `spec.strategy.${path}`),
      );
      if (first === undefined || second === undefined || first.name !== second.name) return [];
      const { field, name } = second;
      const problem = `${name} is the ${called} Service too, so that Argo refuses the whole Rollout`;
      return [{ field, problem, fix: `make a second Service for the same pods, and name it here` }];
    }),
};
