import { podsForShare, reachedShare, smallestTotal } from '../../lib/values/pod-share';

test.each([
  [10, 10, 1],
  [41, 10, 4],
  [45, 10, 5],
  [5, 10, 1],
  [4, 10, 0],
  [100, 7, 7],
  [0, 7, 0],
])('%i%% of %i pods is %i, a half rounded up', (percent, total, pods) => {
  expect(podsForShare(percent, total)).toBe(pods);
});

test('what is reached is said with one decimal', () => {
  expect(reachedShare(5, 6)).toBe('0.0');
  expect(reachedShare(33, 3)).toBe('33.3');
});

test.each([
  [[5], 1, 19],
  [[5, 25], 1, 20],
  [[50], 1, 2],
  [[33], 1, 3],
  [[100], 1, 1],
  [[], 1, 1],
  [[5], 20, 20],
  [[1], 1, 67],
])('the smallest number for %j from %i on is %i', (percents, least, total) => {
  expect(smallestTotal(percents, least)).toBe(total);
});

test('beyond a thousand pods nobody looks', () => {
  expect(smallestTotal([5], 1001)).toBeUndefined();
});
