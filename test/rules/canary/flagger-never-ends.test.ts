import { flaggerNeverEnds as rule } from '../../../lib/rules/canary/flagger-never-ends';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Canary web: canary/flagger-never-ends: spec.analysis';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.maxWeight: 120 is never reached, since weights end at 100, so that a release keeps all requests and is never promoted; use maxWeight: 100 or less`,
  ]);
  expect(findingsOf(rule, plan('stepWeight: 0'))).toEqual([
    `${FIELD}.stepWeight: 0 is no step, so that a release gets no requests and is never promoted; use stepWeight: 10`,
  ]);
  expect(findingsOf(rule, plan('stepWeights: []'))).toEqual([
    `${FIELD}.stepWeights: is empty, so that a release gets no requests and is never promoted; use stepWeights: [10, 50]`,
  ]);
  expect(findingsOf(rule, plan('stepWeights: [10, 10, 50]'))).toEqual([
    `${FIELD}.stepWeights[1]: 10 is no step from 10, so that a release stays at 10 % of the requests and is never promoted; use a weight from 11 to 100`,
  ]);
  expect(findingsOf(rule, plan('iterations: 0'))).toEqual([
    `${FIELD}.iterations: 0 rounds are none, so that a release is never promoted; use iterations: 10`,
  ]);
});

function plan(text: string): string {
  return varied(rule.bad, 'maxWeight: 120, stepWeight: 20', text);
}

test.each([
  ['maxWeight: 101, stepWeight: 20', 1],
  ['maxWeight: 100, stepWeight: 20', 0],
  ['maxWeight: 0, stepWeight: 20', 0],
  ['maxWeight: "120", stepWeight: 20', 0],
  ['stepWeight: 20', 0],
  ['stepWeight: 1', 0],
  ['stepWeight: -1', 1],
  ['stepWeight: "0"', 0],
  ['maxWeight: 120, stepWeight: 0', 2],
  ['maxWeight: 120, stepWeights: [10, 50]', 0],
  ['maxWeight: 120, iterations: 10', 0],
  ['iterations: 1', 0],
  ['iterations: -1', 1],
  ['iterations: "0"', 0],
  ['iterations: 0, stepWeight: 20', 0],
  ['iterations: 0, stepWeights: [20]', 0],
  ['iterations: 10, stepWeight: 0', 0],
  ['mirror: true', 0],
])('%s: %i findings', (text, count) => {
  expect(findingsOf(rule, plan(text))).toHaveLength(count);
});

test.each([
  ['[10]', undefined],
  ['[10, 50, 100]', undefined],
  ['[10, 11]', undefined],
  ['[0, 10]', 0],
  ['[-5]', 0],
  ['[50, 20]', 1],
  ['[20, 30, 30]', 2],
  ['[20, 20, 20]', 1],
  ['[10, 100, 100]', undefined],
  ['[10, 120, 50]', undefined],
  ['[120]', undefined],
  ['[10, "5", 5]', undefined],
  ['[null]', undefined],
])('the weights %s stop at number %s', (weights, index) => {
  const fields = index === undefined ? [] : [expect.stringContaining(` spec.analysis.stepWeights[${index}]: `)];
  expect(findingsOf(rule, plan(`stepWeights: ${weights}`))).toEqual(fields);
});

test('without analysis, and with replicas alone, there are no steps', () => {
  const more = (text: string) => rule.bad.replace('spec:\n', `spec:\n  ${text}\n`);
  expect(findingsOf(rule, more('skipAnalysis: true'))).toEqual([]);
  expect(findingsOf(rule, more('provider: kubernetes'))).toEqual([]);
  expect(findingsOf(rule, more('skipAnalysis: false'))).toHaveLength(1);
  expect(findingsOf(rule, more('provider: istio'))).toHaveLength(1);
});
