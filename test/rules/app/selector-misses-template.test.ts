import { selectorMissesTemplate as rule } from '../../../lib/rules/app/selector-misses-template';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: app/selector-misses-template: spec.selector: app=wev is not on the pods of its own template, so that the API server refuses the Deployment; use labels that stand in spec.template.metadata.labels',
  ]);
});

test('a missing selector finds nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, '  selector: { matchLabels: { app: wev } }\n', ''))[0]).toContain(
    ': spec.selector: there is no selector, so that the API server refuses the Deployment; use',
  );
});

test.each(['StatefulSet', 'DaemonSet', 'ReplicaSet'])('a %s is judged too', (kind) => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', `kind: ${kind}`))[0]).toContain(`refuses the ${kind}`);
});

test('Jobs find their pods by themselves, and a Rollout may take its template from elsewhere', () => {
  expect(findingsOf(rule, varied(varied(rule.bad, 'kind: Deployment', 'kind: Job'), 'apps/v1', 'batch/v1'))).toEqual(
    [],
  );
  const rollout = varied(varied(rule.bad, 'kind: Deployment', 'kind: Rollout'), 'apps/v1', 'argoproj.io/v1alpha1');
  expect(findingsOf(rule, rollout)).toHaveLength(1);
  expect(
    findingsOf(
      rule,
      varied(rollout, 'spec:\n  selector', 'spec:\n  workloadRef: { kind: Deployment, name: web }\n  selector'),
    ),
  ).toEqual([]);
});

test('an empty selector is refused, although it finds all pods', () => {
  expect(findingsOf(rule, varied(rule.bad, '{ matchLabels: { app: wev } }', '{}'))[0]).toContain(
    ': spec.selector: the selector is empty, so that the API server refuses the Deployment; use',
  );
});

test('a Rollout is refused by its controller, not by the API server', () => {
  const rollout = varied(varied(rule.bad, 'kind: Deployment', 'kind: Rollout'), 'apps/v1', 'argoproj.io/v1alpha1');
  expect(findingsOf(rule, rollout)[0]).toContain('so that Argo refuses the Rollout;');
});
