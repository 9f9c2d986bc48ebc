import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { AggregatedResult, Config, Reporter } from '@jest/reporters';
import { type DrillRecord, NOT_RUN, recordsOf } from './drill';
import { TRIED } from './mutations';
import { found } from './parts';
import { circumstances, keep, NOTICED, RESULTS, type Result, readResults } from './results';

/** Says at the end what was not run, and keeps the figures of what passed. */
export default class ClusterReporter implements Pick<Reporter, 'onRunComplete'> {
  public constructor(private readonly config: Config.GlobalConfig) {}

  public onRunComplete(_: unknown, { testResults }: AggregatedResult): void {
    const { run, server, node, long } = found();
    if (run === undefined) return;
    const tests = testResults.flatMap((file) => file.testResults);
    for (const { status, title } of tests)
      if (status === 'pending' && title.includes(NOT_RUN)) process.stderr.write(`not run: ${title}\n`);
    if (TRIED !== undefined || process.env.RECORD === 'false') return;
    const where = { ...circumstances(), server, node, long };
    const known = readResults();
    const fresh = recordsIn(recordsOf(run))
      .map((record): Result => ({ ...record, ...where }))
      .filter(({ claim }) => long || !known.some((result) => result.claim === claim && result.long));
    const failed = tests.filter(({ status }) => status === 'failed').map(({ title }) => title);
    const wasWhole = this.config.testPathPatterns.patterns.length === 0;
    const kept = known.filter(({ lesson, claim }) => {
      const isReplaced = fresh.some((result) => result.claim === claim) || failed.includes(claim);
      // what no drill claims any more is not proven any more
      return !isReplaced && (!wasWhole || lesson === NOTICED || tests.some(({ title }) => title.startsWith(claim)));
    });
    keep([...kept, ...fresh]);
    process.stderr.write(`${fresh.length} results written to ${RESULTS}; \`npm run docs:proof\` renders them\n`);
  }
}

/** What the drills of a run have said. */
function recordsIn(file: string): DrillRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  rmSync(file);
  return lines.map((line) => JSON.parse(line));
}
