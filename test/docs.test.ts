import { readFileSync } from 'node:fs';
import { RULES } from '../lib/rules';
import { BUILT_INS } from '../lib/validation/built-in';
import * as annotations from '../lib/values/annotations';
import { enginesPage, fencesPage, rulesPage, versionsPage } from '../scripts/docs';
import { performancePage } from '../scripts/performance';
import { proofPage } from '../scripts/proof';
import { readResults } from './cluster/support/results';

test.each([
  ['docs/rules.md', rulesPage],
  ['docs/canary-engines.md', enginesPage],
  ['docs/fence-engines.md', fencesPage],
  ['docs/kubernetes-versions.md', versionsPage],
])('%s is fresh: `npm run docs` changes nothing', (file, page) => {
  expect(readFileSync(file, 'utf8')).toBe(page());
});

test('docs/proof.md is fresh: `npm run docs:proof` changes nothing', () => {
  expect(readFileSync('docs/proof.md', 'utf8')).toBe(proofPage(readResults()));
});

test('docs/performance.md is fresh: `tsx scripts/generate-performance.ts` changes nothing', () => {
  expect(readFileSync('docs/performance.md', 'utf8')).toBe(performancePage());
});

test('docs/command-line.md names every annotation that rules read', () => {
  const { CONFIG_HASH: _, ...read } = annotations;
  const keys = Object.values(read).flatMap((value) => (typeof value === 'string' ? [value as string] : []));
  const page = readFileSync('docs/command-line.md', 'utf8');
  expect(keys.length).toBeGreaterThan(10);
  for (const key of keys) expect(page).toContain(`| \`${key}\` |`);
});

test('every finding has its heading, so that its id is an anchor', () => {
  const page = rulesPage();
  for (const { id } of [...RULES, ...BUILT_INS]) expect(page).toContain(`\n## ${id}\n`);
});
