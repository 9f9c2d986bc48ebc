// PB-7
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const web = (timeout: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 5, timeoutSeconds: ${timeout} }
`;

export const probeTimeoutExceedsPeriod: RuleOf<'workload'> = {
  id: 'app/probe-timeout-exceeds-period',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The kubelet asks the next time when the period is over, but not before it has the answer to the last question. A timeout
longer than the period lets a process that hangs put off the questions, and the probe acts later than its threshold and its period
promise.`,
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/prober/worker.go',
  ],
  bad: web(6),
  good: web(5),
  check: ({ pod }) =>
    pod.running.flatMap(({ probes }) =>
      probes.flatMap(({ field, period, timeout }) => {
        if (timeout <= period) return [];
        return [
          {
            field: `${field}.timeoutSeconds`,
            problem: `${timeout}s, but the next question is due after ${period}s, so that the probe acts later than it promises`,
            fix: `set timeoutSeconds to ${period} or less`,
          },
        ];
      }),
    ),
};
