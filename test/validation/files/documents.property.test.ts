import fc from 'fast-check';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, stringify } from 'yaml';
import { documentsOf } from '../../../lib/validation/files/documents';
import { parseLeniently } from '../../../lib/validation/files/lenient';
import { parse } from '../../../lib/validation/files/parse';
import { Positions } from '../../../lib/validation/files/positions';
import { YamlProblem } from '../../../lib/validation/files/yaml-problem';

const joined = (parts: readonly string[], by: string, maxLength: number) =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((chosen) => chosen.join(by));

const words = [
  'spec',
  'items',
  'app.kubernetes.io/name',
  'a b',
  '12',
  'yes',
  'null',
  '<<',
  '__proto__',
  '---',
  '#',
  '',
];
const texts = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: 'binary' }),
  joined(['one', '  two', '---', '...', '# three', '%four', '', '\t', ': ', '"'], '\n', 6),
  joined(['one', 'two', 'three'], ' ', 40),
);
// a finding has no way to write `]` in a key
const keys = fc.oneof(fc.constantFrom(...words), fc.string()).filter((key) => !key.includes(']'));
const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const { map } = fc.letrec<{ value: unknown; map: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(texts, numbers, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(keys, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));

// Left out, since they differ: a key of which nothing is written, and blanks at the end of a block with a width, `|2`.
const PIECES = [
  ...[
    'a:',
    'b:',
    'c: 1',
    'd: x',
    'e: |',
    'f: >-',
    'w: |+',
    'text',
    'more text',
    '# why',
    '',
    'blanks  ',
    '\ttab',
    'v:\tx',
  ],
  ...[
    '- ',
    '-',
    '- a: 1',
    '- b',
    '- - a',
    't: - a',
    'i: {',
    '}',
    '},',
    'j: [',
    ']',
    'k: [1, 2]',
    'l: {m: 1}',
    '{a: 1}',
    '[a]',
  ],
  ...['g: "q', 'q"', "h: 'q'", '"z": 1', 'x: &x', '*x', 'y: *x', '<<: *x', '- *x', '? k', '!t', 'n: !!str 1'],
  ...['o: on', 'p: 0o17', 'r: 1 # why', 's: a:b'],
];

/** Objects, and the file that holds them; what YAML 1.1 reads as something else stands in quotes there. */
const files = fc.tuple(fc.array(map, { maxLength: 4 }), fc.constantFrom('\n', '\r\n', '\r')).map(([objects, end]) => {
  const written = objects.map((object) => stringify(object, { compat: 'yaml-1.1' }));
  return { objects, written, file: written.join('---\n').replaceAll('\n', end), plain: written.join('---\n') };
});

/** Every field in the words of findings, with the line that the lenient parser's ranges give. */
function linesOf(file: string): [field: string, line: number][][] {
  const lines = new LineCounter();
  const lineOf = (node: unknown) => lines.linePos((node as Node).range?.[0] ?? 0).line;
  const fieldsOf = (node: unknown, path: string): [string, number][] => {
    if (isSeq(node)) {
      return node.items.flatMap((item, index) => {
        const field = `${path}[${index}]`;
        return [[field, lineOf(item)] as [string, number], ...fieldsOf(item, field)];
      });
    }
    if (!isMap(node)) return [];
    return node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      const field = /^[\w-]+$/.test(name) ? `${path}.${name}`.replace(/^\./, '') : `${path}[${name}]`;
      return [[field, lineOf(key)] as [string, number], ...fieldsOf(value, field)];
    });
  };
  return [...parseAllDocuments(file, { lineCounter: lines })].map(({ contents }) => fieldsOf(contents, ''));
}

test('any list of objects comes back from one file, whatever its line ends', () => {
  fc.assert(
    fc.property(files, ({ objects, file }) => {
      const { documents, unreadable } = documentsOf('f', file);
      expect(unreadable).toStrictEqual([]);
      expect(documents.map(({ value }) => value)).toStrictEqual(objects);
    }),
    { numRuns: 200 },
  );
});

test('every field has the line of its key, and what is not written that of the nearest field around it', () => {
  fc.assert(
    fc.property(files, ({ file, plain }) => {
      const positions = new Positions();
      const { documents } = documentsOf('f', file);
      for (const [index, fields] of linesOf(plain).entries()) {
        const found = (below: string) =>
          fields.map(([field]) => [field, positions.lineOf(documents[index] as never, field + below)]);
        expect(found('')).toStrictEqual(fields);
        expect(found('.nowhere[3].else')).toStrictEqual(fields);
      }
    }),
    { numRuns: 200 },
  );
});

describe('where both parsers take a text, they read the same', () => {
  const leniently = (text: string) => parseLeniently(text, new YamlProblem('refused', 0));

  test('as a program writes it', () => {
    fc.assert(
      fc.property(files, ({ objects, written }) => {
        for (const text of written) expect([leniently(text)]).toStrictEqual(parse(text));
        expect(written.flatMap(parse)).toStrictEqual(objects);
      }),
      { numRuns: 200 },
    );
  });

  test('as people write it', () => {
    const attempt = (read: () => unknown) => {
      try {
        return read();
      } catch {
        return undefined;
      }
    };
    const line = fc.tuple(fc.constantFrom('', '', '  ', '    '), fc.constantFrom(...PIECES));
    const text = fc.array(
      line.map(([indent, piece]) => `${indent}${piece}\n`),
      { minLength: 1, maxLength: 7 },
    );
    fc.assert(
      fc.property(text, (lines) => {
        const values = attempt(() => parse(lines.join('')));
        const value = attempt(() => leniently(lines.join('')));
        fc.pre(Array.isArray(values) && values.length === 1 && value !== undefined);
        expect([value]).toStrictEqual(values);
      }),
      { numRuns: 200 },
    );
  });
});
