import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, readBytes, readYaml } from '../../../lib/validation/files/read-files';
import { inFolder } from '../../support/command-line';

const POD = 'apiVersion: v1\nkind: Pod\n';
const POD_READ = [{ apiVersion: 'v1', kind: 'Pod' }];

const named = (...files: string[]) => files.map((file) => ({ file, named: true }));
const found = (...files: string[]) => files.map((file) => ({ file, named: false }));
const folderOf = (...files: string[]) => Object.fromEntries(files.map((file) => [file, POD]));

/** What a test cannot bring about, since it may be run by root. */
function failing<T>(call: string, error: unknown, action: () => T): T {
  const spy = jest.spyOn(require('node:fs'), call).mockImplementation(() => {
    throw error;
  });
  try {
    return action();
  } finally {
    spy.mockRestore();
  }
}

const failure = (code: string) => Object.assign(new Error(`${code}: what the system says`), { code });

describe('which files there are', () => {
  test('those that are named, whatever their names, in their order', () => {
    inFolder(folderOf('b.txt', 'a.yaml', 'c', '.d.yaml'), () => {
      expect(listFiles(['b.txt', 'a.yaml', 'c', '.d.yaml'])).toEqual({
        files: named('b.txt', 'a.yaml', 'c', '.d.yaml'),
        unreadable: [],
      });
    });
  });

  test('below folders .yaml, .yml and .json, in the order of their names', () => {
    const files = folderOf(
      'k/b.yml',
      'k/a/z.JSON',
      'k/c.yaml',
      'k/a.Yaml',
      'k/x.yamlx',
      'k/y.txt',
      'k/yaml',
      'k/x.json5',
    );
    inFolder(files, () => {
      expect(listFiles(['k']).files).toEqual(found('k/a/z.JSON', 'k/a.Yaml', 'k/b.yml', 'k/c.yaml'));
      expect(listFiles(['./k/']).files).toEqual(listFiles(['k']).files);
      expect(listFiles(['.']).files).toEqual(listFiles(['k']).files);
    });
  });

  test('whatever order the system gives', () => {
    inFolder(folderOf('k/a.yaml', 'k/b.yaml', 'k/c.yaml', 'k/d.yaml'), () => {
      const { readdirSync } = jest.requireActual('node:fs');
      const entries = readdirSync('k', { withFileTypes: true });
      for (const order of [entries, [...entries].reverse(), [1, 3, 0, 2].map((index) => entries[index])]) {
        const spy = jest.spyOn(require('node:fs'), 'readdirSync').mockReturnValue([...order]);
        expect(listFiles(['k']).files).toEqual(found('k/a.yaml', 'k/b.yaml', 'k/c.yaml', 'k/d.yaml'));
        spy.mockRestore();
      }
    });
  });

  test('a folder whose name ends like that of a file is a folder', () => {
    inFolder(folderOf('k/a.yaml/b.yaml'), () => {
      expect(listFiles(['k']).files).toEqual(found('k/a.yaml/b.yaml'));
    });
  });

  test('hidden folders and node_modules are left out below others, and hidden files are not', () => {
    const files = folderOf(
      '.git/a.yaml',
      'node_modules/b.yaml',
      'k/.github/c.yaml',
      'k/.d.yaml',
      'k/node_modules.yaml',
    );
    inFolder(files, () => {
      expect(listFiles(['.']).files).toEqual(found('k/.d.yaml', 'k/node_modules.yaml'));
      expect(listFiles(['.git', 'node_modules']).files).toEqual(found('.git/a.yaml', 'node_modules/b.yaml'));
    });
  });

  test('paths are said without detours, as reports need them', () => {
    inFolder(folderOf('k/a.yaml', 'b.yaml'), (folder) => {
      expect(listFiles(['./b.yaml', 'k/../k//a.yaml']).files).toEqual(named('b.yaml', 'k/a.yaml'));
      expect(listFiles([join(folder, 'b.yaml')]).files).toEqual(named(join(folder, 'b.yaml')));
    });
  });

  test('each is there once, by the name that comes first', () => {
    inFolder(folderOf('k/a.yaml', 'k/b.yaml'), () => {
      symlinkSync('a.yaml', 'k/c.yaml');
      symlinkSync('..', 'k/up');
      symlinkSync('k', 'l');
      expect(listFiles(['k/b.yaml', '.', 'k', 'l']).files).toEqual([...named('k/b.yaml'), ...found('k/a.yaml')]);
      expect(listFiles(['l']).files).toEqual(found('l/a.yaml', 'l/b.yaml'));
    });
  });

  test('links to hidden folders are links', () => {
    inFolder(folderOf('k/.git/a.yaml', 'k/.b/c.yaml'), () => {
      symlinkSync('.git', 'k/d');
      symlinkSync('.b', 'k/node_modules');
      expect(listFiles(['k']).files).toEqual(found('k/d/a.yaml'));
    });
  });
});

