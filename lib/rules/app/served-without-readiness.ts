// PB-1
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

export const servedWithoutReadiness: RuleOf<'workload'> = {
  id: 'app/served-without-readiness',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Without a readiness probe a pod gets requests from the moment its process runs, whether it listens or not. Each
roll-out and each new replica then answers with refused connections until the app is up.`,
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/'],
  bad: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
`,
  good: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
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
`,
  check: (workload, world) => {
    // a pod is ready when all of its containers are: one that is asked holds the traffic back for the others
    if (workload.pod.running.some(({ readiness }) => readiness !== undefined)) return [];
    return world.served(workload).map(({ container, service }) => ({
      field: `${container.field}.readinessProbe`,
      problem: `missing, but Service ${service.name} sends requests here as soon as the process runs`,
      fix: "add a readiness probe; with WebApp: health: HealthCheck.http('/ready')",
    }));
  },
};
