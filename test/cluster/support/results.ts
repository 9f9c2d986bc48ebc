import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { DrillRecord } from './drill';

/** The figures of the last run of each drill. */
export const RESULTS = 'test/cluster/results.json';

/** The lesson of what `npm run test:cluster:mutations` has found. */
export const NOTICED = 'What the drills notice';

/** Where and when a drill was run. */
export interface Circumstances {
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
}

/** What is known of a drill's last run. */
export interface Result extends DrillRecord, Circumstances {
  readonly server: string;
  /** What the real nodes run, if there are any. */
  readonly node?: string;
  /** Whether the counts are those of the long form, which those of the short form do not replace. */
  readonly long: boolean;
}

/** The results as they are kept. */
export function readResults(): Result[] {
  return existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : [];
}

/** Keeps results, in the order of lessons and claims. */
export function keep(results: readonly Result[]): void {
  const key = ({ lesson, claim }: Result) => `${lesson} ${claim}`;
  const sorted = [...results].sort((a, b) => key(a).localeCompare(key(b)));
  writeFileSync(RESULTS, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** Where and when it is now. */
export function circumstances(): Circumstances {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  // what a run writes itself does not make it another program
  const isDirty = git('status', '--porcelain', '--', '.', `:!${RESULTS}`, ':!docs/proof.md') !== '';
  const commit = `${git('rev-parse', '--short', 'HEAD')}${isDirty ? '-dirty' : ''}`;
  const date = new Date().toISOString().slice(0, 10);
  return {
    date,
    commit,
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  };
}
