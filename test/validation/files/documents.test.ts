import { documentsOf } from '../../../lib/validation/files/documents';
import { Positions } from '../../../lib/validation/files/positions';

const values = (text: string) => documentsOf('f', text).documents.map(({ value }) => value);
const problems = (text: string) =>
  documentsOf('f', text).unreadable.map(({ file, line, column, problem }) => `${file}:${line}:${column} ${problem}`);
const lines = (text: string, field: string) =>
  documentsOf('f', text).documents.map((document) => new Positions().lineOf(document, field));

describe('where documents begin and end', () => {
  test.each<[string, string, unknown[]]>([
    ['without a marker', 'a: 1\n', [{ a: 1 }]],
    ['markers between', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a marker first', '---\na: 1\n', [{ a: 1 }]],
    ['a marker last', 'a: 1\n---\n---\n', [{ a: 1 }]],
    ['a marker last, without a line end', 'a: 1\n---', [{ a: 1 }]],
    ['an end first', '...\na: 1\n...', [{ a: 1 }]],
    ['several in a row', '---\n---\n\n---\na: 1\n---\n \t\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['content behind the marker', '--- { a: 1 }\n--- b\n---\t[c]\n', [{ a: 1 }, 'b', ['c']]],
    ['a block behind the marker', '--- |\n%!PS\n--- >-\n  b\n  c\n', ['%!PS\n', 'b c']],
    ['a tag or an anchor behind the marker', '--- !mine\na: 1\n--- &b\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a tag or an anchor alone', '--- &a\n--- !!str\n', [null, '']],
    ['a comment behind the marker', '--- # first\na: 1\n---   # none\n--- #\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['ends of documents', 'a: 1\n...\nb: 2\n... # the end\n---\nc: 3\n...\n...\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['Windows line ends', 'a: 1\r\n---\r\nb: 2\r\n...\r\nc: 3\r\n---\r\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['old Mac line ends', '# a\ra: 1\r---\r# b\rb:\r  c: 2\r...\r', [{ a: 1 }, { b: { c: 2 } }]],
    ['a byte-order mark', '\uFEFFa: 1\n', [{ a: 1 }]],
    ['a byte-order mark before a marker', '\uFEFF---\na: 1\n', [{ a: 1 }]],
    [
      'files with byte-order marks put together',
      '\uFEFFa: 1\n\uFEFF---\nb: 2\r\n\uFEFF---\r\n\uFEFFc: 3\n',
      [{ a: 1 }, { b: 2 }, { c: 3 }],
    ],
    ['a byte-order mark inside of a line is text', 'a: b\uFEFF\n', [{ a: 'b\uFEFF' }]],
    ['directives', '%YAML 1.2\n---\na: 1\n...\n%YAML 1.1\n# why\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a directive of tags', '%TAG !e! tag:example.org,2000:\n---\na: !e!x 1\n', [{ a: '1' }]],
    ['a directive that ends before its document', '%YAML 1.2\n...\na: 1\n', [{ a: 1 }]],
    ['a directive alone', '%YAML 1.2\n', []],
    ['null is a document', '---\nnull\n---\n~\n', [null, null]],
    ['lists and texts', '- a\n- b\n---\nc\n', [['a', 'b'], 'c']],
    ['nothing', '', []],
    ['blanks', '  \n\t\n\r\n', []],
    ['comments alone', '# a\n\n  # b\n---\n# c\n---\n#', []],
    ['a comment longer than what is looked at', `# ${'-'.repeat(500)}\n---\na: 1\n`, [{ a: 1 }]],
    ['JSON', '{"a": 1}\n---\n{\n\t"b": 2\n}', [{ a: 1 }, { b: 2 }]],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toStrictEqual(expected);
    expect(problems(text)).toStrictEqual([]);
  });

  test.each<[string, string, unknown[]]>([
    [
      'indented, it is text',
      'a: |\n  x\n  ---\n  ...\n  y\nb: "c\n  ---\n  d"\n',
      [{ a: 'x\n---\n...\ny\n', b: 'c --- d' }],
    ],
    ['at the start of a line it ends a block', 'a: |\n  x\n---\nb: 2\n', [{ a: 'x\n' }, { b: 2 }]],
    ['more than a marker is text', '---a\n', ['---a']],
    ['so is a marker that something else follows', '....\n', ['....']],
    ['and a marker inside of a line', 'a: b ---\n', [{ a: 'b ---' }]],
  ])('a marker is three characters at the start of a line: %s', (_, text, expected) => {
    expect([values(text), problems(text)]).toStrictEqual([expected, []]);
  });

  test('a marker ends even a quoted text', () => {
    expect(values('a: "x\n---\ny: 1\n')).toStrictEqual([{ true: 1 }]);
    expect(problems('a: "x\n---\ny: 1\n')).toStrictEqual(['f:2:1 Missing closing "quote']);
  });
});

describe('lines', () => {
  test.each<[string, string, number[]]>([
    ['are those of the file', 'f: 1\n---\n\n# why\nf: 1\n---\nf: 1\n', [1, 5, 7]],
    ['behind a marker', '--- { f: 1 }\n--- !mine\nf: 1\n', [1, 3]],
    ['Windows line ends', '# a\r\nf: 1\r\n---\r\na: b\r\nf: 1\r\n', [2, 5]],
    ['old Mac line ends', '# a\rf: 1\r---\ra: b\rf: 1\r', [2, 5]],
    ['both line ends, and old Mac ones', '# a\r\rf: 1\r\n---\nf: 1', [3, 5]],
    ['a byte-order mark', '\uFEFFf: 1\n\uFEFF---\n\uFEFFf: 1\n', [1, 3]],
    ['directives', '%YAML 1.2\n---\nf: 1\n...\n%YAML 1.2\n---\nf: 1\n', [3, 7]],
    ['comments before', '# a\n\n---\n# b\n---\n\n# c\nf: 1\n', [8]],
    ['a text that is all there is', '\n\ntext\n', [3]],
    ['nothing but an anchor', 'a: 1\n--- &a\n', [1, 2]],
  ])('%s', (_, text, expected) => {
    expect(lines(text, 'f')).toStrictEqual(expected);
  });
});

describe('a document that cannot be read', () => {
  test('is told of with its place in the file, and the others are read', () => {
    const text = 'a: 1\n---\n# why\nb: [\n---\nc: 3\n';
    expect(values(text)).toStrictEqual([{ a: 1 }, { c: 3 }]);
    expect(problems(text)).toStrictEqual([
      'f:5:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ]);
  });

  test.each([
    ['a key twice', 'a: 1\n---\nb: 1\n  \nb: 2\n', 'f:5:1 Map keys must be unique'],
    ['a tab', 'a: 1\r\n---\r\nb:\r\n\tc: 1\r\n', 'f:4:1 Tabs are not allowed as indentation'],
    ['old Mac line ends', 'a: 1\r---\rb: 1\rb: 2\r', 'f:4:1 Map keys must be unique'],
    ['after a byte-order mark', '\uFEFFb: 1\nb: 2\n---\na: 1\n', 'f:2:1 Map keys must be unique'],
    ['in the first column', '\uFEFF@b\n---\na: 1\n', 'f:1:1 Plain value cannot start with reserved character @'],
    ['a directive in the middle', 'a: 1\n---\nb: 2\n%YAML 1.2\n---\n', /^f:4:1 /],
    [
      'a directive without a marker',
      '%YAML 1.2\nb: 1\n---\na: 1\n',
      'f:2:1 Missing directives-end/doc-start indicator line',
    ],
    ['a line of % behind a marker', '---\n%if\n---\na: 1\n', /^f:2:1 .* directive indicator character %$/],
    ['no such anchor', 'a: 1\n---\nb: *c\n', 'f:3:5 unidentified alias "c"'],
  ])('%s', (_, text, problem) => {
    expect(values(text)).toStrictEqual([{ a: 1 }]);
    expect(problems(text)).toStrictEqual([expect.stringMatching(problem)]);
  });

  test('a template is told to be rendered', () => {
    const hint = '; render templates first: helm template . | cdk8s-patterns check -';
    expect(problems('a: {{ .Values.a }}\n')).toStrictEqual([
      `f:1:5 a key must be a text, and is a map or a list${hint}`,
    ]);
    expect(problems('{{- if .Values.a }}\na: 1\n{{- end }}\n')).toStrictEqual([expect.stringContaining(hint)]);
    expect(problems('a: {{\n')).toStrictEqual([expect.not.stringContaining('helm')]);
    expect(problems('a: "{{ b }}"\n---\na: [\n')).toStrictEqual([expect.not.stringContaining('helm')]);
  });

  test('what is no fault of the document is thrown', () => {
    const parse = jest.spyOn(require('../../../lib/validation/files/parse'), 'parse');
    parse.mockImplementation(() => {
      throw new Error('a bug');
    });
    expect(() => documentsOf('f', 'a: 1\n')).toThrow('a bug');
    parse.mockRestore();
  });
});

test('KYAML, which kubectl writes', () => {
  const text = `---
# why
{
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    labels: {
      "app.kubernetes.io/name": "web",
    },
  },
  spec: {
    ports: [{
      port: 80,
    }, {
      port: 81,
    }],
  },
}
---
{
  kind: "NO",
}
`;
  expect(values(text)).toStrictEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
      spec: { ports: [{ port: 80 }, { port: 81 }] },
    },
    { kind: 'NO' },
  ]);
  expect(lines(text, 'kind')).toStrictEqual([5, 21]);
  expect(lines(text, 'metadata.labels[app.kubernetes.io/name]')[0]).toBe(8);
  expect(lines(text, 'spec.ports[1].port')[0]).toBe(15);
  expect(lines(text, 'spec.ports[1]')[0]).toBe(14);
});
