import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../bin/run';

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process. */
export function runs(args: readonly string[], stdin: string | Buffer = '', color = false): Outcome {
  let out = '';
  let error = '';
  const code = run(args, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    readStdin: () => Buffer.from(stdin),
    color,
  });
  return { code, out, error };
}

/** Runs in a new folder that holds `files`, and leaves nothing behind. */
export function inFolder<T>(files: Readonly<Record<string, string | Buffer>>, action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-'));
  const before = process.cwd();
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    process.chdir(folder);
    return action(folder);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}
