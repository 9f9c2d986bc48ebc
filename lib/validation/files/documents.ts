import type { Unreadable } from '../report';
import { Lines } from './lines';
import { parse } from './parse';
import { YamlProblem } from './yaml-problem';

/** One YAML document of a file. */
export interface YamlDocument {
  readonly file: string;
  /** The document alone, with its `---`. */
  readonly text: string;
  readonly value: unknown;
  /** The line in the file, from 1, of an offset in `text`. */
  readonly lineAt: (offset: number) => number;
}

/** What a file holds. */
export interface FileContent {
  readonly documents: readonly YamlDocument[];
  /** How many documents were read and not kept. */
  readonly others: number;
  readonly unreadable: readonly Unreadable[];
}

/** A line of `---` begins a document and one of `...` ends it; neither can be part of a value. */
const MARKER = /(?:^|\n)(---|\.\.\.)(?=[ \t\n\r]|$)/g;
const HELM = /\{\{[^}]*\}\}/;

/** The documents of a file that `keep` wants; one that cannot be parsed is told of, and the others are read all the same. */
export function documentsOf(file: string, content: string, keep = (_value: unknown): boolean => true): FileContent {
  const documents: YamlDocument[] = [];
  const unreadable: Unreadable[] = [];
  let others = 0;
  // files that were put together bring a mark each; old Mac files end lines with a bare CR
  const source = content.replace(/^\uFEFF/gm, '').replace(/\r(?!\n)/g, '\n');
  const lines = new Lines(source);
  for (const [start, end] of pieces(source)) {
    const text = source.slice(start, end);
    const lineAt = (offset: number) => lines.at(start + offset).line;
    try {
      for (const value of parse(text)) {
        if (keep(value)) documents.push({ file, text, value, lineAt });
        else others += 1;
      }
    } catch (error) {
      if (!(error instanceof YamlProblem)) throw error;
      const hint = HELM.test(text) ? '; render templates first: helm template . | cdk8s-patterns check -' : '';
      unreadable.push({ file, ...lines.at(start + error.offset), problem: `${error.message}${hint}` });
    }
  }
  return { documents, others, unreadable };
}

/** From where to where the documents reach that hold anything but comments. */
function* pieces(source: string): Generator<[number, number]> {
  let start = 0;
  for (const match of source.matchAll(MARKER)) {
    const marker = match.index + match[0].length - 3;
    const before = headOf(source, start, marker);
    if (match[1] === '---' && before === 'directives') continue;
    if (before === 'content') yield [start, marker];
    start = match[1] === '---' ? marker : marker + 3;
  }
  if (headOf(source, start, source.length) === 'content') yield [start, source.length];
}

/** What comes first in a part of a file that is no comment, blank line or bare `---`. */
function headOf(source: string, start: number, end: number): 'nothing' | 'directives' | 'content' {
  let head: 'nothing' | 'directives' = 'nothing';
  for (let at = start; at < end; ) {
    const newline = source.indexOf('\n', at);
    const next = newline === -1 ? end : newline + 1;
    const line = source.slice(at, Math.min(next, at + 200));
    if (line.startsWith('%') && !source.startsWith('---', start)) head = 'directives';
    else if (!/^(?:---)?[ \t\r\n]*(?:#|$)/.test(line)) return 'content';
    at = next;
  }
  return head;
}
