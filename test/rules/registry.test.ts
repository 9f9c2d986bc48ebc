import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RETIRED_IDS, RULES } from '../../lib/rules';
import { acknowledgedId, acknowledgeKey } from '../../lib/values/annotations';
import { findings, objects } from '../support/rules';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds exactly itself in its bad example', () => {
    const found = findings(rule.bad, rule);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(` ${id}: `);
  });

  test('leaves its good example alone, as do all other rules', () => {
    expect(objects(rule.good)).not.toEqual([]);
    expect(findings(rule.good, rule)).toEqual([]);
  });

  test('has the id of its file and a test', () => {
    expect(existsSync(join('lib/rules', `${id}.ts`))).toBe(true);
    expect(existsSync(join('test/rules', `${id}.test.ts`))).toBe(true);
  });

  test('can be acknowledged in an annotation, whose key has at most 63 characters', () => {
    expect(acknowledgedId(acknowledgeKey(id))).toBe(id);
    expect(acknowledgeKey(id).split('/')[1]?.length).toBeLessThanOrEqual(63);
  });

  test('says why, in whole sentences, with sources', () => {
    expect(rule.why).toMatch(/^[A-Z`].*\.$/s);
    expect(rule.sources.length).toBeGreaterThan(0);
    for (const source of rule.sources) expect(source).toMatch(/^https:\/\//);
  });

  test('says since which version it is there', () => {
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

test('ids are unique, in order, and none was retired', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids.filter((id) => RETIRED_IDS.includes(id))).toEqual([]);
  for (const id of ids) expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+){0,4}$/);
});
