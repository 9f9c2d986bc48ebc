import { documentsOf, type YamlDocument } from '../../../lib/validation/files/documents';
import { lenientOffsets } from '../../../lib/validation/files/lenient';
import { Lines } from '../../../lib/validation/files/lines';
import { Positions } from '../../../lib/validation/files/positions';

const document = (text: string) => documentsOf('f', text).documents[0] as YamlDocument;
const line = (text: string, field: string) => new Positions().lineOf(document(text), field);

const TEXT = `# a Deployment
apiVersion: apps/v1
metadata:
  annotations:
    example.org/note: |
      a
      b
    plain: c
spec:
  template:
    spec:
      containers:
        - name: web
          args:
            - one
            - "two"
            - |
              three
            - >-
              four
            - &five five
            - *five
            - !!str 6
            -
            - - [ 7,
                  8 ]
          env: [{ name: A },
                { name: B, value: "1" }]
        -
          name: sidecar
        - &third
          name: third
  '12': x
  a key: y
  empty:
  12: z
`;
/** Only the lenient parser takes it. */
const LENIENT = `${TEXT}lenient: {\n}\n`;

describe.each([
  ['quick', TEXT],
  ['lenient', LENIENT],
])('the %s parser', (_, text) => {
  test.each<[string, number]>([
    ['apiVersion', 2],
    ['metadata', 3],
    ['metadata.annotations[example.org/note]', 5],
    ['metadata.annotations.plain', 8],
    ['metadata.annotations[plain]', 8],
    ['spec.template.spec.containers', 12],
    ['spec.template.spec.containers[0]', 13],
    ['spec.template.spec.containers[0].name', 13],
    ['spec.template.spec.containers[0].args[0]', 15],
    ['spec.template.spec.containers[0].args[1]', 16],
    ['spec.template.spec.containers[0].args[2]', 17],
    ['spec.template.spec.containers[0].args[3]', 19],
    ['spec.template.spec.containers[0].args[4]', 21],
    ['spec.template.spec.containers[0].args[5]', 22],
    ['spec.template.spec.containers[0].args[6]', 23],
    ['spec.template.spec.containers[0].args[8]', 25],
    ['spec.template.spec.containers[0].args[8][0][1]', 26],
    ['spec.template.spec.containers[0].env[0].name', 27],
    ['spec.template.spec.containers[0].env[1].value', 28],
    ['spec.template.spec.containers[1]', 30],
    ['spec.template.spec.containers[1].name', 30],
    ['spec.template.spec.containers[2].name', 32],
    ['spec[a key]', 34],
    ['spec.empty', 35],
  ])('%s stands in line %d', (field, expected) => {
    expect(line(text, field)).toBe(expected);
  });

  test.each<[string, string, number]>([
    ['a field that is not written', 'spec.replicas', 9],
    ['one far below', 'spec.template.spec.containers[1].resources.limits[nvidia.com/gpu]', 30],
    ['an item that is not there', 'spec.template.spec.containers[0].env[2].name', 27],
    ['below a text', 'metadata.annotations[example.org/note].x', 5],
    ['below an alias', 'spec.template.spec.containers[0].args[5].x', 22],
    ['nothing of it', 'status.phase', 2],
    ['no field', '', 2],
    ['a field whose name begins like another', 'metadata.annotations.plainer', 4],
  ])('%s: the line of the nearest field around it', (_, field, expected) => {
    expect(line(text, field)).toBe(expected);
  });
});

test('an item of which nothing is written has the line of its list, or that of its dash', () => {
  expect(line(TEXT, 'spec.template.spec.containers[0].args[7]')).toBe(14);
  expect(line(LENIENT, 'spec.template.spec.containers[0].args[7]')).toBe(24);
});

test('keys without a value', () => {
  expect(line('a: {\n  b,\n  c\n}\n', 'a.c')).toBe(3);
  expect(line('a: {\n  b,\n  c\n  }\n', 'a.c')).toBe(3);
});

test('items of a List', () => {
  const list = 'kind: List\nitems:\n  - kind: A\n  - kind: B\n    metadata:\n      name: b\n';
  expect(line(list, 'items[1].metadata.name')).toBe(6);
  expect(line(list, 'items[1].spec.replicas')).toBe(4);
  expect(line(list, 'items[2].kind')).toBe(2);
});

test('a document that is a list', () => {
  expect(line('- a\n- b: 1\n', '[1].b')).toBe(2);
  expect(line('- a\n- b: 1\n', '[0]')).toBe(1);
});

test('keys that come from a merge have the line of the map that they are merged into', () => {
  const text = 'base: &base { a: 1 }\nother:\n  <<: *base\n  b: 2\nlast: { <<: [*base, *base] }\n';
  expect(['other.a', 'other.b', 'other[<<]', 'last.a'].map((field) => line(text, field))).toEqual([2, 4, 3, 5]);
});

test('keys are where they begin, however they are written', () => {
  const text = "a:\n  ? |-\n    b\n  : 1\n  ? 'c'\n  : 2\n  : 3\n";
  expect(['a.b', 'a.c', 'a.d'].map((field) => line(text, field))).toEqual([2, 5, 1]);
});

test('a key that is no text is passed over', () => {
  const text = '? [a]\n: 1\nb: 1\n';
  const broken: YamlDocument = { file: 'f', text, value: {}, lineAt: (offset) => new Lines(text).at(offset).line };
  expect(new Positions().lineOf(broken, 'b')).toBe(3);
  expect([...lenientOffsets(text).keys()]).toEqual(['', '.b']);
});

test('a document is gone through once, however often it is asked for', () => {
  const events = jest.spyOn(require('js-yaml'), 'parseEvents');
  const [positions, one, other] = [new Positions(), document('a: 1\nb: 2\n'), document('a: 1\n')];
  expect([positions.lineOf(one, 'a'), positions.lineOf(one, 'b'), positions.lineOf(other, 'a')]).toEqual([1, 2, 1]);
  expect(events).toHaveBeenCalledTimes(2);
  events.mockRestore();
});

test('nothing is where there is nothing', () => {
  expect(new Positions().lineOf({ file: 'f', text: '', value: null, lineAt: (offset) => offset + 1 }, 'a')).toBe(1);
});

describe('lines and columns count from 1', () => {
  test.each<[number, number, number]>([
    [0, 1, 1],
    [1, 1, 2],
    [2, 2, 1],
    [3, 3, 1],
    [5, 3, 3],
    [6, 4, 1],
    [7, 4, 2],
    [99, 4, 94],
  ])('offset %d stands in line %d, column %d', (offset, expected, column) => {
    expect(new Lines('a\n\nbc\nd').at(offset)).toEqual({ line: expected, column });
  });

  test('without a line end', () => {
    expect([new Lines('').at(0), new Lines('ab').at(2)]).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
    ]);
  });
});
