import { isReady, type Namespace } from './cluster';
import { sleep } from './run';

const PAUSE = 100;

/** Counts the ready pods again and again while something happens to them. */
export class Sampler {
  /** Begins to count the pods with a label. */
  public static start(namespace: Namespace, selector: string): Sampler {
    const sampler = new Sampler(namespace, selector);
    sampler.loop = sampler.run();
    return sampler;
  }

  private loop: Promise<void> = Promise.resolve();
  private stopped = false;
  private fewest = Number.POSITIVE_INFINITY;
  private samples = 0;

  private constructor(
    private readonly namespace: Namespace,
    private readonly selector: string,
  ) {}

  /** Ends the count: the fewest pods that were ready and not told to stop at one time. */
  public async stop(): Promise<{ fewest: number; samples: number }> {
    this.stopped = true;
    await this.loop;
    return { fewest: this.fewest, samples: this.samples };
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const pods = await this.namespace.pods(this.selector);
      this.fewest = Math.min(this.fewest, pods.filter(isReady).length);
      this.samples += 1;
      await sleep(PAUSE);
    }
  }
}
