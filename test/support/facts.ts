import { TargetCluster } from '../../lib';
import { World } from '../../lib/facts';
import { objects } from './rules';

/** What the rules see of a YAML text. */
export function worldOf(yaml: string, target?: TargetCluster): World {
  return new World(objects(yaml).map((manifest) => ({ manifest, target })));
}

/** `manifest` with `value` at `path` (`spec.ports.0.name`). */
export function changed(manifest: any, path: string, value: unknown): any {
  const copy = JSON.parse(JSON.stringify(manifest));
  const keys = path.split('.');
  const last = keys.pop() as string;
  parent(copy, keys)[last] = value;
  return copy;
}

/** `manifest` without what is at `path`, which must be there. */
export function without(manifest: any, path: string): any {
  const copy = JSON.parse(JSON.stringify(manifest));
  const keys = path.split('.');
  const last = keys.pop() as string;
  const holder = parent(copy, keys);
  if (!(last in holder)) throw new Error(`nothing at ${path}`);
  delete holder[last];
  return copy;
}

function parent(manifest: any, keys: readonly string[]): any {
  return keys.reduce((at, key) => at[key], manifest);
}

const RAW: readonly string[] = ['manifest', 'spec', 'origin'];

/** All that a fact says, in fields and getters, but for the raw manifest. */
export function readings(value: unknown): any {
  if (Array.isArray(value)) return value.map(readings);
  if (value instanceof TargetCluster) return String(value.kubernetes);
  if (typeof value !== 'object' || value === null) return value;
  const names = [...Object.keys(value), ...getters(Object.getPrototypeOf(value))].filter((name) => !RAW.includes(name));
  return Object.fromEntries(names.map((name) => [name, readings((value as Record<string, unknown>)[name])]));
}

function getters(prototype: object | null): string[] {
  const above = prototype === null ? null : Object.getPrototypeOf(prototype);
  if (prototype === null || above === null) return [];
  const own = Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(([, { get }]) => get !== undefined);
  return [...own.map(([name]) => name), ...getters(above)];
}
