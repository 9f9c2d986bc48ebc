// SCALE2
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const scaled = (apiVersion: string, kind: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 0
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: ${apiVersion}, kind: ${kind}, name: web }
  metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 10 } } }]
`;

export const autoscalerScalesTemplate: RuleOf<'autoscaler'> = {
  id: 'canary/autoscaler-scales-template',
  severity: Severity.WARNING,
  appliesTo: 'autoscaler',
  since: '0.1.0',
  why: `A Rollout with \`workloadRef\` takes the template of a Deployment and runs pods of its own. An autoscaler of the Deployment scales the pods
that it still has, or none, and those of the Rollout keep their number at any load. Let it scale the Rollout.`,
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/hpa-support/'],
  bad: scaled('apps/v1', 'Deployment'),
  good: scaled('argoproj.io/v1alpha1', 'Rollout'),
  check: (target, world) => {
    const workload = world.workload(target.namespace, target.targetKey);
    const rollout = workload && world.rolloutOf(workload);
    if (workload === undefined || rollout === undefined) return [];
    return [
      {
        field: 'spec.scaleTargetRef',
        problem: `${workload.kind} ${workload.name} only lends its template to Rollout ${rollout.name}, so that nothing scales the pods of the Rollout`,
        fix: `use { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: ${rollout.name} }`,
      },
    ];
  },
};
