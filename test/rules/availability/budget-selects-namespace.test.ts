import { budgetSelectsNamespace as rule } from '../../../lib/rules/availability/budget-selects-namespace';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget web: availability/budget-selects-namespace: spec.selector: an empty selector covers every pod in namespace default, so that all apps share one budget; name the labels of one app; with DisruptionGuard: podLabels',
  ]);
});

test('names the namespace', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'metadata: { name: web }', 'metadata: { name: web, namespace: shop }'))[0],
  ).toContain('in namespace shop,');
});

test('one expression is enough not to be empty, a missing selector is none', () => {
  const some = '{ matchExpressions: [{ key: app, operator: Exists }] }';
  expect(findingsOf(rule, varied(rule.bad, 'selector: {}', `selector: ${some}`))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'selector: {}', 'selector: null'))).toEqual([]);
});
