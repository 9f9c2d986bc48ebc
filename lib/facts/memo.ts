/** What is worked out once for each of some facts, none of which ever changes. */
export class Memo<K, V> {
  private readonly known = new Map<K, V>();

  public constructor(private readonly work: (key: K) => V) {}

  public of(key: K): V {
    const known = this.known.get(key);
    if (known !== undefined || this.known.has(key)) return known as V;
    const value = this.work(key);
    this.known.set(key, value);
    return value;
  }
}
