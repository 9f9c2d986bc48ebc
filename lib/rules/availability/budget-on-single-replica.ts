// PD-2
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const single = (limit: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  ${limit}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`;

export const budgetOnSingleReplica: RuleOf<'budget'> = {
  id: 'availability/budget-on-single-replica',
  severity: Severity.ERROR,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `A budget can only choose which pods go first. Where there is one pod, a budget that keeps it keeps its node from ever
being drained: upgrades hang until somebody deletes the pod by hand, which is the outage that the budget should have avoided.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  bad: single('minAvailable: 1'),
  good: single('maxUnavailable: 1'),
  check: (budget, world) => {
    const pods = world.fewestPodsUnder(budget);
    if (pods !== 1 || budget.allowedEvictions(1) > 0) return [];
    return [
      {
        field: budget.field,
        problem: `${budget.limit} keeps the only pod, so that its node cannot be drained`,
        fix: 'run replicas: 2, or remove the budget',
      },
    ];
  },
};
