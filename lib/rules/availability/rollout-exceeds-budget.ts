// PD-6
import { isStuck, stoppedAtOnce } from '../../facts';
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';

const FEW_PODS = 3;

const app = (maxUnavailable: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: ${maxUnavailable} } }
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
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`;

export const rolloutExceedsBudget: RuleOf<'workload'> = {
  id: 'availability/rollout-exceeds-budget',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A budget restrains evictions and nothing else. A roll-out keeps to its own \`maxUnavailable\`: if that is larger than the
budget, the roll-out takes away the very pods that the budget protects, and a drain in the middle of it has to wait.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets'],
  bad: app('2'),
  good: app('1'),
  check: (workload, world) => {
    const { rollout } = workload;
    const pods = world.fewestPodsOfApp(workload);
    const own = world.fewestPods(workload);
    const [budget] = world.budgetsOf(workload);
    if (rollout === undefined || rollout.stopsFirst || isStuck(rollout) || budget === undefined) return [];
    if (own === undefined || pods === undefined || pods < 2 || pods > FEW_PODS) return [];
    const covered = world.fewestPodsUnder(budget);
    if (covered === undefined || world.rolloutOf(workload) !== undefined) return [];
    const stopped = stoppedAtOnce(rollout, own);
    const allowed = budget.allowedEvictions(covered);
    if (stopped <= allowed) return [];
    return [
      {
        field: `${rollout.field}.rollingUpdate.maxUnavailable`,
        problem: `a roll-out may stop ${stopped} of ${counted(pods, 'pod')}, but budget ${budget.name} lets ${allowed} go, so that it takes pods that the budget protects`,
        fix: 'set maxUnavailable to 0 and maxSurge to 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)',
      },
    ];
  },
};
