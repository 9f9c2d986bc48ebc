/**
 * An error about input that makes no sense by itself: it is thrown where the user wrote it.
 *
 * Internal on purpose: jsii carries messages, not error classes.
 */
class InvalidInput extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'cdk8s-patterns';
  }
}

/** An error in the form `<where>: <problem>; <fix>`, one line. */
export function invalid(where: string, problem: string, fix?: string): Error {
  return new InvalidInput(`${where}: ${problem}${fix === undefined ? '' : `; ${fix}`}`);
}

/** Runs `work`; whatever it throws gets the construct path in front, once. */
export function at<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw message.startsWith('[') ? error : new InvalidInput(`[${path}] ${message}`);
  }
}
