// SD-8
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const web = (minReadySeconds: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  minReadySeconds: ${minReadySeconds}
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
      containers:
        - name: web
          image: web:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`;

export const rolloutWithoutSettling: RuleOf<'workload'> = {
  id: 'app/rollout-without-settling',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Without \`minReadySeconds\` a new pod counts from the first answer of its readiness probe. The roll-out stops the next old
pod in the same moment, before load balancers know the new one, and a version that falls over under its first requests is
rolled out to the end.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#min-ready-seconds'],
  bad: web(0),
  good: web(5),
  check: (workload, world) => {
    const replacement = world.replacementOf(workload);
    if (replacement === undefined || replacement.rollout.stopsFirst) return [];
    const pods = world.fewestPods(workload) ?? 0;
    if (pods < 2 || workload.minReady >= 1) return [];
    return [
      {
        field: 'spec.minReadySeconds',
        problem: `${workload.minReady}s, so that a pod counts that is ready for an instant, and the next of ${pods} pods is stopped`,
        fix: 'set minReadySeconds to 5; with WebApp: settles: Duration.seconds(5)',
      },
    ];
  },
};
