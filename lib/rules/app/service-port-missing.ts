// a Service that names a port that no container has
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const service = (port: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: ${port} }]
---
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
          ports: [{ name: http, containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: http } }
`;

export const servicePortMissing: RuleOf<'service'> = {
  id: 'app/service-port-missing',
  severity: Severity.ERROR,
  appliesTo: 'service',
  since: '0.1.0',
  why: `A target port that is a name is looked up in each pod. A pod that does not declare it gets no requests, and if none does, every
connection is refused. A number needs no declaration.`,
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  bad: service('web'),
  good: service('http'),
  check: (target, world) => {
    const containers = world.workloadsOf(target).flatMap(({ pod }) => pod.running);
    if (containers.length === 0) return [];
    const names = [...new Set(containers.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? [])))];
    return target.ports.flatMap(({ field, target: port }) => {
      // the empty text is the Service's own port
      if (typeof port !== 'string' || port === '' || names.includes(port)) return [];
      const problem = `no container behind it has a port named ${port}, so that every connection is refused`;
      const fix = names.length === 0 ? 'name the port of the container' : `use one of ${listed(names)}`;
      return [{ field: `${field}.targetPort`, problem, fix }];
    });
  },
};
