/** Offsets of fields by their paths, `.spec.ports[0].name`; the document itself is the empty path. */
export type Offsets = ReadonlyMap<string, number>;

/** One step of a path: a key, or a place in a list. */
export function step(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : /^[\w-]+$/.test(key) ? `.${key}` : `[${key}]`;
}

/** The path of a field as findings write it, `metadata.annotations[a/b]`. */
export function pathOf(field: string): string {
  return field
    .replace(/\[([^\]]*)\]/g, (_, key) => step(/^\d+$/.test(key) ? Number(key) : key))
    .replace(/^(?=[^.[])/, '.');
}

/** The path of what a field lies in. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));
}
