import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { Unreadable } from '../report';
import type { ReadFile } from './check-files';
import { documentsOf } from './documents';

const YAML = /\.(?:ya?ml|json)$/i;

/** What each object says; in UTF-16 too, which Windows shells write. */
const SIGNS = [Buffer.from('apiVersion'), Buffer.from('apiVersion', 'utf16le')];

/** What there is to read, and what there is not. */
export interface Listing {
  /** Files in the order of their names. */
  readonly files: readonly { readonly file: string; readonly named: boolean }[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * The files that paths name: themselves, and all `.yaml`, `.yml` and `.json` below folders.
 *
 * Folders whose names begin with a dot and `node_modules` are left out; links are followed once.
 */
export function listFiles(paths: readonly string[]): Listing {
  const walk = new Walk();
  for (const path of paths) walk.take(path && normalize(path), true);
  return { files: walk.files, unreadable: walk.unreadable };
}

class Walk {
  public readonly files: { file: string; named: boolean }[] = [];
  public readonly unreadable: Unreadable[] = [];
  private readonly seen = new Set<string>();

  public take(path: string, named: boolean): void {
    try {
      const stats = statSync(path);
      const real = realpathSync(path);
      if (this.seen.has(real)) return;
      this.seen.add(real);
      if (stats.isDirectory()) this.folder(path);
      else if (named || YAML.test(path)) this.file(path, stats, named);
    } catch (error) {
      this.unreadable.push({ file: path, problem: `${reasonOf(error)}${brokenLink(path)}` });
    }
  }

  private folder(path: string): void {
    const entries: Dirent[] = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const inside = join(path, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(inside));
      const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
      if (isFolder ? !isHidden : YAML.test(entry.name)) this.take(inside, false);
    }
  }

  private file(file: string, stats: Stats, named: boolean): void {
    // a pipe that nobody writes to would be waited for
    if (!stats.isFile() && !(named && stats.isFIFO()))
      this.unreadable.push({ file, problem: 'is neither a file nor a folder' });
    else this.files.push({ file, named });
  }
}

/** Beyond this a file is not read: what one holds of it takes about fifteen times as much. */
const MOST_BYTES = 32_000_000;

/** The objects of a file; one that was not named itself and never says `apiVersion` is none of ours. */
export function readYaml(file: string, named: boolean): ReadFile {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MOST_BYTES) return unread(file, tooLarge(size));
    const bytes = readFileSync(file);
    if (!named && !SIGNS.some((sign) => bytes.includes(sign)))
      return { file, documents: [], others: 0, unreadable: [] };
    return readBytes(file, bytes);
  } catch (error) {
    return unread(file, reasonOf(error));
  }
}

/** The objects in bytes that came from `file`. */
export function readBytes(file: string, bytes: Buffer): ReadFile {
  if (bytes.length > MOST_BYTES) return unread(file, tooLarge(bytes.length));
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return unread(file, 'is UTF-16; save it as UTF-8');
  if (!isUtf8(bytes) || bytes.includes(0)) return unread(file, 'is no text in UTF-8');
  return { file, ...documentsOf(file, bytes.toString('utf8'), isObject) };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

function unread(file: string, problem: string): ReadFile {
  return { file, documents: [], others: 0, unreadable: [{ file, problem }] };
}

function tooLarge(bytes: number): string {
  return `is ${megabytes(bytes)} MB, and no more than ${megabytes(MOST_BYTES)} MB are read; split it`;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
}

function brokenLink(path: string): string {
  try {
    return lstatSync(path).isSymbolicLink() ? ', a link leads there' : '';
  } catch {
    return '';
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ELOOP: 'is a link to itself',
  EISDIR: 'is a folder',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? `cannot be read: ${message}`;
}
