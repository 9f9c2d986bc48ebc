import { barePod as rule } from '../../../lib/rules/availability/bare-pod';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Pod web: availability/bare-pod: kind: a pod without a controller, so that a drain refuses to remove it, and nothing makes it again; make it a Deployment, or a Job if it ends',
  ]);
});

test.each(['Never', 'OnFailure'])('a pod with restartPolicy %s may end, and is left alone', (policy) => {
  expect(findingsOf(rule, varied(rule.bad, 'spec:\n', `spec:\n  restartPolicy: ${policy}\n`))).toEqual([]);
});

test('Always is what a missing restartPolicy means', () => {
  expect(findingsOf(rule, varied(rule.bad, 'spec:\n', 'spec:\n  restartPolicy: Always\n'))).toHaveLength(1);
});

test('a pod that somebody owns is made again', () => {
  const owned = '{ name: web, ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: x }] }';
  expect(findingsOf(rule, varied(rule.bad, '{ name: web }', owned))).toEqual([]);
});

test('a restartPolicy of null is a missing one', () => {
  expect(findingsOf(rule, varied(rule.bad, 'spec:\n', 'spec:\n  restartPolicy: null\n'))).toHaveLength(1);
});

test('a mirror pod belongs to its kubelet', () => {
  const mirror = (key: string) => varied(rule.bad, '{ name: web }', `{ name: web, annotations: { ${key}: x } }`);
  expect(findingsOf(rule, mirror('kubernetes.io/config.mirror'))).toEqual([]);
  expect(findingsOf(rule, mirror('kubernetes.io/config.source'))).toHaveLength(1);
});
