// CR-2
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { otherHalfOf, splitByPods } from './split-by-pods';

const scaler = (name: string) => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const autoscalerChangesShare: RuleOf<'autoscaler'> = {
  id: 'canary/autoscaler-changes-share',
  severity: Severity.WARNING,
  appliesTo: 'autoscaler',
  since: '0.1.0',
  why: `Where the number of pods makes the share of a new version, whatever changes that number changes the share: more load gives the one that is
scaled more requests, and the other fewer, in the middle of what is to be judged. Use routes, whose shares do not depend on pods, or a fixed number
during the release.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments'],
  bad: splitByPods('sessionAffinity: None', '') + scaler('web-canary'),
  good: splitByPods('sessionAffinity: None'),
  check: ({ namespace, targetKey }, world) => {
    const target = world.workload(namespace, targetKey);
    const half = target === undefined ? undefined : otherHalfOf(target, world);
    if (half === undefined) return [];
    const { service, one, other } = half;
    const problem = `scales ${one.name} and not ${other.name}, between which the number of pods divides the requests of Service ${service.name}, so that each scaling changes the share`;
    const fix = 'use a fixed number of replicas during the release, or routes that divide the requests';
    return [{ field: 'spec.scaleTargetRef', problem, fix }];
  },
};
