// CN-4
import { type HiddenEntrance, hiddenEntrances, takesAllOf } from '../../facts';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const STABLE = '  - route: [{ destination: { host: web, subset: stable } }]';
const CANARY = [
  '  - match: [{ headers: { x-canary: { exact: "true" } } }]',
  '    route: [{ destination: { host: web, subset: canary } }]',
];

export const unreachableRoute: RuleOf<'virtualService'> = {
  id: 'canary/unreachable-route',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Routes are tried in their order, and the first that fits takes the request; Istio does not even pass on what stands behind one that fits
everything. So a tester's route below the common one never gets a request, and all looks well. Put the narrow matches first and the one without a
match last.`,
  sources: [
    'https://istio.io/latest/docs/concepts/traffic-management/#routing-rule-precedence',
    'https://istio.io/latest/docs/reference/config/analysis/ist0130/',
  ],
  bad: virtualService('hosts: [web]', 'http:', STABLE, ...CANARY),
  good: virtualService('hosts: [web]', 'http:', ...CANARY, STABLE),
  check: (service) =>
    [...hiddenEntrances(service)].flatMap(([{ field, matches }, hidden]) =>
      hidden.length === Math.max(1, matches.length)
        ? hidden.slice(0, 1).map((one) => remark(field, 'route', one))
        : hidden.map((one) => remark(one.later.field, 'match', one)),
    ),
};

function remark(field: string, noun: string, { earlier, later }: HiddenEntrance): Remark {
  const isSame = takesAllOf(later, earlier);
  return {
    field,
    problem: `${earlier.field} comes first and takes all its requests, so that this ${noun} never gets one`,
    fix: isSame
      ? `remove it, or give ${earlier.route.field} a narrower match`
      : `move it before ${earlier.route.field}`,
  };
}
