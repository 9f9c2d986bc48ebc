import { metricWindowTooLong as rule } from '../../../lib/rules/canary/metric-window-too-long';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/metric-window-too-long: spec.analysis.metrics[0].interval: looks back 60 s, while Flagger judges every 30 s, so that each judgement counts requests from before the last step; set spec.analysis.interval to 60s',
  ]);
});

const METRIC = 'name: request-success-rate, interval: 1m';

test.each([
  ['name: request-success-rate, interval: 30s', 0],
  ['name: request-success-rate, interval: 31s', 1],
  ['name: request-success-rate', 1],
  ['name: request-duration', 1],
  ['name: errors, query: "sum(x)"', 1],
  ['name: errors, query: "sum(x)", interval: 30s', 0],
  ['name: errors, templateRef: { name: errors }', 0],
  ['name: errors, templateRef: { name: errors }, interval: 1m', 1],
  ['name: errors, interval: 1m', 0],
  ['name: request-success-rate, interval: 1minute', 0],
  ['name: request-success-rate, interval: 7', 1],
])('%s, judged every 30 s: %i findings', (metric, count) => {
  expect(findingsOf(rule, varied(rule.bad, METRIC, metric))).toHaveLength(count);
});

test.each([
  ['5s', 'every 10 s'],
  ['59s', 'every 59 s'],
  ['1minute', undefined],
  ['2m', undefined],
])('an analysis every %s looks %s', (interval, every) => {
  const found = every === undefined ? [] : [expect.stringContaining(every)];
  expect(findingsOf(rule, varied(rule.bad, 'interval: 30s', `interval: ${interval}`))).toEqual(found);
});

test('without analysis nothing is judged', () => {
  expect(findingsOf(rule, rule.bad.replace('spec:\n', 'spec:\n  skipAnalysis: true\n'))).toEqual([]);
  expect(findingsOf(rule, rule.bad.replace('spec:\n', 'spec:\n  skipAnalysis: false\n'))).toHaveLength(1);
});
