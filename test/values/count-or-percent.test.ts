import { CountOrPercent } from '../../lib';
import { thrown } from '../support/apps';

test('a count is the same of any total', () => {
  const two = CountOrPercent.count(2);
  expect([0, 1, 2, 100].map((total) => two.roundedUp(total))).toEqual([2, 2, 2, 2]);
  expect([0, 1, 2, 100].map((total) => two.roundedDown(total))).toEqual([2, 2, 2, 2]);
});

test.each([
  [25, 3, 1, 0],
  [25, 4, 1, 1],
  [25, 5, 2, 1],
  [1, 1, 1, 0],
  [99, 100, 99, 99],
  [50, 3, 2, 1],
  [0, 7, 0, 0],
  [100, 7, 7, 7],
  [33, 0, 0, 0],
])('%i%% of %i pods are %i rounded up and %i rounded down', (percent, total, up, down) => {
  expect(CountOrPercent.percent(percent).roundedUp(total)).toBe(up);
  expect(CountOrPercent.percent(percent).roundedDown(total)).toBe(down);
});

test('the ends of both ranges are allowed', () => {
  expect(CountOrPercent.count(0)._toManifest()).toBe(0);
  expect(CountOrPercent.count(2147483647)._toManifest()).toBe(2147483647);
  expect(CountOrPercent.percent(0)._toManifest()).toBe('0%');
  expect(CountOrPercent.percent(100)._toManifest()).toBe('100%');
});

test.each([
  [() => CountOrPercent.count(-1), 'CountOrPercent.count: -1 is outside 0 to 2147483647'],
  [() => CountOrPercent.count(2147483648), 'CountOrPercent.count: 2147483648 is outside 0 to 2147483647'],
  [() => CountOrPercent.count(0.5), 'CountOrPercent.count: 0.5 is not a whole number'],
  [() => CountOrPercent.percent(-1), 'CountOrPercent.percent: -1 is outside 0 to 100'],
  [() => CountOrPercent.percent(101), 'CountOrPercent.percent: 101 is outside 0 to 100'],
  [() => CountOrPercent.percent(12.5), 'CountOrPercent.percent: 12.5 is not a whole number'],
])('%s throws `%s`', (make, message) => {
  expect(thrown(make)).toBe(message);
});

test('is written as Kubernetes writes it', () => {
  expect(String(CountOrPercent.count(2))).toBe('2');
  expect(String(CountOrPercent.percent(25))).toBe('25%');
  expect(CountOrPercent.count(2)._toManifest()).toBe(2);
  expect(CountOrPercent.percent(25)._toManifest()).toBe('25%');
});

test.each([0, 2, '0%', '25%', '150%', '999999999%'])('%j is read from a manifest', (value) => {
  expect(CountOrPercent._parse(value)?._toManifest()).toBe(value);
});

test.each([
  undefined,
  null,
  -1,
  1.5,
  Number.NaN,
  '',
  '%',
  '2',
  '-1%',
  '1.5%',
  ' 25%',
  '25%%',
  'x25%',
  '25%x',
  '1000000000%',
  true,
  ['25%'],
  { amount: 1 },
])('%j in a manifest is neither a count nor a share', (value) => {
  expect(CountOrPercent._parse(value)).toBeUndefined();
});
