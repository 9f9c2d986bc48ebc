import { gateCannotSee as rule } from '../../../lib/rules/canary/gate-cannot-see';
import { findingsOf, varied } from '../../support/rules';

const AT = 'Canary web: canary/gate-cannot-see: spec.analysis.metrics[0]';
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}: sees 60 requests at the first weight (10 in a second, 10% of them, for 60s), and passes a version with 2% failures in 30% of cases; use a longer interval, a greater first weight, or a lower min`,
  ]);
});

test.each([
  ['interval: 1m, thresholdRange', 'interval: 30m, thresholdRange'],
  ['min: 99 ', 'min: 50 '],
  ['"10"', '"300"'],
  ['stepWeight: 10', 'stepWeights: [90]'],
])('%j as %j: it sees enough', (from, to) => {
  const enough = from.startsWith('stepWeight')
    ? varied(varied(rule.bad, '"10"', '"40"'), from, to)
    : varied(rule.bad, from, to);
  expect(findingsOf(rule, enough)).toEqual([]);
});

test.each([
  ['"10"', '"many"'],
  ['"10"', '"0"'],
  ['cdk8s-patterns/expects-per-second', 'other'],
  ['request-success-rate', 'request-duration'],
  ['min: 99 ', 'max: 1 '],
  ['min: 99 ', 'min: 100 '],
  ['min: 99 ', 'min: 0 '],
  ['min: 99 ', 'min: "99" '],
  ['stepWeight: 10', 'iterations: 10'],
])('%j as %j: there is nothing to calculate with', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('a gate that stops good versions is found too', () => {
  const few = varied(varied(rule.bad, '"10"', '"0.67"'), 'min: 99 ', 'min: 50 ');
  expect(findingsOf(rule, few)).toEqual([
    `${AT}: sees 4 requests at the first weight (0.67 in a second, 10% of them, for 60s), and stops one with 25% failures in 5.1% of cases; use a longer interval, a greater first weight, or a lower min`,
  ]);
});

test('both chances count', () => {
  const some = varied(varied(rule.bad, '"10"', '"40"'), 'min: 99 ', 'min: 98 ');
  expect(findingsOf(rule, some)).toEqual([expect.stringContaining('and stops one with 1% failures in 9.5% of cases')]);
});

test('a window that nobody can read gives no number', () => {
  const broken = varied(rule.bad, 'interval: 1m, thresholdRange', 'interval: soon, thresholdRange');
  expect(findingsOf(rule, broken)).toEqual([]);
});
