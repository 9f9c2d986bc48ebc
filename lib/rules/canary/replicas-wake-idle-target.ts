// FL-3
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';
import { releasedByFlagger } from './release-snippet';

export const replicasWakeIdleTarget: RuleOf<'workload'> = {
  id: 'canary/replicas-wake-idle-target',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Flagger keeps the target at zero pods between releases. A manifest with \`replicas\` starts them again with each apply, and if the template
is the same Flagger sees no release and never stops them: twice the pods run, for nothing. An autoscaler that \`autoscalerRef\` names keeps the
number instead, for the target during a release and for the copy that serves.`,
  sources: [
    'https://github.com/fluxcd/flagger/blob/main/docs/gitbook/usage/how-it-works.md',
    'https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go',
  ],
  bad: releasedByFlagger('  replicas: 3\n'),
  good: releasedByFlagger(),
  check: (workload, world) => {
    const canary = world.delivery.canaryOf(workload);
    const { writtenReplicas: replicas } = workload;
    if (canary === undefined || replicas === undefined || replicas < 1 || world.isScaled(workload)) return [];
    const pods = counted(replicas, 'pod');
    return [
      {
        field: 'spec.replicas',
        problem: `each apply starts ${pods}, which Canary ${canary.name} keeps at 0 between releases, and they run on although no release needs them`,
        fix: `name an autoscaler with minReplicas: ${replicas} in spec.autoscalerRef of the Canary, and remove spec.replicas as docs/guides/moving-live-workloads.md says`,
      },
    ];
  },
};
