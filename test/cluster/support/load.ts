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
/** Seconds between the first request and what is done to the pods. */
const BEFORE = 2;
/** Requests a second. */
export const RATE = 200;

/** Sends requests to an address, `RATE` a second, and does something to the pods behind it meanwhile; each request has `patience` seconds. */
export async function underLoad(
  url: string,
  count: number,
  work: () => Promise<unknown>,
  { patience = 5 } = {},
): Promise<Load> {
  const { LOAD_NETWORK = '', LOAD_FROM = '' } = process.env;
  const options = [
    '--url',
    url,
    '--rate',
    String(RATE),
    '--count',
    String(count),
    '--from',
    LOAD_FROM,
    '--timeout',
    String(patience),
  ];
  const [command = '', ...args] = [...LOAD_NETWORK.split(' '), process.execPath, CLIENT, ...options];
  const client = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const report = new Promise<Load>((done, failed) => {
    let text = '';
    client.stdout.on('data', (part) => {
      text += part;
    });
    client.once('error', failed);
    client.once('exit', (code) =>
      code === 0 ? done(JSON.parse(text)) : failed(new Error(`the load client ended with ${code}`)),
    );
  });
  await sleep(BEFORE * 1000);
  try {
    await work();
  } catch (error) {
    client.kill();
    throw error;
  }
  return report;
}

/** The figures of a load: with nothing lost, what share of requests could be lost at most (95 % confidence, rule of three). */
export function losses({ sent, failed, outcomes }: Load): Record<string, number | string> {
  const errors = Object.entries(outcomes).filter(([outcome]) => outcome !== 'http-200');
  if (failed === 0) return { sent, lost: 0, 'lost at most': `${((3 / sent) * 100).toFixed(3)} %` };
  return { sent, lost: failed, how: errors.map(([outcome, count]) => `${count} ${outcome}`).join(', ') };
}
