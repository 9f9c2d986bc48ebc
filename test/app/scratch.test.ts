import { Size } from 'cdk8s';
import { Scratch } from '../../lib/app/scratch';
import { thrown } from '../support/apps';

const scratch = (path: string, sizeLimit = Size.mebibytes(8)) => Scratch._of('cache', { path, sizeLimit });

test('is on disk, with a limit', () => {
  const { name, path, _emptyDir } = scratch('/cache');
  expect({ name, path, _emptyDir }).toStrictEqual({ name: 'cache', path: '/cache', _emptyDir: { sizeLimit: '8Mi' } });
});

test.each([
  [true, { medium: 'Memory', sizeLimit: '1Gi' }],
  [false, { sizeLimit: '1Gi' }],
])('in memory: %s', (inMemory, emptyDir) => {
  const { _emptyDir } = Scratch._of('cache', { path: '/cache', sizeLimit: Size.gibibytes(1), inMemory });
  expect(_emptyDir).toStrictEqual(emptyDir);
});

test.each([
  [() => scratch('cache'), 'addScratch: path: `cache` is not absolute; use `/cache`'],
  [() => scratch('/a:b'), 'addScratch: path: `/a:b` contains a colon, which no mount may'],
  [() => scratch('/a', Size.kibibytes(0)), 'addScratch: sizeLimit: a size of 0 KiB is not above 0'],
])('refuses what no volume can be, case %#', (work, message) => {
  expect(thrown(work)).toBe(message);
});
