// CN-13, SCALE2
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const app = (replicas: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
${replicas}  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", resources: { requests: { cpu: 100m } } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const replicasBesideAutoscaler: RuleOf<'workload'> = {
  id: 'availability/replicas-beside-autoscaler',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The autoscaler and the manifest both write the number of pods. Each apply sets it back, in the middle of the busiest hour as well, until the
autoscaler looks again. Leave it out; a live app has to be handed over in steps, or the apply that drops the field leaves one pod.`,
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  ],
  bad: app('  replicas: 2\n'),
  good: app(''),
  check: (workload, world) => {
    const [scaler] = world.autoscalersOf(workload);
    const { writtenReplicas: replicas } = workload;
    if (scaler === undefined || replicas === undefined || replicas === 0) return [];
    return [
      {
        field: 'spec.replicas',
        problem: `${replicas}, beside ${scaler.kind} ${scaler.name} from ${scaler.min} to ${scaler.max}, so that each apply sets the number back`,
        fix: 'remove spec.replicas, in the steps of docs/guides/moving-live-workloads.md if the app is live',
      },
    ];
  },
};
