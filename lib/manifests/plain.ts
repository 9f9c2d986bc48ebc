import {
  type ApiObject,
  type ApiObjectMetadataDefinition,
  App,
  ImplicitTokenResolver,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
  ResolutionContext,
} from 'cdk8s';
import type { IConstruct } from 'constructs';

const BUILT_IN: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];
const ordinary = new WeakMap<App, boolean>();

/** Whether an app resolves values as every cdk8s app does, and nobody gave it resolvers of their own. */
export function resolvesOrdinarily(construct: IConstruct): boolean {
  const app = App.of(construct);
  const known = ordinary.get(app);
  if (known !== undefined) return known;
  const isOrdinary =
    app.resolvers?.length === BUILT_IN.length &&
    app.resolvers.every((resolver, index) => resolver.constructor === BUILT_IN[index]);
  ordinary.set(app, isOrdinary);
  return isOrdinary;
}

/** A value with everything replaced that a resolver of the app replaces, part by part, as cdk8s does it. */
export function resolved(object: ApiObject, key: string[], value: unknown): unknown {
  if (value === null || value === undefined) return value;
  const context = new ResolutionContext(object, key, value);
  for (const resolver of App.of(object).resolvers) {
    resolver.resolve(context);
    if (context.replaced) return resolved(object, key, context.replacedValue);
  }
  if (Array.isArray(value)) return value.map((item, index) => resolved(object, [...key, String(index)], item));
  if (value.constructor !== Object) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, resolved(object, [...key, name], part)]),
  );
}

/**
 * What is written of a value: lazy parts produced, keys sorted, nothing that is undefined. The same as what cdk8s makes of it
 * with its resolvers, but in one walk.
 */
export function plain(value: unknown, how: { readonly sorts: boolean; readonly dropsEmpty?: boolean }): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  if (value instanceof Lazy) return plain(value.produce(), how);
  const { resolve } = value as { resolve?: unknown };
  if (typeof resolve === 'function') return plain(resolve.call(value), how);
  if (Array.isArray(value)) {
    return how.dropsEmpty && value.length === 0 ? undefined : value.map((item) => plain(item, how));
  }
  if (value.constructor !== Object) return plain(unwrapped(value), how);
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = how.sorts ? sortedKeys(fields) : Object.keys(fields);
  const result = new (Plain as unknown as new () => Record<string, unknown>)();
  let isEmpty = true;
  for (const key of keys) {
    const part = plain(fields[key], how);
    if (part === undefined) continue;
    result[key] = part;
    isEmpty = false;
  }
  return isEmpty && how.dropsEmpty ? undefined : result;
}

/**
 * Makes what `{}` makes. V8 remembers about 1,500 keys that a `{}` was begun with, and is slow with all others from then on;
 * a large tree of constructs uses them up, so that manifests begin somewhere else.
 */
function Plain(): void {}
Plain.prototype = Object.prototype;

/** Sorted as by `sort()`; by hand, since there are few of them each time. */
export function sortedKeys(fields: object): string[] {
  const keys = Object.keys(fields);
  for (let end = 1; end < keys.length; end += 1) {
    const key = keys[end] as string;
    let at = end;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

/** A number or a text in a class of its own, as in objects that were imported by cdk8s-cli. */
function unwrapped(value: object): object {
  const { value: inner } = value as { value?: unknown };
  if (typeof inner === 'number' || typeof inner === 'string') return { value: inner };
  throw new Error(`can't render non-simple object of type '${value.constructor.name}'`);
}

/** What cdk8s keeps of metadata; private there, so that `plainMetadata` asks whether it is as it was. */
interface KeptMetadata {
  readonly _additionalAttributes?: object;
  readonly labels?: object;
  readonly annotations?: object;
  readonly finalizers?: readonly unknown[];
  readonly ownerReferences?: readonly unknown[];
}

/** The same as `metadata.toJson()` where values are resolved as in every cdk8s app. */
export function plainMetadata(metadata: ApiObjectMetadataDefinition): unknown {
  const kept = metadata as unknown as KeptMetadata;
  const { _additionalAttributes: others, labels, annotations, finalizers, ownerReferences } = kept;
  if (!others || !labels || !annotations || !finalizers || !ownerReferences) return metadata.toJson();
  const { name, namespace } = metadata;
  const all = { ...others, name, namespace, annotations, finalizers, ownerReferences, labels };
  return plain(all, { sorts: true, dropsEmpty: true });
}
