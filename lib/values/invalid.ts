import type { IConstruct } from 'constructs';

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

/** Runs `work` for a construct; whatever it throws gets the path of the construct in front, once. */
export function at<T>(construct: IConstruct, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw message.startsWith('[') ? error : new InvalidInput(`[${construct.node.path}] ${message}`);
  }
}
