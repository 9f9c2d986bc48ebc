import type { BudgetFact } from '../../lib/facts';
import { readings, worldOf } from '../support/facts';

const BUDGET = (spec: string, annotation = '') => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web${annotation} }
spec: ${spec}
`;
const budget = (spec: string, annotation?: string) => worldOf(BUDGET(spec, annotation)).budgets[0] as BudgetFact;

test.each([
  ['policy/v1', 'PodDisruptionBudget', 1],
  ['policy/v1beta1', 'PodDisruptionBudget', 1],
  ['v1', 'PodDisruptionBudget', 0],
  ['policy/v1', 'PodSecurityPolicy', 0],
])('%s %s: %i budgets', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).budgets).toHaveLength(count);
});

test.each([
  ['{ maxUnavailable: 1 }', 'spec.maxUnavailable', '1'],
  ['{ maxUnavailable: 25% }', 'spec.maxUnavailable', '25%'],
  ['{ minAvailable: 2 }', 'spec.minAvailable', '2'],
  ['{ minAvailable: 0 }', 'spec.minAvailable', '0'],
  ['{ minAvailable: 50% }', 'spec.minAvailable', '50%'],
  ['{ maxUnavailable: 1, minAvailable: null }', 'spec.maxUnavailable', '1'],
])('%s: the limit %s is %s', (spec, field, limit) => {
  expect(budget(spec).field).toBe(field);
  expect(budget(spec).limit).toBe(limit);
});

test.each([
  ['{}', false],
  ['{ maxUnavailable: null, minAvailable: half }', false],
  ['{ maxUnavailable: 0 }', true],
  ['{ minAvailable: 0% }', true],
  ['{ maxUnavailable: 1, minAvailable: 1 }', false],
])('%s has exactly one limit: %j', (spec, expected) => {
  expect(budget(spec).hasLimit).toBe(expected);
});

test('the selector is that of the spec', () => {
  expect(String(budget('{ selector: { matchLabels: { app: web } } }').selector)).toBe('app=web');
  expect(budget('{ selector: {} }').selector.isEmpty).toBe(true);
  expect(budget('{ selector: null }').selector.isNull).toBe(true);
  expect(budget('{}').selector.isNull).toBe(true);
});

test.each(['null', '1.5', '-1', 'true', '[1]', '{ a: 1 }', 'half', '"2"', '50.5%', '-5%'])(
  'a limit of %s reads as missing',
  (value) => {
    expect(readings(budget(`{ maxUnavailable: ${value}, minAvailable: ${value} }`))).toEqual(readings(budget('{}')));
  },
);

test('a budget without a limit lets nothing go', () => {
  for (const spec of ['{}', 'null', '7', '[a]']) {
    expect(budget(spec).allowedEvictions(3)).toBe(0);
    expect(budget(spec).maxUnavailable).toBeUndefined();
    expect(budget(spec).minAvailable).toBeUndefined();
  }
});

test.each([
  [', annotations: { cdk8s-patterns/quorum: "true" }', true],
  [', annotations: { cdk8s-patterns/quorum: "false" }', false],
  [', annotations: { cdk8s-patterns/quorum: true }', false],
  ['', false],
])('with %j it guards a quorum: %j', (annotation, expected) => {
  expect(budget('{}', annotation).guardsQuorum).toBe(expected);
});

test.each([
  ['minAvailable: 2', 3, 1],
  ['minAvailable: 3', 3, 0],
  ['minAvailable: 4', 3, 0],
  ['minAvailable: 0', 3, 3],
  ['minAvailable: 50%', 3, 1],
  ['minAvailable: 66%', 3, 1],
  ['minAvailable: 67%', 3, 0],
  ['minAvailable: 1%', 1, 0],
  ['minAvailable: 0%', 1, 1],
  ['maxUnavailable: 0', 3, 0],
  ['maxUnavailable: 1', 3, 1],
  ['maxUnavailable: 3', 3, 3],
  ['maxUnavailable: 5', 3, 3],
  ['maxUnavailable: 0%', 3, 0],
  ['maxUnavailable: 1%', 3, 1],
  ['maxUnavailable: 33%', 3, 1],
  ['maxUnavailable: 34%', 3, 2],
  ['maxUnavailable: 100%', 3, 3],
  ['maxUnavailable: 1', 0, 0],
  ['minAvailable: 1', 0, 0],
])('%s of %i pods lets %i go', (limit, pods, allowed) => {
  expect(budget(`{ ${limit} }`).allowedEvictions(pods)).toBe(allowed);
});

test.each([
  ['minAvailable: 2', 3, 2, 0],
  ['minAvailable: 1', 3, 2, 1],
  ['minAvailable: 50%', 4, 3, 1],
  ['maxUnavailable: 1', 3, 2, 0],
  ['maxUnavailable: 2', 3, 2, 1],
  ['maxUnavailable: 2', 3, 0, 0],
  ['maxUnavailable: 5', 3, 2, 2],
])('%s of %i pods, %i of them ready, lets %i go', (limit, pods, ready, allowed) => {
  expect(budget(`{ ${limit} }`).allowedEvictions(pods, ready)).toBe(allowed);
});
