import { rolloutDoublesPods as rule } from '../../../lib/rules/canary/rollout-doubles-pods';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Rollout web: canary/rollout-doubles-pods: spec.workloadRef: Deployment web keeps 4 pods beside those of the Rollout, and updates them past all steps; write replicas: 0 into Deployment web when the pods of the Rollout are ready',
  ]);
  expect(findingsOf(rule, scaleDown('onsuccess'))).toEqual([
    'Rollout web: canary/rollout-doubles-pods: spec.workloadRef: each apply of Deployment web starts 4 pods again, beside those of the Rollout, and updates them past all steps; write replicas: 0 into Deployment web when the pods of the Rollout are ready',
  ]);
});

function scaleDown(value: string): string {
  return varied(rule.bad, 'name: web }\n  strategy', `name: web, scaleDown: ${value} }\n  strategy`);
}

const DEPLOYMENT = 'spec:\n  replicas: 4\n  selector';
const replicas = (yaml: string, text: string) => varied(yaml, DEPLOYMENT, `spec:\n${text}  selector`);

test.each([
  ['never', 'keeps 4 pods', 'keeps 1 pod '],
  ['null', 'keeps 4 pods', 'keeps 1 pod '],
  ['OnSuccess', 'keeps 4 pods', 'keeps 1 pod '],
  ['onsuccess', 'starts 4 pods again', undefined],
  ['progressively', 'starts 4 pods again', undefined],
])('scaleDown: %s', (value, written, unwritten) => {
  expect(findingsOf(rule, scaleDown(value))).toEqual([expect.stringContaining(written)]);
  const found = unwritten === undefined ? [] : [expect.stringContaining(unwritten)];
  expect(findingsOf(rule, replicas(scaleDown(value), ''))).toEqual(found);
  expect(findingsOf(rule, replicas(scaleDown(value), '  replicas: 0\n'))).toEqual([]);
});

test('a Deployment that is not in the input may have none', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: Deployment, name: api'))).toEqual([]);
});

test('a Rollout with a template of its own has no other', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }', 'template: {}'),
    ),
  ).toEqual([]);
});
