// SCALE2
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const SCALABLE = ['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'];

const scaler = (kind: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
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
  scaleTargetRef: { apiVersion: apps/v1, kind: ${kind}, name: web }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const autoscalerTargetMissing: RuleOf<'autoscaler'> = {
  id: 'availability/autoscaler-target-missing',
  severity: Severity.WARNING,
  appliesTo: 'autoscaler',
  since: '0.1.0',
  why: `An autoscaler finds its target by kind and name. A wrong one is accepted and scales nothing; only its conditions say so. The target may be made elsewhere,
so this is a warning.`,
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/'],
  bad: scaler('Deployment'),
  good: scaler('StatefulSet'),
  check: (target, world) => {
    const [kind = '', name = ''] = target.targetKey.split('/');
    const { namespace, targetKey } = target;
    if (!SCALABLE.includes(kind) || !world.hasWorkloads(namespace)) return [];
    if (world.workload(namespace, targetKey) !== undefined || world.delivery.isMade(namespace, targetKey)) return [];
    const twin = SCALABLE.flatMap((other) => world.workload(namespace, `${other}/${name}`) ?? [])[0];
    return [
      {
        field: 'spec.scaleTargetRef',
        problem: `there is no ${kind} ${name} in namespace ${namespace}, so that nothing is scaled`,
        fix: twin === undefined ? 'use kind and name of the workload' : `use kind: ${twin.kind}`,
      },
    ];
  },
};
