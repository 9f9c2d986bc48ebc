import { fractionStopsFlagger as rule } from '../../../lib/rules/canary/fraction-stops-flagger';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Canary web: canary/fraction-stops-flagger: spec';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.analysis.stepWeight: 2.5 is no whole number, so that Flagger can read no Canary of the cluster any more; use 2 or 3`,
  ]);
});

const analysis = (text: string) => varied(rule.good, 'stepWeight: 2', `stepWeight: 2, ${text}`);

test.each(['iterations', 'stepWeightPromotion', 'mirrorWeight', 'primaryReadyThreshold', 'canaryReadyThreshold'])(
  '%s is a whole number too',
  (key) => {
    expect(findingsOf(rule, analysis(`${key}: 1.5`))).toEqual([
      expect.stringContaining(`${FIELD}.analysis.${key}: 1.5 is`),
    ]);
    expect(findingsOf(rule, analysis(`${key}: 2`))).toEqual([]);
  },
);

test.each([
  ['analysis.threshold', 'threshold: 5', 'threshold: 5.5'],
  ['analysis.maxWeight', 'maxWeight: 50', 'maxWeight: 50.5'],
  ['analysis.stepWeights[1]', 'stepWeight: 2', 'stepWeights: [1, 2.5]'],
  ['analysis.webhooks[1].retries', 'stepWeight: 2', 'stepWeight: 2, webhooks: [{ retries: 1 }, { retries: 0.5 }]'],
  ['service.port', 'port: 80,', 'port: 80.5,'],
  ['progressDeadlineSeconds', 'spec:\n', 'spec:\n  progressDeadlineSeconds: 0.5\n'],
])('%s', (field, from, to) => {
  expect(findingsOf(rule, varied(rule.good, from, to))).toEqual([expect.stringContaining(`${FIELD}.${field}: `)]);
});

test('the limits of metrics may have fractions, and a text is no number', () => {
  expect(
    findingsOf(rule, analysis('metrics: [{ name: request-success-rate, thresholdRange: { min: 99.5 } }]')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'stepWeight: 2.5', 'stepWeight: "2.5"'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'stepWeight: 2.5', 'stepWeight: 2.0'))).toEqual([]);
});
