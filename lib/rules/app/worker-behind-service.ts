// PB-2
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import { ROLE } from '../../values/annotations';
import type { RuleOf } from '../rule';

const behindService = (annotations: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: mailer }
spec:
  selector: { matchLabels: { app: mailer } }
  template:
    metadata:
      labels: { app: mailer }
      annotations: ${annotations}
    spec:
      containers:
        - name: mailer
          image: mailer:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: mailer }
spec:
  selector: { app: mailer }
  ports: [{ port: 80, targetPort: 8080 }]
`;

export const workerBehindService: RuleOf<'workload'> = {
  id: 'app/worker-behind-service',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A worker fetches its tasks itself, so its probes and its way to stop are made for that: nothing says when it could take
requests. If a Service selects its pods all the same, one of the two is wrong. Either the requests go to a process that does
not expect them, or the pods are no worker and need a readiness probe and a delay before they stop.`,
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service'],
  bad: behindService('{ cdk8s-patterns/role: worker, cdk8s-patterns/on-fatal: exits }'),
  good: behindService('{ cdk8s-patterns/on-fatal: exits }'),
  check: (workload, world) => {
    const services = world.servicesOf(workload).filter(({ ports }) => ports.length > 0);
    if (!workload.isWorker || services.length === 0) return [];
    return [
      {
        field: workload.pod.annotationField(ROLE),
        problem: `worker, which nobody connects to, but the pods get requests from ${listed(services.map(({ name }) => `Service ${name}`))}`,
        fix: 'remove the Service, or use WebApp and remove the annotation',
      },
    ];
  },
};
