import type { ServiceFact } from '../../facts';
import { oneOf } from '../../findings/nearest';

/** What to write instead of a port that a Service does not have: the one that leads to it, or one of its own. */
export function portInstead({ ports, portNumbers }: ServiceFact, wrong: number): string {
  const behind = ports.find(({ target }) => target === wrong);
  if (behind === undefined) return oneOf(portNumbers.map(String), String(wrong));
  return `${behind.number}, which leads to ${wrong}`;
}
