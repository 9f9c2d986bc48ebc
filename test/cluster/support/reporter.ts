import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AggregatedResult, Reporter } from '@jest/reporters';
import { type DrillRecord, RECORDS } from './drill';
import { found } from './parts';
import { machine, RESULTS, type Result, readResults } from './results';

/** Says at the end what was not run, and keeps the figures of what passed. */
export default class ClusterReporter implements Pick<Reporter, 'onRunStart' | 'onRunComplete'> {
  public onRunStart(): void {
    mkdirSync(dirname(RECORDS), { recursive: true });
    rmSync(RECORDS, { force: true });
  }

  public onRunComplete(_: unknown, { testResults }: AggregatedResult): void {
    const { run, server } = found();
    if (run === undefined) return;
    const tests = testResults.flatMap((file) => file.testResults);
    const skipped = tests.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName);
    for (const name of skipped) process.stderr.write(`not run: ${name}\n`);
    const records = existsSync(RECORDS) ? readFileSync(RECORDS, 'utf8').split('\n').filter(Boolean) : [];
    const fresh = records.map((line): Result => ({ ...(JSON.parse(line) as DrillRecord), ...machine(), server }));
    const kept = readResults().filter(({ claim }) => !fresh.some((result) => result.claim === claim));
    const all = [...kept, ...fresh].sort((a, b) => `${a.lesson} ${a.claim}`.localeCompare(`${b.lesson} ${b.claim}`));
    writeFileSync(RESULTS, `${JSON.stringify(all, undefined, 2)}\n`);
    process.stderr.write(`${fresh.length} results written to ${RESULTS}; \`npm run docs:proof\` renders them\n`);
  }
}
