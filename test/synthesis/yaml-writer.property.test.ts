import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { YamlWriter } from '../../lib/synthesis/yaml-writer';
import { ODD_TEXTS } from '../support/random-apps';

const writer = new YamlWriter();
const runs = { numRuns: 3 * Number(process.env.FUZZ ?? 300) };

/** Where a text may stand. */
const places = (text: string): object[] => [
  { a: text },
  { [text]: 'v' },
  { a: [text] },
  { a: { b: text, c: 1 } },
  { a: [[text], { [text]: text }] },
  { a: { [text]: {} }, [text]: [] },
];

test.each(ODD_TEXTS)('%j as a value, a key, an item: what cdk8s writes', (text) => {
  for (const document of places(text)) expect(writer.document(document)).toBe(Yaml.stringify(document));
});

test.each([
  ['any text', fc.string({ unit: 'binary', maxLength: 12 })],
  ['printable text', fc.stringMatching(/^[ -~]{0,14}$/)],
  ['text of other alphabets', fc.stringMatching(/^[ -~\u0080-\uffff]{0,8}$/)],
  ['text of several lines', fc.stringMatching(/^[a-zA-Z{#&*!|>'"%@`-][ -~\n]{0,24}$/)],
  ['what looks like a number or a time', fc.stringMatching(/^[-+]?[0-9.eE_:tTZxbo -]{0,14}$/)],
  ['what looks like a word of YAML', fc.stringMatching(/^(y|n|t|f|o|nu|\.|~|Y|N|T|F|O)[a-zA-Z.]{0,5}$/)],
])('%s: what cdk8s writes', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (text) => {
      for (const document of places(text)) expect(writer.document(document)).toBe(Yaml.stringify(document));
    }),
    runs,
  );
});

test.each([
  0,
  -0,
  1,
  -1,
  0.1,
  -12.5,
  1e21,
  1e-7,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n,
  true,
  false,
  null,
  undefined,
])('%s: what cdk8s writes', (value) => {
  for (const document of [{ a: value }, { a: [value, value] }, { a: { b: value } }, value]) {
    expect(writer.document(document)).toBe(Yaml.stringify(document));
  }
});

const shared = { a: 1 };
test.each([
  ['an object twice', { x: shared, y: shared }],
  ['a list twice', { x: [shared.a], y: [shared, shared] }],
  ['nothing at all', {}],
  ['a list', [1, { a: 2 }]],
  ['a text', 'text'],
  ['a date', { at: new Date(0) }],
  ['a Map', { map: new Map([[1, 2]]) }],
  ['a text as an object', { text: new String('s') }],
  ['an object without a prototype', { x: Object.assign(Object.create(null), { a: 1 }) }],
  ['a long key', { ['k'.repeat(1100)]: 1 }],
  ['a hole in a list', { list: Array.from({ length: 2 }) }],
])('%s: what cdk8s writes', (_, document) => {
  expect(writer.document(document)).toBe(Yaml.stringify(document));
});

test('one document after another: nothing is remembered but texts', () => {
  const document = { x: shared, y: '😀' };
  expect([1, 2, 3].map(() => writer.document(document))).toEqual([1, 2, 3].map(() => Yaml.stringify(document)));
});

describe('what manifests hold is written without help, since help is slow', () => {
  const stringify = jest.spyOn(Yaml, 'stringify');
  beforeEach(() => stringify.mockClear());
  afterAll(() => stringify.mockRestore());

  test.each([
    ...[
      '8080',
      'true',
      '1.4.2',
      '10.0.0.0/8',
      '200m',
      '25%',
      '',
      '*',
      '30s',
      '2001-01-01',
      '1e3',
      'on',
      'a: b',
      'it is #1',
    ],
    ...[
      '"a"',
      "it's",
      '{{ x }}',
      'größer',
      'a\nb\n',
      '{\n  "a": 1\n}\n',
      'line\n\nline',
      '- a\n- b\n',
      'registry.example.com/a:1',
    ],
  ])('%j', (text) => {
    writer.document({ a: text, b: [text], c: { d: text, e: 1, f: true, g: {}, h: [], i: 0.5 } });
    expect(stringify).not.toHaveBeenCalled();
  });

  test('a document with anything else is left to cdk8s as a whole', () => {
    writer.document({ a: { b: '😀' } });
    expect(stringify).toHaveBeenCalledWith({ a: { b: '😀' } });
  });
});
