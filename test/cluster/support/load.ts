import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { sleep } from './run';

/** What became of the requests of a load. */
export interface Load {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly sent: number;
  readonly failed: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failedAt: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly pods: Readonly<Record<string, { readonly answers: number; readonly lastSentAt: number }>>;
}

const CLIENT = join(__dirname, '../load-client.mjs');
/** Seconds between the first request and what is done to the pods, and between its end and the last request. */
const AROUND = 2;
/** Seconds that the client may take to start. */
const START = 3;
/** Seconds after which the client stops by itself, whatever becomes of the test. */
const FORGOTTEN = 900;
/** Requests a second. */
export const RATE = 200;

/** How requests are sent. */
export interface LoadOptions {
  /** Seconds that each request has. */
  readonly patience?: number;
  /** Whether `count` are sent and no more, which are under way when something is done to their pods. */
  readonly isExact?: boolean;
  /** How many connections are kept for all requests; each request has its own where nothing is said. */
  readonly connections?: number;
}

/** Sends requests to an address, `RATE` a second, while something is done to the pods behind it, to its end, but at least `count`. */
export async function underLoad(
  url: string,
  count: number,
  work: () => Promise<unknown>,
  { patience = 5, isExact = false, connections = 0 }: LoadOptions = {},
): Promise<Load> {
  const { LOAD_NETWORK = '', LOAD_FROM = '' } = process.env;
  const most = String(isExact ? count : RATE * FORGOTTEN);
  const options = ['--url', url, '--rate', String(RATE), '--count', most, '--from', LOAD_FROM];
  const [command = '', ...args] = [...LOAD_NETWORK.split(' '), process.execPath, CLIENT, ...options];
  const client = spawn(command, [...args, '--timeout', String(patience), '--connections', String(connections)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const since = Date.now();
  let hasEnded = false;
  const report = new Promise<Load>((done, failed) => {
    let text = '';
    client.stdout.on('data', (part) => {
      text += part;
    });
    client.once('error', failed);
    client.once('exit', (code) => {
      hasEnded = true;
      if (code === 0) done(JSON.parse(text));
      else failed(new Error(`the load client ended with ${code}`));
    });
  });
  report.catch(() => undefined);
  try {
    await sleep(AROUND * 1000);
    await work();
    if (isExact) return await report;
    await sleep(Math.max(AROUND * 1000, since + (START + count / RATE) * 1000 - Date.now()));
    if (hasEnded) throw new Error('the load ended before what was done to the pods');
  } finally {
    client.kill();
  }
  return report;
}

/** The figures of a load: with nothing lost, what share of requests could be lost at most (95 % confidence, rule of three). */
export function losses({ sent, failed, outcomes }: Load): Record<string, number | string> {
  const errors = Object.entries(outcomes).filter(([outcome]) => outcome !== 'http-200');
  if (failed === 0) return { sent, lost: 0, 'lost at most': `${((3 / sent) * 100).toFixed(3)} %` };
  return { sent, lost: failed, how: errors.map(([outcome, count]) => `${count} ${outcome}`).join(', ') };
}
