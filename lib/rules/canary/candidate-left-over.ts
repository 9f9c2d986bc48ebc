// CR-5
import type { WorkloadFact } from '../../facts';
import { Severity } from '../../findings';
import { TRACK_LABEL } from '../../values/labels';
import type { RuleOf } from '../rule';
import { otherHalfOf, splitByPods } from './split-by-pods';

const CANARY = 'canary';

const pair = splitByPods('sessionAffinity: None');

export const candidateLeftOver: RuleOf<'workload'> = {
  id: 'canary/candidate-left-over',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A release has ended when the stable Deployment has the new version and the other one has no pods. What is left of it is seen by nobody: it takes
requests, no roll-out of the app reaches it, and with the next version it stays behind and answers with an old one. A second Deployment with as
many pods as the stable one is no remainder: it holds the requests while the stable pods are replaced.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments'],
  bad: pair.replaceAll('image: web:2.0', 'image: web:1.0'),
  good: pair,
  check: (target, world) => {
    if (target.pod.labels[TRACK_LABEL] !== CANARY) return [];
    const stable = otherHalfOf(target, world)?.other;
    const pods = target.writtenReplicas;
    const others = stable?.writtenReplicas;
    if (stable === undefined || pods === undefined || others === undefined) return [];
    if (pods === 0 || pods >= others || imagesOf(target) !== imagesOf(stable)) return [];
    const problem = `its ${pods} pods run what the ${others} of ${stable.name} run, so that nothing is compared any more`;
    return [{ field: 'spec.replicas', problem, fix: 'use replicas: 0, or name the next version' }];
  },
};

function imagesOf({ pod }: WorkloadFact): string {
  return pod.all.map(({ name, imageText }) => `${name}=${imageText}`).join(' ');
}
