import { metricWithoutRange as rule } from '../../../lib/rules/canary/metric-without-range';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Canary web: canary/metric-without-range: spec.analysis.metrics[0]';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.thresholdRange: is missing, so that every success rate passes, 0 % too; use thresholdRange: { min: 99 }`,
  ]);
  expect(findingsOf(rule, metric('name: request-duration'))).toEqual([
    `${FIELD}.thresholdRange: is missing, so that every value above 0 stops the release; use thresholdRange: { max: 500 }`,
  ]);
  expect(findingsOf(rule, metric('name: request-success-rate, thresholdRange: {}'))).toEqual([
    `${FIELD}.thresholdRange: has neither min nor max, so that every value passes; use thresholdRange: { min: 99 }`,
  ]);
  expect(findingsOf(rule, metric('name: request-success-rate, threshold: 99.5'))).toEqual([
    `${FIELD}.threshold: 99.5 is the old form of a minimum, which Flagger may drop with its next API; use thresholdRange: { min: 99.5 }`,
  ]);
  expect(findingsOf(rule, metric('name: errors, query: "x", threshold: 1'))).toEqual([
    `${FIELD}.threshold: 1 is the old form of a maximum, which Flagger may drop with its next API; use thresholdRange: { max: 1 }`,
  ]);
});

function metric(text: string): string {
  return varied(rule.bad, 'name: request-success-rate', text);
}

test.each([
  ['name: request-success-rate, thresholdRange: { max: 100 }', 0],
  ['name: request-success-rate, thresholdRange: { min: 0 }', 0],
  ['name: request-success-rate, thresholdRange: { min: 99, max: 100 }', 0],
  ['name: request-success-rate, thresholdRange: { min: 99 }, threshold: 90', 0],
  ['name: request-success-rate, thresholdRange: { min: "99" }', 1],
  ['name: request-success-rate, threshold: "99"', 1],
  ['name: errors, templateRef: { name: errors }', 1],
  ['name: errors, templateRef: { name: errors }, thresholdRange: { max: 1 }', 0],
  ['name: errors', 0],
])('%s: %i findings', (text, count) => {
  expect(findingsOf(rule, metric(text))).toHaveLength(count);
});

test('a range that is null is missing', () => {
  expect(findingsOf(rule, metric('name: request-success-rate, thresholdRange: null'))).toEqual(
    findingsOf(rule, rule.bad),
  );
});

test('each metric is told by itself', () => {
  const two = varied(
    rule.bad,
    '[{ name: request-success-rate }]',
    '[{ name: request-success-rate }, { name: request-duration }]',
  );
  expect(findingsOf(rule, two)).toEqual([
    expect.stringContaining('metrics[0].thresholdRange'),
    expect.stringContaining('metrics[1].thresholdRange'),
  ]);
});
