// PB-3
import type { ProbeFact } from '../../facts';
import { Severity } from '../../findings';
import { RESTART_CURES } from '../../values/annotations';
import type { RuleOf } from '../rule';

const web = (alivePath: string) => `
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
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
          livenessProbe: { httpGet: { path: ${alivePath}, port: 8080 } }
`;

export const livenessEqualsReadiness: RuleOf<'workload'> = {
  id: 'app/liveness-equals-readiness',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Readiness asks whether a pod should get requests, liveness whether only a restart can help. If both ask the same, a pod
that is merely busy, or that waits for its database, is restarted, and the pods that are left get its requests on top. Where a
restart really is the cure, liveness has to act later than readiness, so that the pod is out of the traffic before it is killed.`,
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  ],
  bad: web('/ready'),
  good: web('/live'),
  check: ({ pod }) =>
    pod.running.flatMap(({ name, field, liveness, readiness }) => {
      if (liveness === undefined || readiness === undefined || !asksTheSame(liveness, readiness)) return [];
      if (!pod.named(RESTART_CURES).includes(name)) {
        if (liveness.reaction >= PATIENT * readiness.reaction) return [];
        return [
          {
            field: `${field}.livenessProbe`,
            problem: 'asks what readinessProbe asks, so that a pod which should only leave the traffic is restarted',
            fix: "ask what only a restart cures, or remove it; with WebApp: health: HealthCheck.http('/ready', { alivePath: '/live' })",
          },
        ];
      }
      if (liveness.reaction > readiness.reaction) return [];
      return [
        {
          field: `${liveness.field}.failureThreshold`,
          problem: `acts after ${liveness.reaction}s, readinessProbe after ${readiness.reaction}s, so that the container is killed before the pod is out of the traffic`,
          fix: `set failureThreshold to ${Math.floor(readiness.reaction / liveness.period) + 1} or more`,
        },
      ];
    }),
};

/** So many times as long as readiness: then the pod has long been out of the traffic, and only a hang lasts. */
const PATIENT = 3;

function asksTheSame(liveness: ProbeFact, readiness: ProbeFact): boolean {
  const asks = liveness.port !== undefined || liveness.isExec;
  return asks && liveness.handler === readiness.handler;
}
