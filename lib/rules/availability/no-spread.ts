// ZD-2
import { Severity } from '../../findings';
import { counted, flow } from '../../findings/format';
import type { RuleOf } from '../rule';
import { redundant, serving } from './snippet';

export const noSpread: RuleOf<'workload'> = {
  id: 'availability/no-spread',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Nothing asks the scheduler to put these pods on different nodes. After a few drains they often run side by side, and one node takes
all of them down.`,
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
  bad: serving({ replicas: 2, budget: true }),
  good: redundant,
  check: (workload, world) => {
    const pods = world.redundantPods(workload);
    // a node has room for one pod with its port
    if (workload.pod.takesHostPorts) return [];
    if (pods === undefined || (world.fewestPods(workload) ?? 0) < 2 || workload.pod.isSpread) return [];
    return [
      {
        field: `${workload.pod.field}.topologySpreadConstraints`,
        problem: `missing, so that one node may carry all ${counted(pods, 'pod')}`,
        fix: `add topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: ${flow(world.labelsOfApp(workload))} } }]`,
      },
    ];
  },
};
