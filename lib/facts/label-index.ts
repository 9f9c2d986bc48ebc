import type { Selector } from './selector';

/** Anything that lies in a namespace and makes things that bear labels. */
export interface Labelled {
  readonly namespace: string;
  readonly pod: { readonly labels: Readonly<Record<string, string>> };
}

interface Inhabitants<T> {
  readonly all: T[];
  /** By key, then by value. */
  readonly byLabel: Map<string, Map<string, T[]>>;
}

/** Finds what a selector selects without looking at everything: by namespace, then by the rarest label. */
export class LabelIndex<T extends Labelled> {
  private readonly namespaces = new Map<string, Inhabitants<T>>();

  public constructor(items: readonly T[]) {
    for (const item of items) {
      const { all, byLabel } = this.inhabitantsOf(item.namespace);
      const { labels } = item.pod;
      all.push(item);
      for (const key of Object.keys(labels)) {
        const values = byLabel.get(key) ?? new Map<string, T[]>();
        byLabel.set(key, values);
        push(values, labels[key] as string, item);
      }
    }
  }

  /** Those in `namespace` that `selector` selects, in the order in which they came. */
  public select(namespace: string, selector: Selector): readonly T[] {
    const inhabitants = this.namespaces.get(namespace);
    if (inhabitants === undefined || selector.isNull) return [];
    let candidates = inhabitants.all;
    for (const key of Object.keys(selector.labels)) {
      const bearers = inhabitants.byLabel.get(key)?.get(selector.labels[key] as string) ?? [];
      if (bearers.length < candidates.length) candidates = bearers;
    }
    return candidates.filter((item) => selector.matches(item.pod.labels));
  }

  private inhabitantsOf(namespace: string): Inhabitants<T> {
    const known = this.namespaces.get(namespace);
    if (known !== undefined) return known;
    const inhabitants: Inhabitants<T> = { all: [], byLabel: new Map() };
    this.namespaces.set(namespace, inhabitants);
    return inhabitants;
  }
}

/** Adds `item` to the list under `key`. */
export function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const items = lists.get(key);
  if (items === undefined) lists.set(key, [item]);
  else items.push(item);
}
