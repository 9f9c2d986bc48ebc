import { stuckInDrain } from '../../lib/facts';

const drain = (pods: number, nodes: number, maxSkew: number, evictable: number) =>
  stuckInDrain({ pods, nodes, maxSkew, allowedEvictions: (healthy) => healthy - (pods - evictable) });

test.each([
  // a node with one pod is empty after one eviction, whatever waits
  [3, 3, 1, 1, 0],
  [2, 3, 1, 1, 0],
  // two pods on each node: the first replacement waits, the second pod stays
  [6, 3, 1, 1, 1],
  [5, 3, 1, 1, 0],
  // the fullest node has two, the others one: the replacement fits
  [4, 3, 1, 1, 0],
  // the budget lets both go
  [6, 3, 1, 2, 0],
  [9, 3, 1, 2, 1],
  // a wider skew leaves room
  [6, 3, 2, 1, 0],
  [9, 3, 2, 1, 1],
  [6, 3, 3, 1, 0],
  [4, 2, 1, 1, 1],
  // the fullest node is drained, which has a pod more than the emptiest
  [5, 2, 2, 1, 1],
  [8, 3, 2, 1, 1],
  // of three other nodes the emptiest gets the replacement
  [7, 3, 2, 1, 0],
  [9, 3, 3, 1, 0],
  // nothing may go at all
  [3, 3, 1, 0, 1],
])('%i pods on %i nodes, skew %i, %i evictable: %i stay', (pods, nodes, maxSkew, evictable, left) => {
  expect(drain(pods, nodes, maxSkew, evictable)).toBe(left);
});

test('no pods are never stuck', () => {
  expect(drain(0, 3, 1, 1)).toBe(0);
});
