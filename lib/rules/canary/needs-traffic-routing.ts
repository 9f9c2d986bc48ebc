// RO-4
import type { ArgoRolloutFact } from '../../facts';
import { fields, list } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { rollout } from './release-snippet';

/** A field, and the routers that can do what it asks for; undefined means any. */
interface Wish {
  readonly field: string;
  readonly routers?: readonly string[];
}

const HEADERS = ['istio', 'alb', 'apisix', 'plugins'];
const MIRRORS = ['istio'];
const EXPERIMENTS = ['alb', 'smi', 'istio', 'plugins'];
const LARGE_WEIGHTS = ['nginx', 'plugins'];

export const needsTrafficRouting: RuleOf<'rollout'> = {
  id: 'canary/needs-traffic-routing',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Without a traffic router the share of the new pods is their share of all pods, so nothing can be asked of a router: no scale apart from the
weight, no header, no mirror, no stable pods that leave with their share. And not every router can do everything. Argo refuses such a Rollout as a
whole: it is not scaled and not updated any more.`,
  sources: [
    'https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go',
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/',
  ],
  bad: rollout('steps: [{ setCanaryScale: { replicas: 1 } }, { pause: {} }]'),
  good: rollout('steps: [{ setWeight: 25 }, { pause: {} }]'),
  check: (target) =>
    [...wishesOfStrategy(target), ...wishesOfSteps(target)].flatMap(({ field, routers }): Remark[] => {
      const { trafficRouting, routers: present } = target;
      const able = routers === undefined || routers.some((router) => present.includes(router));
      if (trafficRouting !== undefined && able) return [];
      const needed = routers === undefined ? 'trafficRouting' : `trafficRouting by one of ${listed(routers)}`;
      const found = trafficRouting === undefined ? 'there is none' : `there is ${listed(present) || 'no router'}`;
      const problem = `needs ${needed}, and ${found}, so that Argo refuses the whole Rollout`;
      return [
        {
          field,
          problem,
          fix: `add ${routers?.[0] ?? 'a router'} to spec.strategy.canary.trafficRouting, or remove it`,
        },
      ];
    }),
};

function wishesOfStrategy({ canary, trafficRouting }: ArgoRolloutFact): Wish[] {
  const { scaleDownDelaySeconds, dynamicStableScale } = canary;
  const at = 'spec.strategy.canary';
  return [
    ...(isThere(scaleDownDelaySeconds) ? [{ field: `${at}.scaleDownDelaySeconds` }] : []),
    ...(dynamicStableScale === true ? [{ field: `${at}.dynamicStableScale` }] : []),
    ...(isThere(trafficRouting?.maxTrafficWeight)
      ? [{ field: `${at}.trafficRouting.maxTrafficWeight`, routers: LARGE_WEIGHTS }]
      : []),
  ];
}

function wishesOfSteps({ steps }: ArgoRolloutFact): Wish[] {
  return steps.flatMap(({ field, manifest }) => [
    ...(isThere(manifest.setCanaryScale) ? [{ field: `${field}.setCanaryScale` }] : []),
    ...(isThere(manifest.setHeaderRoute) ? [{ field: `${field}.setHeaderRoute`, routers: HEADERS }] : []),
    ...(isThere(manifest.setMirrorRoute) ? [{ field: `${field}.setMirrorRoute`, routers: MIRRORS }] : []),
    ...list(fields(manifest.experiment).templates).flatMap((template, index) =>
      isThere(fields(template).weight)
        ? [{ field: `${field}.experiment.templates[${index}].weight`, routers: EXPERIMENTS }]
        : [],
    ),
  ]);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