describe('what cannot be read is told of, and the others are read', () => {
  test.each<[string, string, string]>([
    ['a file that is not there', 'none.yaml', 'is not there'],
    ['no name', '', 'is not there'],
    ['a link that leads nowhere', 'broken.yaml', 'is not there, a link leads there'],
    ['a link to itself', 'loop.yaml', 'is a link to itself, a link leads there'],
    ['a path below a link to itself', 'loop.yaml/a.yaml', 'is a link to itself'],
    ['a path below a file', 'a.yaml/b.yaml', "cannot be read: ENOTDIR: not a directory, stat 'a.yaml/b.yaml'"],
  ])('%s', (_, path, problem) => {
    inFolder(folderOf('a.yaml'), () => {
      symlinkSync('nowhere', 'broken.yaml');
      symlinkSync('loop.yaml', 'loop.yaml');
      expect(listFiles([path, 'a.yaml'])).toEqual({ files: named('a.yaml'), unreadable: [{ file: path, problem }] });
    });
  });

  test('a name that is too long', () => {
    const { unreadable } = listFiles(['a'.repeat(5_000)]);
    expect(unreadable).toEqual([{ file: 'a'.repeat(5_000), problem: expect.stringContaining('ENAMETOOLONG') }]);
  });

  test('broken links in a folder', () => {
    inFolder(folderOf('k/b.yaml'), () => {
      symlinkSync('nowhere', 'k/a.yaml');
      symlinkSync('nowhere', 'k/other');
      expect(listFiles(['k'])).toEqual({
        files: found('k/b.yaml'),
        unreadable: [{ file: 'k/a.yaml', problem: 'is not there, a link leads there' }],
      });
    });
  });

  test.each([
    ['EACCES', 'may not be read'],
    ['EPERM', 'may not be read'],
    ['EMFILE', 'cannot be read: EMFILE: what the system says'],
  ])('a folder: %s', (code, problem) => {
    inFolder(folderOf('k/a.yaml'), () => {
      const listing = failing('readdirSync', failure(code), () => listFiles(['k']));
      expect(listing).toEqual({ files: [], unreadable: [{ file: 'k', problem }] });
    });
  });

  test('a pipe is read where it is named, and never waited for in a folder', () => {
    inFolder(folderOf('k/a.yaml'), () => {
      execFileSync('mkfifo', ['k/pipe.yaml', 'pipe']);
      expect(listFiles(['pipe', 'k'])).toEqual({
        files: [...named('pipe'), ...found('k/a.yaml')],
        unreadable: [{ file: 'k/pipe.yaml', problem: 'is neither a file nor a folder' }],
      });
    });
  });

  test('a device is no file', () => {
    expect(listFiles(['/dev/null'])).toEqual({
      files: [],
      unreadable: [{ file: '/dev/null', problem: 'is neither a file nor a folder' }],
    });
  });
});

