import type { RouteRule } from './gateway-route';
import { canonical, type Fields, fields, list } from './read';

const LISTS = ['headers', 'queryParams'];

/** The matches of a rule, each as a text that is the same for the same requests; that of every request where none is written. */
export function matchKeys({ matches }: RouteRule): readonly string[] {
  return (matches.length === 0 ? [{}] : matches).map(keyOf);
}

function keyOf(match: Fields): string {
  const { path, method, headers: _, queryParams: __, ...others } = match;
  const lists = LISTS.map((key) => list(match[key]).map(pair).sort());
  return canonical([{ type: 'PathPrefix', value: '/', ...fields(path) }, methodOf(method), lists, others]);
}

/** A text in an HTTPRoute, fields in a GRPCRoute. */
function methodOf(method: unknown): unknown {
  return fields(method) === method ? { type: 'Exact', ...fields(method) } : (method ?? undefined);
}

function pair(value: unknown): string {
  const { name, ...others } = fields(value);
  return canonical({ type: 'Exact', ...others, name: typeof name === 'string' ? name.toLowerCase() : name });
}
