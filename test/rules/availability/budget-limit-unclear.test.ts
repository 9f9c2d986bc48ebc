import { budgetLimitUnclear as rule } from '../../../lib/rules/availability/budget-limit-unclear';
import { findings, findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget web: availability/budget-limit-unclear: spec: minAvailable 2 and maxUnavailable 1 are both written, so that the API server refuses the budget; use maxUnavailable: 1 alone',
  ]);
});

test('a budget without a limit lets nothing go', () => {
  const none = varied(rule.good, '  maxUnavailable: 1\n', '');
  expect(findingsOf(rule, none)).toEqual([
    'PodDisruptionBudget web: availability/budget-limit-unclear: spec: neither minAvailable nor maxUnavailable is written, so that no pod may ever go and no node under them can be drained; use maxUnavailable: 1 alone',
  ]);
});

test.each(['half', '101%', '1.5', '-1', '"1"', '50.5%'])('%s is no limit', (limit) => {
  const text = limit.replaceAll('"', '');
  expect(findingsOf(rule, varied(rule.good, 'maxUnavailable: 1', `maxUnavailable: ${limit}`))).toEqual([
    `PodDisruptionBudget web: availability/budget-limit-unclear: spec.maxUnavailable: \`${text}\` is neither a number of pods nor a percentage up to 100%, so that the API server refuses the budget; use maxUnavailable: 1`,
  ]);
});

test.each(['0', '1', '0%', '7%', '99%', '100%'])('%s is a limit', (limit) => {
  expect(findingsOf(rule, varied(rule.good, 'maxUnavailable: 1', `maxUnavailable: ${limit}`))).toEqual([]);
});

test('null is not written, zero and percentages are', () => {
  expect(findingsOf(rule, varied(rule.bad, 'minAvailable: 2', 'minAvailable: null'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'minAvailable: 2', 'minAvailable: 0'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.good, 'maxUnavailable: 1', 'minAvailable: 50%'))).toEqual([]);
});

test('no rule counts what a budget without a limit, or with two, lets go', () => {
  const none = varied(rule.good, '  maxUnavailable: 1\n', '');
  for (const replicas of [1, 3]) expect(findings(varied(none, 'replicas: 3', `replicas: ${replicas}`))).toHaveLength(1);
  expect(findings(varied(rule.bad, 'minAvailable: 2', 'minAvailable: 3'))).toHaveLength(1);
});
