// PB-9
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const slow = (deadline: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  progressDeadlineSeconds: ${deadline}
  minReadySeconds: 5
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { cdk8s-patterns/starts-within: 15m }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const progressDeadlineTooShort: RuleOf<'workload'> = {
  id: 'app/progress-deadline-too-short',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A roll-out counts as failed when no pod has become available within the progress deadline, ten minutes unless somebody
says otherwise. A pod is available when it has started and has been ready for \`minReadySeconds\`. If that may take longer, a roll-out
without any fault is reported as failed, and pipelines that wait for it stop or roll back.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#min-ready-seconds',
  ],
  bad: slow(600),
  good: slow(1810),
  check: (workload) => {
    if (!workload.isOf('apps', 'Deployment')) return [];
    const { pod, minReady, progressDeadline } = workload;
    const start = pod.startsWithin ?? Math.max(0, ...pod.containers.map(({ startup }) => startup?.patience ?? 0));
    const needed = start + minReady;
    if (needed <= 0 || progressDeadline > needed) return [];
    return [
      {
        field: 'spec.progressDeadlineSeconds',
        problem: `${progressDeadline}s, but a start of ${start}s + minReadySeconds ${minReady}s need ${needed}s, so that a roll-out without fault counts as failed`,
        fix: `set progressDeadlineSeconds to ${2 * needed}; with WebApp: progressDeadline: Duration.seconds(${2 * needed})`,
      },
    ];
  },
};
