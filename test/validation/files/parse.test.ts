import { parseLeniently } from '../../../lib/validation/files/lenient';
import { parse } from '../../../lib/validation/files/parse';
import { YamlProblem } from '../../../lib/validation/files/yaml-problem';

const leniently = (text: string) => parseLeniently(text, new YamlProblem('the reason of the quick parser', 7));

function problemOf(text: string, read: (text: string) => unknown = parse): [message: string, offset: number] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof YamlProblem) return [error.message, error.offset];
    throw error;
  }
  throw new Error(`nothing is wrong with ${text}`);
}

/** A closing bracket below its key, which only the lenient parser takes. */
const LENIENT = 'lenient: {\n}\n';

describe('values are read as Kubernetes reads them, by either parser', () => {
  test.each<[string, unknown]>([
    ['~', null],
    ['', null],
    ['null', null],
    ['nULL', 'nULL'],
    ['true', true],
    ['yes', true],
    ['Yes', true],
    ['y', true],
    ['Y', true],
    ['ON', true],
    ['on', true],
    ['yON', 'yON'],
    ['yes!', 'yes!'],
    ['false', false],
    ['No', false],
    ['no', false],
    ['n', false],
    ['N', false],
    ['OFF', false],
    ['off', false],
    ['not', 'not'],
    ['know', 'know'],
    ['"yes"', 'yes'],
    ["'no'", 'no'],
    ['!!str on', 'on'],
    ['!!bool on', true],
    ['!!bool off', false],
    ['12', 12],
    ['-0x1F', '-0x1F'],
    ['0x1F', 31],
    ['0o17', 15],
    ['1_000', '1_000'],
    ['1.5e3', 1500],
    ['.5', 0.5],
    ['1:30', '1:30'],
    ['.inf', Number.POSITIVE_INFINITY],
    ['2027-01-31', '2027-01-31'],
    ['2027-01-31T10:00:00Z', '2027-01-31T10:00:00Z'],
    ['!mine text', 'text'],
    ['!mine { a: 1 }', { a: 1 }],
    ['"\\x41\\u00e9\\U0001F600\\n"', 'Aé😀\n'],
    ["'it''s'", "it's"],
    ['|\n  a\n   b\n\n', 'a\n b\n'],
    ['>-\n  a\n  b\n\n  c\n', 'a b\nc'],
    ['|+\n  a\n', 'a\n\n'],
    ['a\n  b\n\n  c', 'a b\nc'],
    ['[a, [b], { c: d }, e: f]', ['a', ['b'], { c: 'd' }, { e: 'f' }]],
    ['{ a, b: , "c":1 }', { a: null, b: null, c: 1 }],
    ['http://example.org/#a', 'http://example.org/#a'],
    ['a # b', 'a'],
    ['{ 1: a, true: b, yes: c }', undefined],
  ])('%j', (text, expected) => {
    const document = `value: ${text}\n`;
    if (expected === undefined) {
      expect(problemOf(document)[0]).toBe('Map keys must be unique');
      return;
    }
    expect(parse(document)).toStrictEqual([{ value: expected }]);
    expect(leniently(document)).toStrictEqual({ value: expected });
    expect(parse(LENIENT + document)).toStrictEqual([{ lenient: {}, value: expected }]);
  });

  test('keys are texts', () => {
    const text = '1: a\n0x10: b\ntrue: c\nyes: d\n';
    const expected = { 1: 'a', 16: 'b', true: 'd' };
    expect(problemOf(text)[0]).toBe('Map keys must be unique');
    const [first = ''] = text.split('yes');
    expect(parse(first)).toStrictEqual([{ ...expected, true: 'c' }]);
    expect(leniently(first)).toStrictEqual({ ...expected, true: 'c' });
  });

  test('a key that every object has is a key like others', () => {
    for (const read of [(text: string) => parse(text)[0], leniently] as const) {
      const value = read('__proto__: { a: 1 }\nconstructor: b\n') as object;
      expect(Object.entries(value)).toStrictEqual([
        ['__proto__', { a: 1 }],
        ['constructor', 'b'],
      ]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  });
});

describe('anchors and merge keys', () => {
  const BASES = 'x: &x { a: 1, b: 1 }\nz: &z { b: 2, c: 2 }\n';
  const bases = { x: { a: 1, b: 1 }, z: { b: 2, c: 2 } };

  test.each<[string, string, unknown]>([
    ['an alias is what its anchor is', 'm: *x\n', { a: 1, b: 1 }],
    ['the last anchor of a name counts', 'q: &x [1]\nm: *x\n', [1]],
    ['one map is merged', 'm: { <<: *x, d: 4 }\n', { a: 1, b: 1, d: 4 }],
    ['own keys count, before and after', 'm:\n  a: 9\n  <<: *x\n  b: 9\n', { a: 9, b: 9 }],
    ['of several maps the first counts', 'm:\n  <<: [*x, *z]\n', { a: 1, b: 1, c: 2 }],
    ['in the order of the list', 'm: { <<: [*z, *x] }\n', { a: 1, b: 2, c: 2 }],
    ['a key that is there twice', 'm:\n  <<: *x\n  <<: *z\n', { a: 1, b: 1, c: 2 }],
    ['a map that is written there', 'm: { <<: { a: 1 }, b: 2 }\n', { a: 1, b: 2 }],
    ['the tag that go-yaml writes', 'm:\n  !!merge <<: *x\n', { a: 1, b: 1 }],
    ['in quotes it is a key', 'm: { "<<": *x }\n', { '<<': { a: 1, b: 1 } }],
  ])('%s', (_, text, expected) => {
    const { m } = parse(BASES + text)[0] as { m: unknown };
    expect(m).toStrictEqual(expected);
    expect(leniently(BASES + text)).toStrictEqual({ ...bases, ...(parse(BASES + text)[0] as object) });
    expect(parse(BASES + text + LENIENT)).toStrictEqual([leniently(BASES + text + LENIENT)]);
  });

  test('what is no map is not merged', () => {
    expect(problemOf('m: { <<: 1 }\n')[0]).toBe('cannot merge mappings; the provided source object is unacceptable');
    expect(problemOf('m: { <<: 1 }\n', leniently)).toStrictEqual(['the reason of the quick parser', 7]);
  });

  test('one that holds itself is refused', () => {
    const problem = ['its aliases stand for more than 1,000,000 values', 0];
    expect(problemOf('a: &a\n  b: *a\n')).toStrictEqual(problem);
    expect(problemOf('a: &a [*a]\n')).toStrictEqual(problem);
    expect(problemOf(`a: &a\n  b: *a\n${LENIENT}`)).toStrictEqual(problem);
  });

  test('aliases may stand for a million values, and no more', () => {
    const bomb = (last: number) => {
      const thousand = (name: string, of: string, count: number) => `${name}: &${name} [${`${of}, `.repeat(count)}]\n`;
      return thousand('a', '1', 999) + thousand('b', '*a', 998) + thousand('c', '1', last);
    };
    // 1 + 1 000 + (1 + 998 * 1 000) + (1 + last)
    expect(parse(bomb(997))).toHaveLength(1);
    expect(problemOf(bomb(998))).toStrictEqual(['its aliases stand for more than 1,000,000 values', 0]);
  });

  test('where there is no alias there is nothing to count', () => {
    const values = jest.spyOn(Object, 'values');
    parse('a: &a [1, 2]\n');
    expect(values).not.toHaveBeenCalled();
    values.mockRestore();
  });
});

describe('what the quick parser refuses the lenient one may take', () => {
  test.each<[string, string, unknown]>([
    ['a closing bracket below its key', 'a: {\n  b: [\n    1\n  ]\n}\n', { a: { b: [1] } }],
    ['of a list too', 'a: [\n  1,\n  2,\n]\n', { a: [1, 2] }],
  ])('%s', (_, text, expected) => {
    expect(parse(text)).toStrictEqual([expected]);
  });

  test.each<[string, string, string, number]>([
    ['a key twice', 'a: 1\na: 2\n', 'Map keys must be unique', 5],
    ['an open quote', 'a: "b\n', 'Missing closing "quote', 6],
    [
      'an open bracket',
      'a: [b\n',
      'Flow sequence in block collection must be sufficiently indented and end with a ]',
      6,
    ],
    ['a list as a key', 'a: 1\n? [b]\n: 1\n', 'a key must be a text, and is a map or a list', 7],
    ['a map as a key', 'a: { { b: 1 }: 2 }\n', 'a key must be a text, and is a map or a list', 5],
    ['several documents', 'a: [\n]\n---\nb: 2\n', expect.stringContaining('multiple documents') as never, 7],
  ])('%s: its problem is told, in its words', (_, text, message, offset) => {
    expect(problemOf(text)).toStrictEqual([message, offset]);
  });

  test('not if it is large: that would take too long', () => {
    const filled = (length: number) => `a: {\n}\n#${'-'.repeat(length - 8)}`;
    expect(parse(filled(1_000_000))).toStrictEqual([{ a: {} }]);
    expect(problemOf(filled(1_000_001))).toStrictEqual(['deficient indentation', 5]);
  });

  test('where it throws something else, the problem of the quick parser stands', () => {
    expect(problemOf('a: *b\n')[0]).toBe('unidentified alias "b"');
    expect(problemOf('a: *b\n', leniently)).toStrictEqual(['the reason of the quick parser', 7]);
    expect(problemOf(`a: &a [${'x, '.repeat(200)}]\nb: [${'*a, '.repeat(200)}]\n`, leniently)).toStrictEqual([
      'the reason of the quick parser',
      7,
    ]);
  });
});

describe('depth', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test('199 levels are read', () => {
    expect(JSON.stringify(parse(nested(199))[0])).toBe(nested(199));
  });

  test('more are refused, whatever the stack would bear', () => {
    expect(problemOf(nested(200))).toStrictEqual(['nested to 200 levels or more', 199]);
    expect(problemOf(nested(20_000))).toStrictEqual(['nested to 200 levels or more', 199]);
  });
});

test('several documents, where a directive hides a marker', () => {
  expect(parse('%YAML 1.2\n---\na: 1\n')).toStrictEqual([{ a: 1 }]);
  expect(parse('')).toStrictEqual([]);
  expect(parse('a: 1\n---\nb: 2\n')).toStrictEqual([{ a: 1 }, { b: 2 }]);
});
