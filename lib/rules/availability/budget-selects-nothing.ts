// PD-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { LABELS_OF_PODS, withoutPods } from '../without-pods';

const budget = (label: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: ${label} } }
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

export const budgetSelectsNothing: RuleOf<'budget'> = {
  id: 'availability/budget-selects-nothing',
  severity: Severity.WARNING,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `A budget protects pods of its own namespace that bear all labels of its selector. If none does, drains take whatever they
like, and nothing tells that the budget is without effect. The pods may come from elsewhere, so this is a warning.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  bad: budget('wev'),
  good: budget('web'),
  check: (target, world) => {
    const { selector, namespace } = target;
    if (selector.isEmpty) return [];
    // a budget alone in its namespace may well be for pods that are made elsewhere
    if (!selector.isNull && !world.hasWorkloads(namespace) && world.elsewhere(target) === undefined) return [];
    const without = selector.isNull ? 'there is no selector' : withoutPods(target, world);
    if (without === undefined) return [];
    return [{ field: 'spec.selector', problem: `${without}, so that nothing is protected`, fix: LABELS_OF_PODS }];
  },
};
