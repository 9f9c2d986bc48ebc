import { metricNeverAsked as rule } from '../../../lib/rules/canary/metric-never-asked';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/metric-never-asked: spec.analysis.metrics[0].name: error-rate is none of the metrics of Flagger and has no templateRef, so that Flagger never asks for it; add templateRef with the name of a MetricTemplate',
  ]);
});

test.each([
  ['name: request-success-rate', 0],
  ['name: request-duration', 0],
  ['name: request-durations', 1],
  ['name: error-rate, query: "sum(x)"', 0],
  ['name: error-rate, query: ""', 1],
  ['name: error-rate, templateRef: null', 1],
  ['threshold: 1', 1],
])('%s: %i findings', (metric, count) => {
  expect(findingsOf(rule, varied(rule.bad, 'name: error-rate', metric))).toHaveLength(count);
});
