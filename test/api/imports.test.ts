import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { restrictions, TIERS } from '../../projenrc/layers';

const LIB = resolve('lib');

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : [];
  });
}

const layerOf = (path: string) => relative(LIB, path).split(sep)[0] ?? '';

test('no folder of lib imports what it must not', () => {
  const wrong = sources(LIB).flatMap((file) => {
    const forbidden = restrictions().find(({ layer }) => layer === layerOf(file))?.forbidden ?? [];
    const imports = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path]) => path ?? '');
    return imports
      .map((path) => layerOf(resolve(dirname(file), path)))
      .filter((layer) => forbidden.includes(layer))
      .map((layer) => `${relative(LIB, file)} imports ${layer}`);
  });
  expect(wrong).toEqual([]);
});

test('ARCHITECTURE.md holds the same table', () => {
  const rows = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\| \d+ \| (.*?) \| (.*?) \|$/gm)];
  expect(rows.map(([, folders]) => folders?.replace(/`/g, '').split(', '))).toEqual(TIERS);
});

test('the lint forbids, for every folder, its siblings and what is above', () => {
  const { overrides } = JSON.parse(readFileSync('biome.jsonc', 'utf8').replace(/^\/\/.*$/gm, ''));
  const linted = overrides.map((override: any) => {
    const [pattern] = override.linter.rules.style.noRestrictedImports.options.patterns;
    return { layer: override.includes[0].split('/')[1], message: pattern.message, group: pattern.group };
  });
  expect(linted).toEqual(
    restrictions().map(({ layer, message, forbidden }) => ({
      layer,
      message,
      group: forbidden.flatMap((other) => [`../**/${other}`, `../**/${other}/**`]),
    })),
  );
});

test('every folder of lib has its place in the table, and no file is over 400 lines', () => {
  const folders = readdirSync(LIB).filter((name) => statSync(join(LIB, name)).isDirectory());
  expect(folders.filter((name) => !TIERS.flat().includes(name))).toEqual([]);
  expect(sources(LIB).filter((file) => readFileSync(file, 'utf8').split('\n').length > 400)).toEqual([]);
});

test('every topic has the same files', () => {
  for (const topic of ['availability', 'app']) {
    expect(readdirSync(join(LIB, topic))).toEqual(
      expect.arrayContaining(['README.md', 'index.ts', 'intent.ts', 'manifest.ts', 'props.ts']),
    );
  }
});

test('cdk8s-plus-27 is loaded by nobody who does not use it', () => {
  const wrong = sources(LIB).filter((file) =>
    /^import (?!type ).*from 'cdk8s-plus-27'/m.test(readFileSync(file, 'utf8')),
  );
  expect(wrong).toEqual([]);
});
