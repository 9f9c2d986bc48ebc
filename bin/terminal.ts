/** What a command writes to and reads from. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly readStdin: () => Buffer;
  /** Whether `out` shows colours. */
  readonly color: boolean;
}

/** A command that was called in a way that makes no sense; the message says what would. */
export class BadUsage extends Error {}

/** How a command ends. */
export enum Exit {
  CLEAN = 0,
  FINDINGS = 1,
  /** Called in a way that makes no sense, or given what cannot be read. */
  BAD_INPUT = 2,
}
