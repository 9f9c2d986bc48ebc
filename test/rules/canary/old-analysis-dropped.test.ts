import { oldAnalysisDropped as rule } from '../../../lib/rules/canary/old-analysis-dropped';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/old-analysis-dropped: spec.canaryAnalysis: the API server drops it, with metrics, so that only analysis counts; move what is still wanted to analysis, and remove it',
  ]);
});

test('an empty one is told without its contents', () => {
  const empty = varied(rule.bad, '{ metrics: [{ name: request-success-rate }] }', '{}');
  expect(findingsOf(rule, empty)[0]).toContain('drops it, so that');
  expect(findingsOf(rule, varied(empty, 'canaryAnalysis: {}', 'canaryAnalysis: null'))).toHaveLength(1);
});

test('without the new name it is refused, of which another rule speaks', () => {
  expect(findingsOf(rule, varied(rule.bad, '  analysis:', '  other:'))).toEqual([]);
});
