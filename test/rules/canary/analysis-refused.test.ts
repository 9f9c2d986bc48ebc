import { analysisRefused as rule } from '../../../lib/rules/canary/analysis-refused';
import { findings, findingsOf, varied } from '../../support/rules';

const FIELD = 'Canary web: canary/analysis-refused: spec.analysis';
const ANALYSIS = '{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10, iterations: 10 }';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: has iterations and stepWeight, of which there may be one, so that the API server refuses the Canary; keep iterations alone`,
  ]);
  expect(findingsOf(rule, analysis('{ interval: 1m, threshold: 5 }'))).toEqual([
    `${FIELD}: has none of iterations, stepWeight, stepWeights, so that the API server refuses the Canary; add stepWeight: 10`,
  ]);
  expect(findingsOf(rule, analysis('null'))).toEqual([
    `${FIELD}: is missing, so that the API server refuses the Canary; add analysis: { interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10 }`,
  ]);
  expect(findingsOf(rule, analysis('{ stepWeight: 10 }'))).toEqual([
    `${FIELD}.interval: is missing, so that the API server refuses the Canary; add interval: 1m`,
    `${FIELD}.threshold: is missing, so that the API server refuses the Canary; add threshold: 5`,
  ]);
  expect(findingsOf(rule, analysis('{ interval: 1h, threshold: 5, stepWeight: 10 }'))).toEqual([
    `${FIELD}.interval: "1h" is in neither minutes nor seconds, so that the API server refuses the Canary; write minutes or seconds, for example 60m`,
  ]);
});

function analysis(text: string): string {
  return varied(rule.bad, ANALYSIS, text);
}

test.each([
  ['iterations: 10', 0],
  ['iterations: 0', 0],
  ['stepWeight: 10', 0],
  ['stepWeights: [10]', 0],
  ['stepWeights: []', 0],
  ['iterations: 10, stepWeights: [10]', 1],
  ['stepWeight: 10, stepWeights: [10]', 1],
  ['iterations: 1, stepWeight: 10, stepWeights: [10]', 1],
  ['iterations: null, stepWeight: 10', 0],
  ['iterations: null', 1],
])('a plan of %s: %i findings', (plan, count) => {
  expect(findingsOf(rule, analysis(`{ interval: 1m, threshold: 5, ${plan} }`))).toHaveLength(count);
});

test.each([
  ['30s', 0],
  ['1m', 0],
  ['1m30s', 0],
  ['1minute', 0],
  ['1h', 1],
  ['1d', 1],
  ['"60"', 1],
  ['60', 1],
  ['x1m', 1],
  ['-1m', 1],
])('an interval of %s: %i findings', (interval, count) => {
  expect(findingsOf(rule, analysis(`{ interval: ${interval}, threshold: 5, stepWeight: 10 }`))).toHaveLength(count);
});

test('the times of metrics and webhooks have to be of the same form', () => {
  const of = (time: string) =>
    analysis(
      `{ interval: 1m, threshold: 5, stepWeight: 10, metrics: [{ name: request-duration, interval: ${time}, thresholdRange: { max: 500 } }], webhooks: [{ name: load, url: "http://load", timeout: ${time} }] }`,
    );
  expect(findingsOf(rule, of('1h'))).toEqual([
    expect.stringContaining(`${FIELD}.metrics[0].interval: "1h" is`),
    expect.stringContaining(`${FIELD}.webhooks[0].timeout: "1h" is`),
  ]);
  expect(findingsOf(rule, of('5s'))).toEqual([]);
  expect(findingsOf(rule, of('null'))).toEqual([]);
});

test('of an analysis under its old name another rule speaks', () => {
  const old = analysis(`null\n  canaryAnalysis: ${ANALYSIS}`);
  expect(findingsOf(rule, old)).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, `  analysis: ${ANALYSIS}`, ''))).toHaveLength(1);
  expect(findings(varied(rule.bad, '  analysis:', '  canaryAnalysis:')).map((line) => line.split(': ')[1])).toEqual([
    'canary/old-flagger-form',
  ]);
});
