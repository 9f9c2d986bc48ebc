// Takes one thing after the other from what the library emits, and looks whether a drill turns red: npm run test:cluster:mutations [-- NAME…]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Mutation } from '../test/cluster/support/mutations';
import { circumstances, keep, NOTICED, readResults, type Result } from '../test/cluster/support/results';

/** What is taken away, the drill that should notice, and what it then says. */
const DRILLS: Record<Mutation, { readonly what: string; readonly file: string; readonly claim: string; readonly says: RegExp }> = {
  'no-delay': { what: 'the delay before the stop', file: 'four-arms', claim: 'the drain of a node under', says: /drain-careful/ },
  'short-grace': { what: 'the grace period beyond the delay', file: 'real/stop', claim: 'requests of 10 s are answered', says: /failed/ },
  'no-budget': { what: 'the disruption budget', file: 'four-arms', claim: 'two old nodes are drained at once', says: /upgrade-careful/ },
  'no-readiness': { what: 'the readiness probe', file: 'probes', claim: 'a pod that cannot serve leaves the endpoints', says: /it leaves the endpoints/ },
  'no-surge': { what: 'the surge of a roll-out', file: 'rollout', claim: 'a roll-out of 3 pods', says: /fewest pods ready/ },
};

const folder = mkdtempSync(join(tmpdir(), 'cluster-mutations-'));
const green: string[] = [];
const asked = process.argv.slice(2) as Mutation[];
for (const mutation of asked.length > 0 ? asked : (Object.keys(DRILLS) as Mutation[])) {
  const { what, file, claim, says } = DRILLS[mutation];
  const output = join(folder, `${mutation}.json`);
  const args = ['node_modules/jest/bin/jest.js', '--config', 'test/cluster/jest.config.json', file, '-t', claim];
  spawnSync('npx', ['tsx', ...args, '--json', `--outputFile=${output}`], {
    env: { ...process.env, MUTATION: mutation },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tests = JSON.parse(readFileSync(output, 'utf8')).testResults.flatMap((one: any) => one.assertionResults);
  const red = tests.find((one: any) => one.status === 'failed' && says.test(one.failureMessages[0]));
  const unchanged = readResults().find((result) => result.claim.includes(claim));
  process.stdout.write(`without ${what}: ${red === undefined ? 'GREEN' : `red, ${red.title}`}\n`);
  if (red === undefined || unchanged === undefined) {
    green.push(mutation);
    continue;
  }
  const result: Result = {
    lesson: NOTICED,
    claim: `without ${what} a drill turns red`,
    control: 'with it the same drill passes',
    figures: {
      claim: { drill: red.title, said: plain(red.failureMessages[0]) },
      control: { 'passed on': `${unchanged.date}, at ${unchanged.commit}` },
    },
    ...circumstances(),
    server: unchanged.server,
    node: unchanged.node,
    long: unchanged.long,
  };
  keep([...readResults().filter((one) => one.claim !== result.claim), result]);
}
if (green.length > 0) {
  process.stderr.write(`no drill notices ${green.join(', ')}, or it has not passed without the change\n`);
  process.exit(1);
}

/** What was expected and what was found, without colours and without the stack. */
function plain(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n').map((line) => line.trim());
  return lines.filter((line) => /^(Error|Expected|Received|[-+] )/.test(line)).slice(0, 4).join('; ');
}
