// a route that no listener takes
import { type GatewayFact, type GatewayRouteFact, hostsMeet, type Listener, type World } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { edge, httpRoute } from './route-snippet';

const route = (from: string) =>
  httpRoute('parentRefs: [{ name: edge, namespace: infra }]', 'rules: [{ backendRefs: [{ name: web, port: 80 }] }]') +
  edge(`name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: ${from} } }`, 'infra');

export const listenerRefusesRoute: RuleOf<'gatewayRoute'> = {
  id: 'canary/listener-refuses-route',
  severity: Severity.ERROR,
  appliesTo: 'gatewayRoute',
  since: '0.1.0',
  why: `A listener takes routes of its own namespace only, unless \`allowedRoutes\` says more, and only those of which a host fits its own. One
listener that takes it is enough for a route. If none does, the API server takes the route all the same, its status says why, and no request ever
comes.`,
  sources: [
    'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
    'https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes',
  ],
  bad: route('Same'),
  good: route('All'),
  check: (target, world) =>
    target.parents.flatMap(({ field, kind, namespace, name, section, port }): Remark[] => {
      const gateway = kind === 'Gateway' ? world.mesh.gateway(`${namespace}/${name}`) : undefined;
      if (gateway === undefined) return [];
      const refusals = gateway
        .listenersOf(section, port)
        .map((listener) => refusalOf(listener, gateway, target, world));
      const known = refusals.filter((refusal) => refusal !== undefined);
      const [first] = known;
      if (first === undefined || known.length < refusals.length) return [];
      return [
        {
          field,
          problem: `no listener of Gateway ${name} takes it (${listed(known.map(({ says }) => says))}), so that no request comes from there`,
          fix: first.fix,
        },
      ];
    }),
};

interface Refusal {
  readonly says: string;
  readonly fix: string;
}

const NAME = 'kubernetes.io/metadata.name';
/** Protocols in which there are no routes of HTTP. */
const NO_HTTP = ['TCP', 'TLS', 'UDP'];

function refusalOf(
  listener: Listener,
  gateway: GatewayFact,
  { kind, namespace, hosts }: GatewayRouteFact,
  world: World,
): Refusal | undefined {
  const { field, name, from, kinds, protocol } = listener;
  const at = `${field} of Gateway ${gateway.name}`;
  const refusal = (only: string, fix: string): Refusal => ({ says: `${name ?? field} takes ${only}`, fix });
  if (from === 'Same' && namespace !== gateway.namespace) {
    return refusal(
      `those of namespace ${gateway.namespace} only`,
      `set allowedRoutes: { namespaces: { from: All } } in ${at}`,
    );
  }
  if (from === 'None') return refusal('none', `set allowedRoutes: { namespaces: { from: Same } } in ${at}`);
  if (from === 'Selector' && !mayBeSelected(listener, namespace, world)) {
    return refusal(
      `those of namespaces with ${listener.namespaces} only`,
      `label namespace ${namespace} so that ${at} selects it`,
    );
  }
  if (kinds.length > 0 && !kinds.includes(kind)) {
    return refusal(`${listed(kinds)} only`, `add { kind: ${kind} } to allowedRoutes.kinds in ${at}`);
  }
  if (NO_HTTP.includes(protocol)) {
    return refusal(`what is for ${protocol}`, `name a listener with protocol: HTTP or HTTPS`);
  }
  const [own] = listener.hosts;
  if (own === undefined || hosts.length === 0 || hosts.some((host) => hostsMeet(host, own))) return undefined;
  return refusal(`${own} only`, `use a host that fits ${own}, or change hostname in ${at}`);
}

/** Whether a listener's selector may choose the namespace, as far as the input shows the labels of that. */
function mayBeSelected({ namespaces }: Listener, namespace: string, { mesh }: World): boolean {
  const known = mesh.namespace(namespace);
  if (namespaces.isNull) return true;
  if (known === undefined) return (namespaces.labels[NAME] ?? namespace) === namespace;
  return namespaces.matches({ ...known.labels, [NAME]: namespace });
}
