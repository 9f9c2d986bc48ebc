// RO-4
import { below, text } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { rollout } from './release-snippet';

const SETTERS = ['setHeaderRoute', 'setMirrorRoute'];

const testers = (name: string) =>
  rollout(`stableService: web
      canaryService: web-canary
      trafficRouting:
        istio: { virtualService: { name: web } }
        managedRoutes: [{ name: ${name} }]
      steps: [{ setHeaderRoute: { name: testers, match: [{ headerName: canary, headerValue: { exact: "1" } }] } }, { pause: {} }]`);

export const routeNotManaged: RuleOf<'rollout'> = {
  id: 'canary/route-not-managed',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts adds routes for headers and mirrors, and removes them when the release ends. It touches only those whose names stand in
\`managedRoutes\`, in the order in which they stand there. A step with another name makes the whole Rollout invalid: it is not scaled and not
updated any more.`,
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/#traffic-routing-with-managed-routes-and-route-precedence',
    'https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go',
  ],
  bad: testers('others'),
  good: testers('testers'),
  check: ({ steps, trafficRouting, managedRoutes }) => {
    if (trafficRouting === undefined) return [];
    return steps.flatMap(({ field, manifest }) =>
      SETTERS.flatMap((setter) => {
        const name = text(below(manifest, setter, 'name'));
        if (name === undefined || managedRoutes.includes(name)) return [];
        const known = managedRoutes.length === 0 ? 'which are missing' : `which has ${listed(managedRoutes)}`;
        return [
          {
            field: `${field}.${setter}.name`,
            problem: `${name} is not in managedRoutes, ${known}, so that Argo refuses the whole Rollout`,
            fix: `add { name: ${name} } to spec.strategy.canary.trafficRouting.managedRoutes`,
          },
        ];
      }),
    );
  },
};
