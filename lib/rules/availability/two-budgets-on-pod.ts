// PD-3
import type { BudgetFact } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const workload = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

const budget = (name: string, label: string) => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { ${label} } }
`;

export const twoBudgetsOnPod: RuleOf<'workload'> = {
  id: 'availability/two-budgets-on-pod',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The eviction API supports one budget for a pod. Where two select it, it answers every eviction with an error, so that no
node with such a pod can be drained. The usual way to get there is a budget for the canary beside one that spans all pods of the app.`,
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/'],
  bad: `${workload}${budget('front', 'tier: front')}${budget('web', 'app: web')}`,
  good: `${workload}${budget('web', 'app: web')}`,
  check: (target, world) => {
    const own = namesOf(world.budgetsOf(target));
    const names = own.length < 2 ? namesOf(world.budgetsOfCopy(target)) : own;
    if (names.length < 2 || world.fewestPods(target) === 0) return [];
    return [
      {
        field: `${target.pod.field.replace(/spec$/, '')}metadata.labels`,
        problem: `${names.length} budgets (${listed(names)}) select these pods, so that every eviction fails and no node under them can be drained`,
        fix: `keep one of ${listed(names)}, with a label that all variants of the app bear`,
      },
    ];
  },
};

function namesOf(budgets: readonly BudgetFact[]): string[] {
  return [...new Set(budgets.map(({ name }) => name))];
}
