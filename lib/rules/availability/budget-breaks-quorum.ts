// PD-8
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const store = (limit: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: store, annotations: { cdk8s-patterns/quorum: "true" } }
spec:
  ${limit}
  selector: { matchLabels: { app: store } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store }
spec:
  replicas: 3
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec:
      containers: [{ name: store, image: "store:1.0" }]
`;

export const budgetBreaksQuorum: RuleOf<'budget'> = {
  id: 'availability/budget-breaks-quorum',
  severity: Severity.ERROR,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `Members that vote need more than half of their number. A budget that lets more of them go stops the whole set in a drain, although
each single eviction was allowed. The annotation \`cdk8s-patterns/quorum\` says that the pods of a budget vote.`,
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions',
  ],
  bad: store('maxUnavailable: 2'),
  good: store('maxUnavailable: 1'),
  check: (budget, world) => {
    const members = world.fewestPodsUnder(budget);
    const isTest = budget.target.disposable || world.workloadsOf(budget).some(({ isDisposable }) => isDisposable);
    if (!budget.guardsQuorum || members === undefined || isTest) return [];
    const allowed = budget.allowedEvictions(members);
    const quorum = Math.floor(members / 2) + 1;
    if (members - allowed >= quorum) return [];
    return [
      {
        field: budget.field,
        problem: `${budget.limit} lets ${allowed} of ${members} members go, but ${quorum} have to stay to agree on anything`,
        fix: members < 3 ? 'run 3 members with maxUnavailable: 1' : `use maxUnavailable: ${members - quorum}`,
      },
    ];
  },
};
