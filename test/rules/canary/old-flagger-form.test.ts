import { oldFlaggerForm as rule } from '../../../lib/rules/canary/old-flagger-form';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/old-flagger-form: spec.canaryAnalysis: is the old name of analysis, which is missing, so that the API server refuses the Canary; rename it to analysis',
  ]);
  expect(findingsOf(rule, varied(rule.good, 'v1beta1', 'v1alpha3'))).toEqual([
    'Canary web: canary/old-flagger-form: apiVersion: flagger.app/v1alpha3 is not served by Flagger 1, so that the API server refuses the Canary; use flagger.app/v1beta1',
  ]);
});

test('both are told', () => {
  expect(findingsOf(rule, varied(rule.bad, 'v1beta1', 'v1alpha3'))).toHaveLength(2);
});

test('beside the new name the old one is only dropped', () => {
  expect(findingsOf(rule, `${rule.good}  canaryAnalysis: {}\n`)).toEqual([]);
});

test('neither name: another rule speaks of it', () => {
  expect(findingsOf(rule, varied(rule.good, '  analysis:', '  other:'))).toEqual([]);
});
