import { drainShorterThanTask as rule } from '../../../lib/rules/app/drain-shorter-than-task';
import { findingsOf, varied } from '../../support/rules';

const LINE = (drain: number) =>
  `Deployment worker: app/drain-shorter-than-task: spec.template.metadata.annotations[cdk8s-patterns/drain]: drain ${drain}s, but the longest task takes 90s, so that it is killed half-way; set shutdown.drain to Duration.seconds(90) or more`;

test('says both times', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([LINE(60)]);
});

test('a drain one second below the task is too short, an equal one is enough', () => {
  expect(findingsOf(rule, varied(rule.bad, 'drain: 60s', 'drain: 89s'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, 'drain: 60s', 'drain: 90s'))).toEqual([]);
});

test('a missing drain is 0 seconds', () => {
  expect(findingsOf(rule, varied(rule.bad, ', cdk8s-patterns/drain: 60s', ''))).toEqual([LINE(0)]);
});

test('tasks that may be started again need no drain', () => {
  expect(findingsOf(rule, varied(rule.bad, 'cdk8s-patterns/longest-task: 90s, ', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'longest-task: 90s', 'longest-task: soon'))).toEqual([]);
});

test('annotations of the workload itself say nothing of its pods', () => {
  const outside = varied(
    varied(rule.bad, '      annotations: { cdk8s-patterns/longest-task: 90s, cdk8s-patterns/drain: 60s }\n', ''),
    'metadata: { name: worker }',
    'metadata: { name: worker, annotations: { cdk8s-patterns/longest-task: 90s } }',
  );
  expect(findingsOf(rule, outside)).toEqual([]);
});

test('the annotation of a bare Pod lies in its own metadata', () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: worker, annotations: { cdk8s-patterns/longest-task: 90s } }
spec: { containers: [{ name: worker, image: "worker:1.0" }] }
`;
  expect(findingsOf(rule, pod)[0]).toContain(' metadata.annotations[cdk8s-patterns/drain]: drain 0s');
});
