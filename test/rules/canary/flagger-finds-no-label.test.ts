import { flaggerFindsNoLabel as rule } from '../../../lib/rules/canary/flagger-finds-no-label';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/flagger-finds-no-label: spec.targetRef: the selector of Deployment web has none of app, name, app.kubernetes.io/name in matchLabels, so that Flagger makes no copy and no Service; select the pods by app: web, or start Flagger with -selector-labels=component',
  ]);
});

test.each(['app', 'name', 'app.kubernetes.io/name'])('the label %s is enough', (label) => {
  expect(findingsOf(rule, varied(rule.bad, 'component', label))).toEqual([]);
});

test.each(['App', 'app.kubernetes.io/instance', 'k8s-app'])('the label %s is not', (label) => {
  expect(findingsOf(rule, varied(rule.bad, 'component', label))).toHaveLength(1);
});

const selector = (text: string) => varied(rule.good, 'selector: { matchLabels: { app: web } }', `selector: ${text}`);

test('Flagger does not look at expressions', () => {
  expect(findingsOf(rule, selector('{ matchExpressions: [{ key: app, operator: In, values: [web] }] }'))).toEqual([
    expect.stringMatching(/; select the pods by app: web$/),
  ]);
});

test('the first of several labels is proposed', () => {
  expect(findingsOf(rule, selector('{ matchLabels: { tier: front, part: shop } }'))[0]).toMatch(
    /-selector-labels=tier$/,
  );
});

const target = (kind: string) =>
  varied(varied(rule.bad, 'kind: Deployment\n', `kind: ${kind}\n`), 'kind: Deployment, name', `kind: ${kind}, name`);

test('a DaemonSet is copied in the same way; what else Flagger releases has no copy', () => {
  expect(findingsOf(rule, target('DaemonSet'))[0]).toContain('the selector of DaemonSet web has none');
  expect(findingsOf(rule, target('StatefulSet'))).toEqual([]);
  const service = varied(
    varied(rule.bad, 'kind: Deployment, name', 'kind: Service, name'),
    'apps/v1\nkind: Deployment',
    'v1\nkind: Service',
  );
  expect(findingsOf(rule, service)).toEqual([]);
});

test('a target that is not in the input may have the label', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: Deployment, name: api'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(
        rule.bad,
        'kind: Deployment\nmetadata: { name: web }',
        'kind: Deployment\nmetadata: { name: web, namespace: ops }',
      ),
    ),
  ).toEqual([]);
});
