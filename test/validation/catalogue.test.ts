import { RULES } from '../../lib/rules';
import { BUILT_INS } from '../../lib/validation/built-in';
import { CATALOGUE, catalogued, shortWhyOf, whyOf } from '../../lib/validation/catalogue';

test('it holds every finding once, in the order of the ids', () => {
  const ids = CATALOGUE.map(({ id }) => id);
  expect(ids).toEqual([...RULES, ...BUILT_INS].map(({ id }) => id).sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('what an id stands for, or nothing', () => {
  expect(catalogued('app/grace-too-short')).toBe(RULES.find(({ id }) => id === 'app/grace-too-short'));
  expect(catalogued('findings/duplicate-object')).toBe(BUILT_INS.find(({ id }) => id === 'findings/duplicate-object'));
  expect(catalogued('app/nonsense')).toBeUndefined();
});

test('the reason on one line, and its first sentence', () => {
  for (const finding of CATALOGUE) {
    expect(whyOf(finding)).not.toContain('\n');
    expect(whyOf(finding).startsWith(shortWhyOf(finding))).toBe(true);
    expect(shortWhyOf(finding)).toMatch(/\.$/);
  }
});
