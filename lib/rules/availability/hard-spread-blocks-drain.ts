// NS-5, PD-7
import { stuckInDrain } from '../../facts';
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';

const app = (policy: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 6
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          nodeTaintsPolicy: ${policy}
          labelSelector: { matchLabels: { app: web } }
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

const HOSTNAME = 'kubernetes.io/hostname';

export const hardSpreadBlocksDrain: RuleOf<'workload'> = {
  id: 'availability/hard-spread-blocks-drain',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A drained node is cordoned, but by default it still counts as a place where pods could be. The emptier it gets, the fewer pods a hard
spread allows elsewhere, so that replacements wait; and while they wait, the budget lets no further pod go. With required anti-affinity
the same happens where there are more pods than nodes: one is missing from the start.`,
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#topologyspreadconstraints-field',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-scheduling/3094-pod-topology-spread-considering-taints',
  ],
  bad: app('Ignore'),
  good: app('Honor'),
  nodes: 3,
  check: (workload, world) => {
    const { nodes } = workload.target;
    const pods = world.fewestPods(workload);
    const [budget] = world.budgetsOf(workload);
    if (nodes === undefined || nodes < 2 || pods === undefined || budget === undefined) return [];
    const covered = world.fewestPodsUnder(budget);
    if (covered === undefined) return [];
    const allowedEvictions = (healthy: number) => budget.allowedEvictions(covered, covered - pods + healthy);
    if (allowedEvictions(pods) < 1) return [];
    const remarks: Remark[] = [];
    // also where old and new pods may share a node: a drain moves pods of one revision
    const apart = workload.pod.antiAffinity.find(
      ({ topologyKey, selector }) => topologyKey === HOSTNAME && selector.matches(workload.pod.labels),
    );
    if (apart !== undefined && allowedEvictions(Math.min(pods, nodes)) < 1) {
      const problem = `${counted(pods, 'pod')} need a node each and there are ${nodes}, so that budget ${budget.name} lets none of them go and no node can be drained`;
      remarks.push({
        field: apart.field,
        problem,
        fix: `run at most ${counted(nodes, 'replica')}, or use a soft spread`,
      });
    }
    for (const { field, maxSkew, honorsTaints } of workload.pod.spreadOverHosts) {
      const left = honorsTaints ? 0 : stuckInDrain({ pods, nodes, maxSkew, allowedEvictions });
      if (left === 0) continue;
      const problem = `the drain of one of ${nodes} nodes never ends, with ${left} of ${counted(pods, 'pod')} left on it: the cordoned node counts as a place, so that replacements wait, and budget ${budget.name} waits for them`;
      remarks.push({ field: `${field}.nodeTaintsPolicy`, problem, fix: 'set nodeTaintsPolicy: Honor' });
    }
    return remarks;
  },
};
