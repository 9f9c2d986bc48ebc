import { claimSharedByPods as rule } from '../../../lib/rules/app/claim-shared-by-pods';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment store: app/claim-shared-by-pods: spec.template.spec.volumes[0].persistentVolumeClaim: 1 pod, and 1 more in a roll-out, share claim data (ReadWriteOnce), which is attached to one node; use strategy.type: Recreate with one replica, or a claim with ReadWriteMany; with WebApp: singleWriter: true',
  ]);
});

test('several pods share it all the time', () => {
  expect(findingsOf(rule, varied(rule.good, 'replicas: 1', 'replicas: 2'))[0]).toContain(
    ': 2 pods share claim data (ReadWriteOnce), which',
  );
});

test.each(['ReadWriteMany', 'ReadOnlyMany'])('%s can be shared', (mode) => {
  expect(findingsOf(rule, varied(rule.bad, 'ReadWriteOnce', mode))).toEqual([]);
});

test('a roll-out without surge stops the old pod first', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, '{ type: RollingUpdate }', '{ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }'),
    ),
  ).toEqual([]);
});

test('a claim that is not in the input, or lies in another namespace, may be of any kind', () => {
  expect(findingsOf(rule, varied(rule.bad, 'claimName: data', 'claimName: other'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, 'metadata: { name: data }', 'metadata: { name: data, namespace: ops }')),
  ).toEqual([]);
});

test('a StatefulSet starts its pods one after the other, and a DaemonSet has one a node', () => {
  const two = varied(rule.bad, 'replicas: 1', 'replicas: 2');
  expect(findingsOf(rule, varied(two, 'kind: Deployment', 'kind: StatefulSet'))).toEqual([]);
  expect(findingsOf(rule, varied(two, 'kind: Deployment', 'kind: DaemonSet'))).toEqual([]);
});

test('no pods share nothing, whatever a roll-out would add', () => {
  const idle = varied(
    varied(rule.bad, 'replicas: 1', 'replicas: 0'),
    '{ type: RollingUpdate }',
    '{ rollingUpdate: { maxSurge: 2 } }',
  );
  expect(findingsOf(rule, idle)).toEqual([]);
});

test('a claim without an access mode is refused, and says nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, '[ReadWriteOnce]', '[]'))).toEqual([]);
});

test('of a Deployment that an Argo Rollout runs, only the number of pods is known', () => {
  const rollout = (replicas: number) => `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: run }
spec: { replicas: ${replicas}, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: store } }
`;
  expect(findingsOf(rule, rule.bad + rollout(1))).toEqual([]);
  expect(findingsOf(rule, rule.bad + rollout(2))[0]).toContain(': 2 pods share claim data');
});
