import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { RULES } from '../../lib/rules';
import { objects } from './rules';

/** Numbers from 0 to 1 that look random, always the same ones for a seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sound inputs: the examples of all rules, and of the library. */
export const CORPUS: readonly string[] = [
  ...RULES.flatMap(({ bad, good }) => [bad, good]),
  ...readdirSync('examples').flatMap((name) => {
    try {
      return [readFileSync(join('examples', name, 'expected.yaml'), 'utf8')];
    } catch {
      return [];
    }
  }),
];

const parsedCorpus = new Map<string, string>();

function parsed(source: string): string {
  const known = parsedCorpus.get(source) ?? JSON.stringify(objects(source));
  parsedCorpus.set(source, known);
  return known;
}

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  7.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  '',
  'x',
  '0',
  '-5',
  '10%',
  '1e3',
  '*',
  '.',
  '..',
  '\u0000',
  '\u2028',
  '🙂',
  'a'.repeat(3000),
  [],
  [null],
  [[]],
  ['x'],
  {},
  { '': '' },
  { x: null },
  { kind: 'List', items: [{}] },
  { matchLabels: { a: 7 } },
  { constructor: 1, __proto__: 2 },
];

const SCRIPTS: readonly string[] = [
  `sh -c ${'"'.repeat(400)}`,
  `sh -c '${'\\'.repeat(2000)}`,
  `sh ${'-o x '.repeat(500)}-c x`,
  `sh -c ${'a;'.repeat(2000)}`,
  `sh -c $(${'('.repeat(500)}`,
  `sh -c "${'sleep 5 '.repeat(500)}`,
  `${'/'.repeat(2000)}sh -c x`,
  `sh -c '${'\'"'.repeat(800)}`,
  `sh -c ${'`'.repeat(999)}`,
  `sh -c nginx${' '.repeat(5000)}-s`,
  `sh -c kill${' -s'.repeat(900)} 1`,
  `sh -c ${'# '.repeat(3000)}`,
];

const TEXTS: readonly string[] = [
  '\t',
  '\n',
  '\r',
  '\r\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '? ',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary ',
  '|',
  '>',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '#',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '🙂',
  '@',
  '`',
  '~',
  '{{ .Values.x }}',
  '\\',
  '\\u12',
  '=',
  '0x',
  '1_000',
];

/** One of the inputs, made worse: in its values, or in its text. */
export function mutated(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const source = pick(CORPUS);
  const count = 1 + Math.floor(random() * 4);
  if (random() < 0.5) {
    const values = JSON.parse(parsed(source));
    for (let index = 0; index < count; index += 1) worsen(pick(values), random, pick);
    return values.map((value: unknown) => `---\n${stringify(value)}`).join('');
  }
  let text = source;
  for (let index = 0; index < count; index += 1) text = scribbled(text, random, pick);
  return text;
}

type Pick = <T>(list: readonly T[]) => T;

/** Puts a wrong value, or a strange script, somewhere into an object. */
function worsen(object: any, random: () => number, pick: Pick): void {
  const places: [any, string | number][] = [];
  const walk = (node: any): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Array.isArray(node) ? node.keys() : Object.keys(node)) {
      places.push([node, key]);
      walk(node[key]);
    }
  };
  walk(object);
  if (places.length === 0) return;
  const [holder, key] = pick(places);
  const way = random();
  if (way < 0.15) holder.command = pick(SCRIPTS).split(' ');
  else if (way < 0.25) delete holder[key];
  else if (way < 0.35) holder[key] = [holder[key], structuredClone(holder[key])];
  else if (key === 'command' || key === 'args') holder[key] = ['sh', '-c', pick(SCRIPTS)];
  else holder[key] = structuredClone(pick(VALUES));
}

function scribbled(text: string, random: () => number, pick: Pick): string {
  const at = Math.floor(random() * (text.length + 1));
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, at) + pick(TEXTS) + text.slice(at);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 8));
    case 3:
      return lines.flatMap((each, index) => (index === line ? [each, each] : [each])).join('\n');
    case 4:
      return lines
        .map((each, index) => (index === line ? `${' '.repeat(Math.floor(random() * 9))}${each.trim()}` : each))
        .join('\n');
    default:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x300)) + text.slice(at + 1);
  }
}
