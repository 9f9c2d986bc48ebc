// a Service that selects nothing
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { LABELS_OF_PODS, withoutPods } from '../without-pods';

const service = (label: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: ${label} }
  ports: [{ port: 80 }]
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
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 80 } }
`;

export const serviceSelectsNothing: RuleOf<'service'> = {
  id: 'app/service-selects-nothing',
  severity: Severity.WARNING,
  appliesTo: 'service',
  since: '0.1.0',
  why: `A Service sends requests to the pods of its namespace that bear all labels of its selector. If none does, each request is refused, and the Service
itself looks healthy. The pods may be made elsewhere, so this is a warning.`,
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service'],
  bad: service('wev'),
  good: service('web'),
  check: (target, world) => {
    const { selector, namespace, name } = target;
    if (selector.isNull || !world.hasWorkloads(namespace)) return [];
    const isRewritten = world.delivery.makerOf(namespace, name) ?? world.delivery.rolloutsWith(namespace, name)[0];
    const without = isRewritten === undefined ? withoutPods(target, world) : undefined;
    if (without === undefined) return [];
    return [{ field: 'spec.selector', problem: `${without}, so that every request is refused`, fix: LABELS_OF_PODS }];
  },
};
