// issue: two autoscalers on one workload
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const workload = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", resources: { requests: { cpu: 100m, memory: 64Mi } } }]
`;

const scaler = (resource: string) => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web-${resource} }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Resource, resource: { name: ${resource}, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const twoAutoscalers: RuleOf<'workload'> = {
  id: 'availability/two-autoscalers',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A HorizontalPodAutoscaler that finds its pods under another one stops with the condition \`AmbiguousSelector\`, and so does the other: nothing
scales. One autoscaler takes several metrics and uses the one that asks for most pods. KEDA makes a HorizontalPodAutoscaler of its own, so it must
not stand beside another.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-multiple-metrics'],
  bad: `${workload}${scaler('cpu')}${scaler('memory')}`,
  good: `${workload}${scaler('cpu')}`,
  check: (target, world) => {
    const scalers = [...new Set(world.autoscalersOf(target).map(({ kind, name }) => `${kind} ${name}`))];
    if (scalers.length < 2) return [];
    return [
      {
        field: 'spec.replicas',
        problem: `${scalers.length} autoscalers decide it (${listed(scalers)}), so that none of them scales`,
        fix: 'give one of them all metrics, and remove the others',
      },
    ];
  },
};
