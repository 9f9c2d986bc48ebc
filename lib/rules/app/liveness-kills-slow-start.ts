// PB-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const PERIOD = 5;

const slow = (startup: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { cdk8s-patterns/starts-within: 45s }
    spec:
      containers:
        - name: web
          image: web:1.0
          livenessProbe: { httpGet: { path: /live, port: 8080 } }${startup}
`;

export const livenessKillsSlowStart: RuleOf<'workload'> = {
  id: 'app/liveness-kills-slow-start',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The kubelet kills a container at the last failure that it allows, which comes one period earlier than one would think:
three failures, ten seconds apart, are over after twenty seconds. An app that needs longer to start is killed, starts again,
and is killed again. A startup probe keeps liveness away until the app is up, as long as it has the patience itself.`,
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/prober/worker.go',
  ],
  bad: slow(''),
  good: slow(`
          startupProbe: { httpGet: { path: /live, port: 8080 }, periodSeconds: 5, failureThreshold: 10 }`),
  check: ({ pod }) =>
    pod.apps.flatMap(({ field, liveness, startup }) => {
      const probe = startup ?? liveness;
      if (probe === undefined || pod.startsWithin === undefined || probe.patience >= pod.startsWithin) return [];
      const cause = `gives up after ${probe.patience}s, but the app may take ${pod.startsWithin}s to start, so that it is killed again and again`;
      if (probe === startup) {
        const failures = Math.ceil((pod.startsWithin - probe.initialDelay) / probe.period) + 1;
        return [
          {
            field: `${probe.field}.failureThreshold`,
            problem: cause,
            fix: `set failureThreshold to ${failures} or more`,
          },
        ];
      }
      const failures = Math.ceil(pod.startsWithin / PERIOD) + 1;
      return [
        {
          field: `${field}.startupProbe`,
          problem: `missing, and livenessProbe ${cause}`,
          fix: `add a startupProbe that asks the same, with periodSeconds: ${PERIOD} and failureThreshold: ${failures}`,
        },
      ];
    }),
};
