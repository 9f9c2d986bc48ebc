import { stepBeyondMaximum as rule } from '../../../lib/rules/canary/step-beyond-maximum';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/step-beyond-maximum: spec.analysis.stepWeight: steps of 60 lead to 60, beyond maxWeight 50, so that a release gets more requests than it should before it is promoted; use maxWeight: 60, or stepWeights that end at 50',
  ]);
});

const plan = (text: string) => varied(rule.bad, 'maxWeight: 50, stepWeight: 60', text);

test.each([
  ['maxWeight: 50, stepWeight: 50', undefined],
  ['maxWeight: 50, stepWeight: 10', undefined],
  ['maxWeight: 50, stepWeight: 20', 60],
  ['maxWeight: 60, stepWeight: 20', undefined],
  ['maxWeight: 99, stepWeight: 60', 100],
  ['maxWeight: 100, stepWeight: 60', undefined],
  ['maxWeight: 120, stepWeight: 60', undefined],
  ['stepWeight: 60', undefined],
  ['maxWeight: 0, stepWeight: 60', undefined],
  ['maxWeight: -5, stepWeight: 60', undefined],
  ['maxWeight: 50, stepWeight: 0', undefined],
  ['maxWeight: 50, stepWeight: -60', undefined],
  ['maxWeight: 50, stepWeight: 150', 100],
  ['maxWeight: 50, stepWeight: 2.5', undefined],
  ['maxWeight: 50, stepWeights: [60]', undefined],
  ['maxWeight: 50, iterations: 10, stepWeight: 60', undefined],
])('%s reaches %s', (text, reached) => {
  const found = reached === undefined ? [] : [expect.stringContaining(` lead to ${reached}, `)];
  expect(findingsOf(rule, plan(text))).toEqual(found);
});

test('without analysis, and with replicas alone, there are no steps', () => {
  for (const more of ['skipAnalysis: true', 'provider: kubernetes']) {
    expect(findingsOf(rule, rule.bad.replace('spec:\n', `spec:\n  ${more}\n`))).toEqual([]);
  }
});
