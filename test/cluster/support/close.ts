import { ENDED_BY_SIGNAL, INTERRUPTED, type Run } from './run';

/** Closes the run after the last test: jest's `globalTeardown`. */
export default async function close(): Promise<void> {
  const { clusterRun } = globalThis as unknown as { clusterRun: Run };
  const left = await clusterRun.close();
  if (left !== undefined) process.stderr.write(`${left}\n`);
  // the tests may be over before the clean-up is: what counts is that somebody stopped them
  if (process.env[INTERRUPTED] !== undefined) process.exit(ENDED_BY_SIGNAL);
}
