import { parentOf, pathOf, step } from '../../../lib/validation/files/paths';

test.each<[string | number, string]>([
  [0, '[0]'],
  [12, '[12]'],
  ['12', '.12'],
  ['spec', '.spec'],
  ['a-b_C9', '.a-b_C9'],
  ['a.b', '[a.b]'],
  ['a/b', '[a/b]'],
  ['/b', '[/b]'],
  ['b/', '[b/]'],
  ['', '[]'],
])('%j is one step: %s', (key, expected) => {
  expect(step(key)).toBe(expected);
});

test.each([
  ['', ''],
  ['spec', '.spec'],
  ['spec.replicas', '.spec.replicas'],
  ['items[12].spec', '.items[12].spec'],
  ['[1].spec', '[1].spec'],
  ['metadata.labels[app]', '.metadata.labels.app'],
  ['metadata.labels[1a]', '.metadata.labels.1a'],
  ['metadata.labels[a1]', '.metadata.labels.a1'],
  ['metadata.labels[a.b/c].x', '.metadata.labels[a.b/c].x'],
  ['a[b][0][1]', '.a.b[0][1]'],
])('the field %s has the path %s', (field, expected) => {
  expect(pathOf(field)).toBe(expected);
});

test.each([
  ['.spec.replicas', '.spec'],
  ['.items[12]', '.items'],
  ['.items[12].spec', '.items[12]'],
  ['.spec', ''],
  ['[0]', ''],
  ['', ''],
])('%s lies in %j', (path, expected) => {
  expect(parentOf(path)).toBe(expected);
});
