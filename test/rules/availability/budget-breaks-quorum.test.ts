import { TargetCluster } from '../../../lib';
import { budgetBreaksQuorum as rule } from '../../../lib/rules/availability/budget-breaks-quorum';
import { worldOf } from '../../support/facts';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodDisruptionBudget store: availability/budget-breaks-quorum: spec.maxUnavailable: 2 lets 2 of 3 members go, but 2 have to stay to agree on anything; use maxUnavailable: 1',
  ]);
});

const members = (replicas: number, limit: string) =>
  varied(varied(rule.bad, 'replicas: 3', `replicas: ${replicas}`), 'maxUnavailable: 2', limit);

test.each([
  [3, 'maxUnavailable: 1', 0],
  [3, 'minAvailable: 2', 0],
  [3, 'minAvailable: 1', 1],
  [4, 'maxUnavailable: 1', 0],
  [4, 'maxUnavailable: 2', 1],
  [5, 'maxUnavailable: 2', 0],
  [5, 'maxUnavailable: 3', 1],
  [5, 'minAvailable: 51%', 0],
  [5, 'minAvailable: 40%', 1],
])('%i members with %s: %i findings', (replicas, limit, count) => {
  expect(findingsOf(rule, members(replicas, limit))).toHaveLength(count);
});

test('the mend is the most that may go, and two members can lose none', () => {
  expect(findingsOf(rule, members(7, 'maxUnavailable: 4'))[0]).toMatch(
    /4 lets 4 of 7 members go, but 4 have to stay to agree on anything; use maxUnavailable: 3$/,
  );
  expect(findingsOf(rule, members(2, 'maxUnavailable: 1'))[0]).toMatch(
    /1 lets 1 of 2 members go, but 2 have to stay to agree on anything; run 3 members with maxUnavailable: 1$/,
  );
});

const disposable = (value: string) =>
  varied(
    rule.bad,
    'kind: StatefulSet\nmetadata: { name: store }',
    `kind: StatefulSet\nmetadata: { name: store, annotations: { cdk8s-patterns/disposable: "${value}" } }`,
  );

test('a test environment has no quorum to lose', () => {
  expect(findingsOf(rule, disposable('true'))).toEqual([]);
  expect(findingsOf(rule, disposable('false'))).toHaveLength(1);
  const world = worldOf(rule.bad, TargetCluster.of({ disposable: true }));
  expect(world.budgets.map((one) => rule.check(one, world))).toEqual([[]]);
});

test('a test environment beside another one has none either', () => {
  const twin = rule.bad.slice(rule.bad.indexOf('---')).replace('{ name: store }', '{ name: twin }');
  const both = (value: string) => varied(disposable(value), 'maxUnavailable: 2', 'maxUnavailable: 3') + twin;
  expect(findingsOf(rule, both('true'))).toEqual([]);
  expect(findingsOf(rule, both('false'))).toHaveLength(1);
});

test('only pods that are said to vote are judged', () => {
  expect(findingsOf(rule, varied(rule.bad, 'quorum: "true"', 'quorum: "false"'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'labels: { app: store }', 'labels: { app: other }'))).toEqual([]);
});
