import { Duration } from 'cdk8s';
import { portNumber, seconds, whole } from '../../lib/values/bounds';
import { thrown } from '../support/apps';

const MOST = Number.MAX_SAFE_INTEGER;

test('a whole number within its bounds is given back, both ends included', () => {
  expect([1, 7, MOST].map((value) => whole('x', value))).toEqual([1, 7, MOST]);
  expect([2, 3, 5].map((value) => whole('x', value, { min: 2, max: 5 }))).toEqual([2, 3, 5]);
});

test.each([
  [1.5, undefined, 'x: 1.5 is not a whole number'],
  [Number.NaN, undefined, 'x: NaN is not a whole number'],
  [Number.POSITIVE_INFINITY, undefined, 'x: Infinity is not a whole number'],
  [0, undefined, 'x: 0 is below 1'],
  [-3, undefined, 'x: -3 is below 1'],
  [-1, { min: 0, max: MOST }, 'x: -1 is below 0'],
  [1, { min: 2, max: 5 }, 'x: 1 is outside 2 to 5'],
  [6, { min: 2, max: 5 }, 'x: 6 is outside 2 to 5'],
  [2 ** 53, undefined, 'x: 9007199254740992 is outside 1 to 9007199254740991'],
])('%d within %j: %s', (value, bounds, message) => {
  expect(thrown(() => whole('x', value, bounds))).toBe(message);
});

test('a duration is given in seconds, both ends included', () => {
  expect(seconds('x', Duration.seconds(1))).toBe(1);
  expect(seconds('x', Duration.minutes(2))).toBe(120);
  expect(seconds('x', Duration.millis(3000))).toBe(3);
  expect(seconds('x', Duration.seconds(0), { min: 0, max: 10 })).toBe(0);
  expect(seconds('x', Duration.seconds(10), { min: 0, max: 10 })).toBe(10);
});

test.each([
  [Duration.millis(1500), undefined, 'x: 1500 ms is not a whole number of seconds; use Duration.seconds(...)'],
  [Duration.seconds(0.25), undefined, 'x: 250 ms is not a whole number of seconds; use Duration.seconds(...)'],
  [Duration.millis(0.5), undefined, 'x: 0.5 ms is not a whole number of seconds; use Duration.seconds(...)'],
  [Duration.seconds(0), undefined, 'x: 0s is below 1s'],
  [Duration.seconds(1), { min: 2, max: MOST }, 'x: 1s is below 2s'],
  [Duration.seconds(1), { min: 2, max: 60 }, 'x: 1s is outside 2s to 60s'],
  [Duration.seconds(61), { min: 2, max: 60 }, 'x: 61s is outside 2s to 60s'],
  [Duration.seconds(2 ** 53), undefined, 'x: 9007199254740992s is outside 1s to 9007199254740991s'],
])('%s within %j: %s', (duration, bounds, message) => {
  expect(thrown(() => seconds('x', duration, bounds))).toBe(message);
});

test('a port lies between 1 and 65535', () => {
  expect([1, 8080, 65535].map((port) => portNumber('x', port))).toEqual([1, 8080, 65535]);
  expect(thrown(() => portNumber('x', 0))).toBe('x: 0 is outside 1 to 65535');
  expect(thrown(() => portNumber('x', 65536))).toBe('x: 65536 is outside 1 to 65535');
  expect(thrown(() => portNumber('x', 80.5))).toBe('x: 80.5 is not a whole number');
});
