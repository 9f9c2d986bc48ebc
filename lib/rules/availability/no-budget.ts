// ZD-2
import { Severity } from '../../findings';
import { counted, flow } from '../../findings/format';
import type { RuleOf } from '../rule';
import { redundant, serving } from './snippet';

export const noBudget: RuleOf<'workload'> = {
  id: 'availability/no-budget',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Without a budget a drain evicts all pods of a node at once, and two drains at the same time may evict all pods of the app. A
budget makes the second one wait until the replacements are ready.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets'],
  bad: serving({ replicas: 2, spread: true }),
  good: redundant,
  check: (workload, world) => {
    const pods = world.redundantPods(workload);
    if (pods === undefined || world.budgetsOf(workload).length > 0 || world.budgetsOfCopy(workload).length > 0)
      return [];
    return [
      {
        field: 'spec',
        problem: `no PodDisruptionBudget covers its ${counted(pods, 'pod')}, so that drains may take all of them at once`,
        fix: `add a PodDisruptionBudget with spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: ${flow(world.labelsOfApp(workload))} } }; in cdk8s: new DisruptionGuard(...)`,
      },
    ];
  },
};
