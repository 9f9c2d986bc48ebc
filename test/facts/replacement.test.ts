import { CountOrPercent } from '../../lib';
import type { RolloutFact } from '../../lib/facts';
import { isStuck, stoppedAtOnce } from '../../lib/facts/replacement';

const rollout = (maxSurge: number | string, maxUnavailable: number | string, stopsFirst = false): RolloutFact => ({
  field: 'spec.strategy',
  stopsFirst,
  maxSurge: CountOrPercent._parse(maxSurge) as CountOrPercent,
  maxUnavailable: CountOrPercent._parse(maxUnavailable) as CountOrPercent,
});

test.each([
  [0, 0, true],
  ['0%', '0%', true],
  [0, '0%', true],
  [1, 0, false],
  [0, 1, false],
  ['1%', 0, false],
  [0, '1%', false],
  [1, 1, false],
])('a surge of %s with %s missing is stuck: %j', (maxSurge, maxUnavailable, expected) => {
  expect(isStuck(rollout(maxSurge, maxUnavailable))).toBe(expected);
});

test('what stops first is never stuck', () => {
  expect(isStuck(rollout(0, 0, true))).toBe(false);
});

test.each([
  [1, 0, 3, 0],
  [0, 1, 3, 1],
  [1, 2, 3, 2],
  [1, 5, 3, 3],
  ['25%', '25%', 3, 0],
  ['25%', '25%', 4, 1],
  ['25%', '25%', 7, 1],
  ['25%', '25%', 8, 2],
  ['25%', '25%', 0, 0],
  ['100%', '100%', 3, 3],
  [0, '25%', 3, 1],
  [0, '25%', 4, 1],
  [0, '25%', 8, 2],
  ['0%', '25%', 1, 1],
  [0, '25%', 0, 0],
  [1, '25%', 3, 0],
])('a surge of %s with %s missing stops, of %i pods, %i at once', (maxSurge, maxUnavailable, pods, stopped) => {
  expect(stoppedAtOnce(rollout(maxSurge, maxUnavailable), pods)).toBe(stopped);
});

test('Recreate stops all pods', () => {
  expect(stoppedAtOnce(rollout(1, 0, true), 3)).toBe(3);
  expect(stoppedAtOnce(rollout(1, 0, true), 0)).toBe(0);
});
