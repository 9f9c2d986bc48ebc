import { Size } from 'cdk8s';
import { cpuQuantity, parseQuantity, sizeQuantity } from '../../lib/values/quantity';
import { thrown } from '../support/apps';

test.each([
  [0, 0],
  [2, 2],
  [0.5, 0.5],
  ['0', 0],
  ['2', 2],
  ['+2', 2],
  ['-2', -2],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['.25', 0.25],
  ['12.75', 12.75],
  ['3n', 3e-9],
  ['3u', 3e-6],
  ['200m', 0.2],
  ['3k', 3e3],
  ['3M', 3e6],
  ['3G', 3e9],
  ['3T', 3e12],
  ['3P', 3e15],
  ['3E', 3e18],
  ['1Ki', 1024],
  ['1Mi', 1048576],
  ['1.5Gi', 1610612736],
  ['1Ti', 2 ** 40],
  ['1Pi', 2 ** 50],
  ['1Ei', 2 ** 60],
  ['1e3', 1000],
  ['1E3', 1000],
  ['12e+2', 1200],
  ['1.5e-1', 0.15],
  ['2e12', 2e12],
])('%j is %d', (value, number) => {
  expect(parseQuantity(value)).toBeCloseTo(number, 12);
});

test.each([
  undefined,
  null,
  true,
  {},
  [1],
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  '.',
  'm',
  'Mi',
  '1e',
  '1e3Mi',
  '1K',
  '1ki',
  '1mi',
  '1MB',
  '1 Mi',
  ' 1',
  '1 ',
  '1,5',
  '1..5',
  '--1',
  'x1',
  '1constructor',
])('%j is no quantity', (value) => {
  expect(parseQuantity(value)).toBeUndefined();
});

test.each([
  [Size.kibibytes(1), '1Ki'],
  [Size.kibibytes(1023), '1023Ki'],
  [Size.kibibytes(1024), '1Mi'],
  [Size.kibibytes(1025), '1025Ki'],
  [Size.mebibytes(0.5), '512Ki'],
  [Size.mebibytes(256), '256Mi'],
  [Size.mebibytes(1023), '1023Mi'],
  [Size.mebibytes(1024), '1Gi'],
  [Size.mebibytes(1025), '1025Mi'],
  [Size.gibibytes(2), '2Gi'],
  [Size.tebibytes(1), '1024Gi'],
])('a size is written in the largest unit that fits: %#', (size, text) => {
  expect(sizeQuantity('x', size)).toBe(text);
});

test('a size of nothing is refused', () => {
  expect(thrown(() => sizeQuantity('x', Size.mebibytes(0)))).toBe('x: a size of 0 KiB is not above 0');
  expect(thrown(() => sizeQuantity('x', Size.kibibytes(Number.NaN)))).toBe('x: a size of NaN KiB is not above 0');
});

test.each([
  [1, '1m'],
  [200, '200m'],
  [999, '999m'],
  [1000, '1'],
  [1001, '1001m'],
  [1500, '1500m'],
  [2000, '2'],
])('%i thousandths of a core are written %s', (millis, text) => {
  expect(cpuQuantity(millis)).toBe(text);
});
