import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRIED } from './mutations';
import { found, PARTS, type Part } from './parts';

/** Where the drills of a run say what they have measured, a line each. */
export function recordsOf(run: string): string {
  return join(tmpdir(), `${run}.jsonl`);
}

/** Said in the name of a drill for which the cluster lacks something. */
export const NOT_RUN = 'not run; missing:';

/** What was measured, in words and numbers. */
export type Figures = Readonly<Record<string, number | string>>;

/** What a drill is about. */
export interface Drill {
  /** The lesson that it belongs to; a heading of docs/proof.md. */
  readonly lesson: string;
  /** What the library promises. */
  readonly claim: string;
  /** What is done without the library's care, and must fail. */
  readonly control: string;
  /** What a cluster must have for it. */
  readonly needs: readonly Part[];
  /** Seconds after which it is given up. */
  readonly within?: number;
}

/** Both arms of a drill. */
export interface Outcome {
  readonly claim: Figures;
  readonly control: Figures;
}

/** What is kept of a drill that passed. */
export interface DrillRecord extends Omit<Drill, 'within' | 'needs'> {
  readonly figures: Outcome;
  /** The nodes that it was tried on; undefined where none took part. */
  readonly on: 'real nodes' | 'simulated nodes' | undefined;
}

/** A claim that is tried on the cluster beside a control; where a part is missing it is said to have not been run. */
export function drill({ within = 300, needs, ...about }: Drill, work: () => Promise<Outcome>): void {
  const missing = needs.filter((part) => !found().parts.includes(part));
  if (missing.length > 0) {
    test.skip(`${about.claim} (${NOT_RUN} ${missing.map((part) => PARTS[part]).join(', ')})`, () => undefined);
    return;
  }
  test(
    about.claim,
    async () => {
      const figures = await work();
      if (TRIED === undefined)
        appendFileSync(recordsOf(found().run), `${JSON.stringify({ ...about, on: nodesOf(needs), figures })}\n`);
    },
    within * 1000,
  );
}

function nodesOf(needs: readonly Part[]): DrillRecord['on'] {
  return (['real nodes', 'simulated nodes'] as const).find((nodes) => needs.includes(nodes));
}
