// PD-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const budget = (selector: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: ${selector}
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

export const budgetSelectsNamespace: RuleOf<'budget'> = {
  id: 'availability/budget-selects-namespace',
  severity: Severity.WARNING,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `An empty selector covers every pod of the namespace, those of apps that come later too. All apps then share one budget: while
one of them rolls or fails, no pod of the others can be evicted. And each app with a budget of its own has two of them.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors'],
  bad: budget('{}'),
  good: budget('{ matchLabels: { app: web } }'),
  check: ({ selector, namespace }) => {
    if (!selector.isEmpty) return [];
    const problem = `an empty selector covers every pod in namespace ${namespace}, so that all apps share one budget`;
    return [{ field: 'spec.selector', problem, fix: 'name the labels of one app; with DisruptionGuard: podLabels' }];
  },
};
