import { tell } from './parts';
import { CLOSING, ENDED_BY_SIGNAL, INTERRUPTED, Run, Unfit } from './run';

const HELP = 'docs/cluster-tests.md says how to get one';

/** Opens the run before the first test: jest's `globalSetup`. */
export default async function open(): Promise<void> {
  const opening = Run.open();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void interrupted(opening));
  try {
    const run = await opening;
    tell(run.found);
    Object.assign(globalThis, { clusterRun: run });
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    process.stderr.write(`no cluster test was run: ${error.message}; ${HELP}\n`);
    process.exit(2);
  }
}

async function interrupted(opening: Promise<Run>): Promise<void> {
  if (process.env[INTERRUPTED] !== undefined) return;
  process.env[INTERRUPTED] = 'true';
  process.env[CLOSING] = 'true';
  process.stderr.write('\ninterrupted: taking away what the tests have made\n');
  const left = await opening.then((run) => run.close()).catch(String);
  if (left !== undefined) process.stderr.write(`${left}\n`);
  process.exit(ENDED_BY_SIGNAL);
}
