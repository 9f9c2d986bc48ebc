/** An app on nodes that must hold no more than their share of its pods. */
export interface SpreadOverNodes {
  readonly pods: number;
  readonly nodes: number;
  /** By how many pods one node may exceed the emptiest. */
  readonly maxSkew: number;
  /** How many pods may be evicted while so many are healthy. */
  readonly allowedEvictions: (healthy: number) => number;
}

/**
 * Drains the fullest node while the cordoned node still counts as a place (no `nodeTaintsPolicy: Honor`), and gives the number of pods that
 * stay on it for ever; 0 if the drain ends.
 *
 * The emptier the drained node gets, the lower the minimum over all nodes, and the fewer pods another node may hold: replacements
 * wait, and the budget lets no further pod go.
 */
export function stuckInDrain({ pods, nodes, maxSkew, allowedEvictions }: SpreadOverNodes): number {
  const counts = Array.from({ length: nodes }, (_, node) => Math.floor(pods / nodes) + (node < pods % nodes ? 1 : 0));
  let waiting = 0;
  for (;;) {
    while (waiting > 0 && place(counts, maxSkew)) waiting -= 1;
    const drained = counts[0] ?? 0;
    if (drained === 0 || allowedEvictions(pods - waiting) < 1) return drained;
    counts[0] = drained - 1;
    waiting += 1;
  }
}

/** Puts one pod on the emptiest node beside the drained one, if the skew allows it. */
function place(counts: number[], maxSkew: number): boolean {
  const emptiest = counts.slice(1).reduce((best, count, index) => (count < (counts[best] ?? 0) ? index + 1 : best), 1);
  const after = (counts[emptiest] ?? Number.POSITIVE_INFINITY) + 1;
  if (after - Math.min(...counts) > maxSkew) return false;
  counts[emptiest] = after;
  return true;
}