describe('what a file holds', () => {
  const read = (content: string | Buffer, isNamed = true) =>
    inFolder({ 'a.yaml': content }, () => {
      const { file, documents, others, unreadable } = readYaml('a.yaml', isNamed);
      return [file, documents.map(({ value }) => value), others, unreadable];
    });

  test('its documents, with its name', () => {
    expect(read(POD)).toStrictEqual(['a.yaml', POD_READ, 0, []]);
    expect(read('a: [\n---\na: é\n')).toStrictEqual([
      'a.yaml',
      [],
      1,
      [{ file: 'a.yaml', line: 2, column: 1, problem: expect.stringContaining('Flow sequence') }],
    ]);
    expect(inFolder({ 'a.yaml': POD }, () => readYaml('a.yaml', true).documents[0]?.file)).toBe('a.yaml');
  });

  test('nothing of ours, unless it was named or says apiVersion', () => {
    expect(read('a: [', false)).toStrictEqual(['a.yaml', [], 0, []]);
    expect(read('a: 1')).toStrictEqual(['a.yaml', [], 1, []]);
    expect(read('a: apiVersion', false)).toStrictEqual(['a.yaml', [], 1, []]);
    expect(read('a: 1', false)).toStrictEqual(['a.yaml', [], 0, []]);
    expect(read(POD, false)).toStrictEqual(['a.yaml', POD_READ, 0, []]);
    expect(read(Buffer.from([0xff, 0xfe, 0x61, 0]), false)).toStrictEqual(['a.yaml', [], 0, []]);
  });

  test.each([true, false])('UTF-16, as Windows shells write it, is told of (named: %s)', (isNamed) => {
    const little = Buffer.from(`\uFEFF${POD}`, 'utf16le');
    const problem = 'is UTF-16; save it as UTF-8';
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect(read(bytes, isNamed)).toStrictEqual(['a.yaml', [], 0, [{ file: 'a.yaml', problem }]]);
    }
  });

  test.each([
    ['ENOENT', 'is not there'],
    ['EISDIR', 'is a folder'],
    ['EACCES', 'may not be read'],
    ['EIO', 'cannot be read: EIO: what the system says'],
  ])('nothing, where reading fails: %s', (code, problem) => {
    const file = failing('readFileSync', failure(code), () => readYaml('a.yaml', true));
    expect(file).toStrictEqual({ file: 'a.yaml', documents: [], others: 0, unreadable: [{ file: 'a.yaml', problem }] });
  });

  test('a file of more than 32 MB', () => {
    const problem = 'is 33 MB, and no more than 32 MB are read; split it';
    inFolder({ 'a.yaml': Buffer.alloc(33_000_000, ' ') }, () => {
      expect(readYaml('a.yaml', true).unreadable).toStrictEqual([{ file: 'a.yaml', problem }]);
      expect(readBytes('stdin', readFileSync('a.yaml')).unreadable).toStrictEqual([{ file: 'stdin', problem }]);
    });
    expect(read(`${POD}${' '.repeat(31_000_000)}`)).toStrictEqual(['a.yaml', POD_READ, 0, []]);
  });

  test('an error without a code', () => {
    expect(failing('readFileSync', new Error('no code'), () => readYaml('a.yaml', true)).unreadable).toStrictEqual([
      { file: 'a.yaml', problem: 'cannot be read: no code' },
    ]);
  });
});

describe('bytes', () => {
  const problemOf = (...bytes: number[]) => readBytes('stdin', Buffer.from(bytes)).unreadable[0]?.problem;

  test('are text in UTF-8, with or without a mark', () => {
    expect(readBytes('stdin', Buffer.from(POD))).toMatchObject({ file: 'stdin', documents: [{ value: POD_READ[0] }] });
    expect(readBytes('stdin', Buffer.from(`\uFEFF${POD}`)).documents).toMatchObject([{ value: POD_READ[0] }]);
    expect(readBytes('stdin', Buffer.alloc(0))).toStrictEqual({
      file: 'stdin',
      documents: [],
      others: 0,
      unreadable: [],
    });
  });

  test('or they are refused', () => {
    expect(problemOf(0x61, 0xff)).toBe('is no text in UTF-8');
    expect(problemOf(0x61, 0x00)).toBe('is no text in UTF-8');
    expect(problemOf(0xff, 0x61)).toBe('is no text in UTF-8');
    expect(problemOf(0xfe, 0xfe)).toBe('is no text in UTF-8');
    expect(problemOf(0xff, 0xff)).toBe('is no text in UTF-8');
    expect(problemOf(0x61, 0xfe)).toBe('is no text in UTF-8');
    expect(problemOf(0xff, 0xfe, 0x61, 0x00)).toBe('is UTF-16; save it as UTF-8');
    expect(problemOf(0xfe, 0xff, 0x00, 0x61)).toBe('is UTF-16; save it as UTF-8');
  });
});
