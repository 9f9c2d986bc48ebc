import { isReady, type Namespace } from './cluster';
import { sleep } from './run';

const PAUSE = 100;

/** The fewest pods with a label that were ready, and not told to stop, at one time while something happened to them. */
export async function fewestReady<T>(
  namespace: Namespace,
  selector: string,
  work: () => Promise<T>,
): Promise<{ readonly fewest: number; readonly samples: number; readonly outcome: T }> {
  let fewest = Number.POSITIVE_INFINITY;
  let samples = 0;
  let isOver = false;
  const count = async () => {
    while (!isOver) {
      const pods = await namespace.pods(selector);
      fewest = Math.min(fewest, pods.filter(isReady).length);
      samples += 1;
      await sleep(PAUSE);
    }
  };
  const over = async () => {
    try {
      return await work();
    } finally {
      isOver = true;
    }
  };
  const [outcome] = await Promise.all([over(), count()]);
  return { fewest, samples, outcome };
}
