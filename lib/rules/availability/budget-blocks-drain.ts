// PD-1
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';

export const budgetBlocksDrain: RuleOf<'budget'> = {
  id: 'availability/budget-blocks-drain',
  severity: Severity.ERROR,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `A drain asks the budget before it evicts a pod. If the budget lets no pod go at the lowest number of replicas that
the app may have, the node never empties: upgrades hang, or the platform loses patience and kills the pods anyway. Percentages
are rounded up, so that 50 % of three pods protects two of them, and 90 % protects all three.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  minAvailable: 2
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`,
  check: (budget, world) => {
    const pods = world.fewestPodsUnder(budget);
    if (pods === undefined || pods < 2 || budget.allowedEvictions(pods) >= 1) return [];
    const kept = budget.minAvailable?.roundedUp(pods) ?? pods;
    const more =
      budget.minAvailable === undefined || budget.limit.endsWith('%') ? '' : `, or run replicas: ${kept + 1}`;
    return [
      {
        field: budget.field,
        problem: `${budget.limit} keeps ${kept} of ${counted(pods, 'pod')}, so that no node under them can be drained`,
        fix: `use maxUnavailable: 1 (with DisruptionGuard: evictable: CountOrPercent.count(1))${more}`,
      },
    ];
  },
};
