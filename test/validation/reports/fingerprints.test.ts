import { digests, fingerprints } from '../../../lib/validation/reports/fingerprints';
import { located } from '../../support/reports';

const object = { apiVersion: 'apps/v1', kind: 'Deployment', inNamespace: 'shop', name: 'web' };
const [print = ''] = fingerprints([located()]);

test('32 hexadecimal digits that are the same in every run', () => {
  expect(fingerprints([located()])).toEqual(['1d5d055e2441e06d86f0e1ee36c57126']);
});

test('stay when lines move or texts change', () => {
  expect(fingerprints([located({}, 'k8s/web.yaml', 99)])).toEqual([print]);
  expect(fingerprints([located({ problem: 'other words', fix: 'too' })])).toEqual([print]);
  expect(fingerprints([located({ acknowledged: 'r' })])).toEqual([print]);
});

test.each([
  ['id', located({ id: 'app/image-not-pinned' })],
  ['file', located({}, 'k8s/api.yaml')],
  ['field', located({ field: 'spec.strategy.type' })],
  ['version', located({ object: { ...object, apiVersion: 'apps/v1beta1' } })],
  ['kind', located({ object: { ...object, kind: 'StatefulSet' } })],
  ['namespace', located({ object: { ...object, inNamespace: 'ops' } })],
  ['no namespace', located({ object: { ...object, inNamespace: undefined } })],
  ['name', located({ object: { ...object, name: 'api' } })],
])('another %s is another finding', (_, other) => {
  expect(fingerprints([other])).not.toEqual([print]);
});

test('equal findings are told apart by their order, whatever stands between them', () => {
  const other = located({ id: 'app/image-not-pinned' });
  const prints = fingerprints([located(), other, located(), located()]);
  expect(prints[0]).toBe(print);
  expect(prints[1]).toBe(fingerprints([other])[0]);
  expect(new Set(prints).size).toBe(4);
  expect(fingerprints([located(), located(), located()])).toEqual([prints[0], prints[2], prints[3]]);
});

test('none of none', () => {
  expect([fingerprints([]), digests([])]).toEqual([[], []]);
});
