import type { Selector } from './selector';

/** Anything that lies in a namespace and makes things that bear labels. */
export interface Labelled {
  readonly namespace: string;
  readonly pod: { readonly labels: Readonly<Record<string, string>> };
}

/** Finds what a selector selects without looking at everything: by namespace, then by the rarest label. */
export class LabelIndex<T extends Labelled> {
  private readonly byNamespace = new Map<string, T[]>();
  private readonly byLabel = new Map<string, T[]>();

  public constructor(items: readonly T[]) {
    for (const item of items) {
      push(this.byNamespace, item.namespace, item);
      for (const [key, value] of Object.entries(item.pod.labels))
        push(this.byLabel, at(item.namespace, key, value), item);
    }
  }

  /** Those in `namespace` that `selector` selects, in the order in which they came. */
  public select(namespace: string, selector: Selector): readonly T[] {
    let candidates = this.byNamespace.get(namespace) ?? [];
    for (const [key, value] of Object.entries(selector.labels)) {
      const bearers = this.byLabel.get(at(namespace, key, value)) ?? [];
      if (bearers.length < candidates.length) candidates = bearers;
    }
    return candidates.filter((item) => selector.matches(item.pod.labels));
  }
}

function at(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}

/** Adds `item` to the list under `key`. */
export function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const items = lists.get(key);
  if (items === undefined) lists.set(key, [item]);
  else items.push(item);
}
