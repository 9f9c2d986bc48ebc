import { topologicalOrder } from '../../lib/synthesis/topological-order';

/** The order of `all`, where each letter comes after those behind the colon. */
function order(all: string, ...edges: readonly string[]): string {
  const before = new Map(edges.map((edge) => [edge[0] as string, [...edge.slice(2)]]));
  const waitedFor = new Set([...before.values()].flat());
  const graph = {
    roots: [...all].filter((vertex) => !waitedFor.has(vertex)),
    all: [...all],
    before: (vertex: string) => before.get(vertex) ?? [],
  };
  return topologicalOrder(graph, (cycle) => new Error(cycle.join(''))).join('');
}

test('without dependencies the order stays', () => expect(order('abc')).toBe('abc'));

test('what is waited for comes first, in the order in which it is named', () => {
  expect(order('abc', 'a:cb')).toBe('cba');
});

test('each comes once, however many wait for it', () => {
  expect(order('abcd', 'a:d', 'b:d', 'c:ad')).toBe('dbac');
});

test('a circle is told from its first to its last, whether a root leads to it or not', () => {
  expect(() => order('abcd', 'a:b', 'b:c', 'c:d', 'd:b')).toThrow('bcd');
  expect(() => order('ab', 'a:b', 'b:a')).toThrow('ab');
  expect(() => order('ab', 'b:b')).toThrow('b');
});

test('100 000 vertices in a row, and 300 layers with all edges between them, take no stack and no time', () => {
  const row = Array.from({ length: 100_000 }, (_, index) => index);
  const before = (index: number) => (index + 1 < row.length ? [index + 1] : []);
  const fail = () => new Error('a circle');
  expect(topologicalOrder({ roots: [0], all: row, before }, fail)).toEqual([...row].reverse());
  // 10 ^ 300 paths
  const layered = Array.from({ length: 3_000 }, (_, index) => index);
  const layer = (index: number) => layered.slice(index - (index % 10) + 10, index - (index % 10) + 20);
  expect(topologicalOrder({ roots: layered.slice(0, 10), all: layered, before: layer }, fail)).toHaveLength(3_000);
});
