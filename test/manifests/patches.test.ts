import { JsonPatch } from 'cdk8s';
import { applyPatches } from '../../lib/manifests';
import { thrown } from '../support/apps';

const document = () => ({ spec: { list: [{ name: 'a' }], 'a/b~c': 1 } });

test.each([
  ['add a field', JsonPatch.add('/spec/new', 1), { spec: { ...document().spec, new: 1 } }],
  ['add at the end', JsonPatch.add('/spec/list/-', 'b'), { spec: { ...document().spec, list: [{ name: 'a' }, 'b'] } }],
  ['replace', JsonPatch.replace('/spec/list/0/name', 'b'), { spec: { ...document().spec, list: [{ name: 'b' }] } }],
  ['remove', JsonPatch.remove('/spec/list/0'), { spec: { ...document().spec, list: [] } }],
  ['copy', JsonPatch.copy('/spec/list', '/twin'), { ...document(), twin: [{ name: 'a' }] }],
  ['test', JsonPatch.test('/spec/list/0/name', 'a'), document()],
  ['an escaped path', JsonPatch.replace('/spec/a~1b~0c', 2), { spec: { ...document().spec, 'a/b~c': 2 } }],
])('applies: %s', (_, patch, expected) => {
  expect(applyPatches(document(), [patch])).toEqual(expected);
});

test('applies patches in their order, each on what the last one left', () => {
  const patches = [
    JsonPatch.add('/spec/map', {}),
    JsonPatch.add('/spec/map/key', 1),
    JsonPatch.replace('/spec/map/key', 2),
  ];
  expect(applyPatches(document(), patches)).toMatchObject({ spec: { map: { key: 2 } } });
});

test.each([
  ['replace', JsonPatch.replace('/spec/none', 1), 'replace /spec/none: there is no /spec/none'],
  ['remove', JsonPatch.remove('/spec/none'), 'remove /spec/none: there is no /spec/none'],
  ['add below', JsonPatch.add('/spec/none/key', 1), 'add /spec/none/key: there is no /spec/none'],
  ['copy from', JsonPatch.copy('/none', '/twin'), 'copy /twin: there is no /none'],
  ['move to', JsonPatch.move('/spec/list', '/none/list'), 'move /none/list: there is no /none'],
])('refuses what is not there: %s', (_, patch, problem) => {
  expect(thrown(() => applyPatches(document(), [patch]))).toBe(
    `patch: ${problem} in this form of the manifest; compare it with the manifest as it is written`,
  );
});

test('a test that fails is told in one line', () => {
  expect(thrown(() => applyPatches(document(), [JsonPatch.test('/spec/list/0/name', 'b')]))).toBe(
    'patch: test /spec/list/0/name: Test operation failed; compare it with the manifest as it is written',
  );
});
