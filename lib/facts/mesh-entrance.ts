import { push } from './label-index';
import { canonical, type Fields, fields } from './read';
import type { MeshRoute, VirtualServiceFact } from './virtual-service';

/** One way into a route: one of its matches, or the whole route where it has none. */
export interface MeshEntrance {
  readonly field: string;
  readonly route: MeshRoute;
  readonly gateways: readonly string[];
  /** All conditions but for the gateways. */
  readonly conditions: Fields;
}

/** The ways into the routes of HTTP, in the order in which they are tried. */
export function entrancesOf({ http, gateways }: VirtualServiceFact): MeshEntrance[] {
  return http.flatMap((route) => {
    if (route.matches.length === 0) return [{ field: route.field, route, gateways, conditions: {} }];
    return route.matches.map((match) => {
      const { gateways: _, ...conditions } = match.conditions;
      return { field: match.field, route, gateways: match.gateways ?? gateways, conditions };
    });
  });
}

/** Conditions on who calls, by which Istio decides for each proxy whether it gets the route at all. */
const SCOPES = ['sourceLabels', 'sourceNamespace', 'port'];

/** Whether every sidecar gets some of its routes, whoever calls and on whatever port. */
export function reachesAllSidecars(service: VirtualServiceFact): boolean {
  if (service.isDelegate || !service.isForMesh) return false;
  return entrancesOf(service).some(
    ({ gateways, conditions }) => gateways.includes('mesh') && SCOPES.every((scope) => !(scope in conditions)),
  );
}

/** Whether nothing that comes by `earlier` is left for `later`. */
export function takesAllOf(earlier: MeshEntrance, later: MeshEntrance): boolean {
  if (earlier.route.delegates || !later.gateways.every((gateway) => earlier.gateways.includes(gateway))) return false;
  return Object.keys(earlier.conditions).every((key) => isImplied(key, earlier.conditions, later.conditions));
}

/** A way in that never gets a request, and the first of an earlier route that takes them all. */
export interface HiddenEntrance {
  readonly earlier: MeshEntrance;
  readonly later: MeshEntrance;
}

/** The ways in that never get a request, by their routes. Only those are compared whose paths let it be. */
export function hiddenEntrances(service: VirtualServiceFact): ReadonlyMap<MeshRoute, readonly HiddenEntrance[]> {
  const hidden = new Map<MeshRoute, HiddenEntrance[]>();
  const seen = new Map<string, number[]>();
  const entrances = entrancesOf(service);
  for (const [index, later] of entrances.entries()) {
    const earlier = wider(later.conditions)
      .flatMap((key) => seen.get(key) ?? [])
      .sort((one, other) => one - other)
      .flatMap((at) => entrances[at] ?? [])
      .find((one) => one.route !== later.route && takesAllOf(one, later));
    if (earlier !== undefined) push(hidden, later.route, { earlier, later });
    push(seen, pathKey(later.conditions), index);
  }
  return hidden;
}

const ANY_PATH = '';

function pathKey({ uri, ignoreUriCase }: Fields): string {
  if (uri === undefined || ignoreUriCase === true || isAnyPath(fields(uri))) return ANY_PATH;
  const { prefix } = fields(uri);
  return typeof prefix === 'string' ? `prefix ${prefix}` : canonical(uri);
}

/** The keys of all paths that may hold another one. */
function wider({ uri }: Fields): string[] {
  const { prefix, exact } = fields(uri);
  const path = prefix ?? exact;
  const prefixes = typeof path === 'string' ? [...path].map((_, end) => `prefix ${path.slice(0, end + 1)}`) : [];
  return [ANY_PATH, canonical(uri), ...prefixes];
}

/** Conditions that hold for each of their keys. */
const MAPS = ['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'];

function isImplied(key: string, earlier: Fields, later: Fields): boolean {
  if (key === 'uri') return isPathImplied(earlier, later);
  if (key === 'ignoreUriCase') return true;
  if (!MAPS.includes(key)) return canonical(earlier[key]) === canonical(later[key]);
  const wanted = fields(later[key]);
  return Object.entries(fields(earlier[key])).every(([name, value]) => canonical(value) === canonical(wanted[name]));
}

function isPathImplied(earlier: Fields, later: Fields): boolean {
  const [one, other] = [fields(earlier.uri), fields(later.uri)];
  if (isAnyPath(one)) return true;
  if (later.ignoreUriCase === true && earlier.ignoreUriCase !== true) return false;
  if (canonical(one) === canonical(other)) return true;
  const path = other.prefix ?? other.exact;
  if (typeof one.prefix !== 'string' || typeof path !== 'string') return false;
  return earlier.ignoreUriCase === true
    ? path.toLowerCase().startsWith(one.prefix.toLowerCase())
    : path.startsWith(one.prefix);
}

function isAnyPath({ prefix, regex }: Fields): boolean {
  return prefix === '/' || prefix === '' || regex === '.*';
}
