// CN-4
import { entrancesOf, type MeshEntrance, takesAllOf } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const TESTERS = [
  'hosts: [web]',
  'http:',
  '  - match: [{ headers: { x-canary: { exact: "true" } } }]',
  '    route: [{ destination: { host: web, subset: canary } }]',
];

export const othersFindNoRoute: RuleOf<'virtualService'> = {
  id: 'canary/others-find-no-route',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A VirtualService takes over its hosts whole: a request that fits none of its routes does not go to the Service as before, but is answered with
404. A route for testers alone therefore cuts off everybody else. Add a last route without a match. Where sourceLabels leave a sidecar without any
route, it goes on as if there were no VirtualService; so these need no such route.`,
  sources: [
    'https://istio.io/latest/docs/concepts/traffic-management/#routing-rules',
    'https://github.com/istio/istio/blob/1.30.0/pilot/pkg/networking/core/route/route.go',
  ],
  bad: virtualService(...TESTERS),
  good: virtualService(...TESTERS, '  - route: [{ destination: { host: web, subset: stable } }]'),
  check: (service) => {
    if (service.isDelegate || service.http.some(({ delegates }) => delegates)) return [];
    const entrances = entrancesOf(service).filter(({ gateways }) => gateways.includes('mesh'));
    if (entrances.some(({ conditions }) => Object.keys(conditions).some((key) => !UNDERSTOOD.includes(key)))) return [];
    const open = entrances.filter((entrance) => asked(entrance).length === 0);
    const closed = entrances.filter((entrance) => !open.some((one) => takesAllOf(one, entrance)));
    if (closed.length === 0) return [];
    const names = [...new Set(closed.flatMap(asked))];
    const [host] = service.http.flatMap(({ shares }) => shares.map(({ written }) => written));
    return [
      {
        field: 'spec.http',
        problem: `every route asks for ${listed(names)}, so that all other requests of sidecars are answered with 404`,
        fix: `add a last route without match${host ? `: - route: [{ destination: { host: ${host} } }]` : ''}`,
      },
    ];
  },
};

const ASKED: Readonly<Record<string, string>> = { headers: 'header', queryParams: 'query parameter' };
/** Conditions under which the rule knows what becomes of other requests. */
const UNDERSTOOD = [...Object.keys(ASKED), 'sourceLabels', 'sourceNamespace', 'port', 'ignoreUriCase'];

/** What a request has to bring along: `header x-canary`. */
function asked({ conditions }: MeshEntrance): string[] {
  return Object.entries(ASKED).flatMap(([key, noun]) => {
    const names = conditions[key];
    return typeof names === 'object' && names !== null ? Object.keys(names).map((name) => `${noun} ${name}`) : [];
  });
}
