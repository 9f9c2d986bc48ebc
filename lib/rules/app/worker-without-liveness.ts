// PB-2
import { Severity } from '../../findings';
import { ON_FATAL } from '../../values/annotations';
import type { RuleOf } from '../rule';

const worker = (annotations: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: mailer }
spec:
  selector: { matchLabels: { app: mailer } }
  template:
    metadata:
      labels: { app: mailer }
      annotations: ${annotations}
    spec:
      containers: [{ name: mailer, image: "mailer:1.0" }]
`;

export const workerWithoutLiveness: RuleOf<'workload'> = {
  id: 'app/worker-without-liveness',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Nobody connects to a worker, so nobody notices when it hangs: its process is there, its pod is ready, and its queue
grows. A liveness probe that looks at a heartbeat restarts it. A worker that ends itself whenever it cannot go on needs none,
since the kubelet starts a process again that has ended.`,
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#when-should-you-use-a-liveness-probe',
  ],
  bad: worker('{ cdk8s-patterns/role: worker }'),
  good: worker('{ cdk8s-patterns/role: worker, cdk8s-patterns/on-fatal: exits }'),
  check: ({ isWorker, pod }) => {
    const [first] = pod.apps;
    if (!isWorker || first === undefined || pod.annotations[ON_FATAL] === 'exits') return [];
    if (pod.apps.some(({ liveness }) => liveness !== undefined)) return [];
    return [
      {
        field: `${first.field}.livenessProbe`,
        problem: 'missing, and nobody connects to a worker, so that one which hangs is never noticed',
        fix: "add a liveness probe; with Worker: health: HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30)) or HealthCheck.exitsOnFatal()",
      },
    ];
  },
};
