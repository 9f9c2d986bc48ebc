// ZD-2
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { redundant, serving } from './snippet';

export const singleReplica: RuleOf<'workload'> = {
  id: 'availability/single-replica',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `With one pod each drain, each eviction and each crash is an outage until the next pod is ready. Two pods on two nodes cost little.
Where there can be only one, since it is the only one that writes, acknowledge this with that reason.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#dealing-with-disruptions'],
  bad: serving({ replicas: 1 }),
  good: redundant,
  check: (workload, world) => {
    if (world.servingPods(workload) !== 1 || world.isScaled(workload) || world.rolloutOf(workload) !== undefined)
      return [];
    if (!world.servicesOf(workload).some((service) => world.podsBehind(service) === 1)) return [];
    const problem = '1 pod behind a Service, so that a drain of its node is an outage';
    const fix =
      workload.kind === 'StatefulSet'
        ? 'use replicas: 2 if it can have a second member; otherwise accept it with that reason'
        : 'use replicas: 2';
    return [{ field: 'spec.replicas', problem, fix }];
  },
};
