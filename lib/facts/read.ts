/** A JSON object whose fields may be anything. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = Object.freeze({});

/** `value` if it is an object, else an empty one: a wrong type reads as a missing field. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NOTHING;
}

/** The field that lies below `keys`. */
export function below(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) at = fields(at)[key];
  return at;
}

/** `value` if it is a list, else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` if it is a text. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `value` if it is a whole number. */
export function int(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** The entries of `value` that are texts. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  const all = fields(value);
  for (const key of Object.keys(all)) {
    if (typeof all[key] !== 'string') return Object.fromEntries(Object.entries(all).filter(isText));
  }
  return all as Readonly<Record<string, string>>;
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

/** The texts in a list. */
export function textList(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === 'string');
}

/** `value` as a text that is the same for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  const text = JSON.stringify(value, (_, part) => {
    const entries = Object.entries(fields(part)).sort(([one], [other]) => (one < other ? -1 : 1));
    return fields(part) === part ? Object.fromEntries(entries) : part;
  });
  return text ?? '';
}
