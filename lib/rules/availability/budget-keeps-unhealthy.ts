// PD-5
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

const budget = (policy: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  ${policy}
  selector: { matchLabels: { app: web } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const budgetKeepsUnhealthy: RuleOf<'budget'> = {
  id: 'availability/budget-keeps-unhealthy',
  severity: Severity.WARNING,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `By default a pod that runs and is not ready may only be evicted while enough others are ready. An app that crashes everywhere
then blocks every drain, although evicting its pods would harm nobody. For pods that keep no state, let them go.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy'],
  bad: budget('unhealthyPodEvictionPolicy: IfHealthyBudget'),
  good: budget('unhealthyPodEvictionPolicy: AlwaysAllow'),
  check: (target, world) => {
    const workloads = world.workloadsOf(target);
    const stateless =
      workloads.length > 0 && workloads.every(({ kind }) => kind === 'Deployment' || kind === 'Rollout');
    const policy = target.spec.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget';
    if (policy === 'AlwaysAllow' || !stateless) return [];
    if (!target.target.kubernetes.supports(KubernetesFeature.UNHEALTHY_POD_EVICTION)) return [];
    return [
      {
        field: 'spec.unhealthyPodEvictionPolicy',
        problem: `${policy} keeps pods that are not ready, so that an app that crashes blocks drains`,
        fix: 'use AlwaysAllow; with DisruptionGuard: UnhealthyPods.ALWAYS_EVICT',
      },
    ];
  },
};
