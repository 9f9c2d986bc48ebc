// SG-5
import { Severity } from '../../findings';
import { DRAIN } from '../../values/annotations';
import type { RuleOf } from '../rule';

const worker = (drain: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: worker }
spec:
  selector: { matchLabels: { app: worker } }
  template:
    metadata:
      labels: { app: worker }
      annotations: { cdk8s-patterns/longest-task: 90s, cdk8s-patterns/drain: ${drain} }
    spec:
      terminationGracePeriodSeconds: 120
      containers: [{ name: worker, image: "worker:1.0" }]
`;

export const drainShorterThanTask: RuleOf<'workload'> = {
  id: 'app/drain-shorter-than-task',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A worker that is told to stop takes no new task and ends the one that it has. If the time for that is shorter than the
longest task, every roll-out and every drain kills some task half-way. Where another pod simply starts the task again, do not
declare a longest task.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination'],
  bad: worker('60s'),
  good: worker('90s'),
  check: ({ pod }) => {
    const { drain = 0, longestTask = 0 } = pod;
    if (longestTask <= drain) return [];
    return [
      {
        field: pod.annotationField(DRAIN),
        problem: `drain ${drain}s, but the longest task takes ${longestTask}s, so that it is killed half-way`,
        fix: `set shutdown.drain to Duration.seconds(${longestTask}) or more`,
      },
    ];
  },
};
