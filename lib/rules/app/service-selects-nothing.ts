// a Service that selects nothing
import type { ServiceFact, World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

/** Labels that controllers put on pods: no template shows them. */
const SET_BY_CONTROLLERS = [
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'rollouts-pod-template-hash',
  'pod-template-hash',
];

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
    const { selector, namespace } = target;
    const known = world.workloads.some((workload) => workload.namespace === namespace);
    const visible = !SET_BY_CONTROLLERS.some((label) => label in selector.labels);
    if (selector.isNull || !known || !visible || world.workloadsOf(target).length > 0) return [];
    const problem = `no workload makes pods with ${selector}${nearMiss(target, world)}, so that every request is refused`;
    return [{ field: 'spec.selector', problem, fix: 'use the labels of the pods, in their namespace' }];
  },
};

function nearMiss({ selector, namespace }: ServiceFact, world: World): string {
  const other = world.workloads.find(({ pod }) => selector.matches(pod.labels));
  if (other === undefined) return '';
  return ` in namespace ${namespace} (${other.kind} ${other.name} does, in namespace ${other.namespace})`;
}
