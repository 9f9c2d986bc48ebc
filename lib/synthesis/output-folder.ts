import { closeSync, lstatSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { invalid } from '../values/invalid';

/** A file to be. */
export interface OutputFile {
  /** Path within the folder. */
  readonly name: string;
  /** Path of the construct whose file it is. */
  readonly owner: string;
  /** What to do if another construct has the same file. */
  readonly fix: string;
  /** What is in it, in parts. */
  readonly texts: Iterable<string>;
}

interface Written {
  readonly owner: string;
  readonly temporary: string;
  readonly target: string;
}

/**
 * The folder that manifests are written to: all files of a synthesis appear in it, or none, and none is ever there by half.
 *
 * Each is written beside its place under a name that no tool takes for a manifest, and all are moved at the end.
 */
export class OutputFolder {
  private readonly written = new Map<string, Written>();

  public constructor(private readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  /** Makes a folder within the folder. */
  public folder(name: string): void {
    mkdirSync(join(this.path, name), { recursive: true });
  }

  /** Writes a file; it is not to be seen before it is published. */
  public write({ name, owner, fix, texts }: OutputFile): void {
    const path = join(this.path, name);
    const other = this.written.get(path);
    if (other !== undefined) {
      const problem = `its file \`${path}\` is that of \`${other.owner}\` too, and would replace it`;
      throw invalid(`[${owner}] synth`, problem, fix);
    }
    const { target, mode } = placeOf(path);
    const temporary = join(dirname(target), `.cdk8s-${process.pid}-${this.written.size}.tmp`);
    saying(path, temporary, () => {
      const file = openSync(temporary, 'w', mode);
      this.written.set(path, { owner, temporary, target });
      try {
        for (const part of inParts(texts)) writeFileSync(file, part);
      } finally {
        closeSync(file);
      }
    });
  }

  /** Puts all files in their places. */
  public publish(): void {
    for (const [path, { temporary, target }] of this.written) {
      saying(path, temporary, () => renameSync(temporary, target));
    }
  }

  /** Takes back what was not published. */
  public discard(): void {
    for (const { temporary } of this.written.values()) rmSync(temporary, { force: true });
  }
}

/** Where a file is written to, which may be behind a link; throws where no file can be written. */
function placeOf(path: string): { readonly target: string; readonly mode?: number } {
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing === undefined) return { target: path };
  closeSync(openSync(path, 'r+'));
  return existing.isSymbolicLink() ? { target: realpathSync(path) } : { target: path, mode: existing.mode };
}

/** Runs `work`; an error of the file system names the file that the user knows. */
function saying(path: string, temporary: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    throw Object.assign(error as object, { message: message.replaceAll(temporary, path) });
  }
}

const PART = 2 ** 20;

/** The same texts in parts of about a million characters: few writes, and no text that grows without end. */
function* inParts(texts: Iterable<string>): Iterable<string> {
  let part = '';
  for (const text of texts) {
    part += text;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  if (part !== '') yield part;
}
