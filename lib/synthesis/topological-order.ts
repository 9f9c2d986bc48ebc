/** What an order is made of. */
export interface Graph<V> {
  /** Where to begin, in this order. */
  readonly roots: readonly V[];
  /** Everything that has to be in the order; what no root leads to lies on a cycle, or behind one. */
  readonly all: readonly V[];
  /** What comes before a vertex, in this order. */
  readonly before: (vertex: V) => readonly V[];
}

/**
 * Everything after what it depends on: depth first, each vertex once, so that the time is linear in vertices and edges.
 *
 * @param onCycle what to throw for the vertices of a cycle, each of which depends on the next
 */
export function topologicalOrder<V>({ roots, all, before }: Graph<V>, onCycle: (cycle: V[]) => Error): V[] {
  const order: V[] = [];
  const done = new Set<V>();
  const open = new Set<V>();
  const path: { readonly vertex: V; readonly rest: Iterator<V> }[] = [];
  const enter = (vertex: V) => {
    if (done.has(vertex)) return;
    if (open.has(vertex)) {
      const vertices = path.map((step) => step.vertex);
      throw onCycle(vertices.slice(vertices.indexOf(vertex)));
    }
    open.add(vertex);
    path.push({ vertex, rest: before(vertex)[Symbol.iterator]() });
  };
  for (const start of [roots, all].flat()) {
    enter(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const next = step.rest.next();
      if (next.done !== true) {
        enter(next.value);
        continue;
      }
      path.pop();
      open.delete(step.vertex);
      done.add(step.vertex);
      order.push(step.vertex);
    }
  }
  return order;
}
