// RO-6
import { int } from '../../facts/read';
import { Severity } from '../../findings';
import { podsForShare, reachedShare, smallestTotal } from '../../values/pod-share';
import type { Remark, RuleOf } from '../rule';
import { rollout } from './release-snippet';

export const shareNotReached: RuleOf<'rollout'> = {
  id: 'canary/share-not-reached',
  severity: Severity.WARNING,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Without a traffic router the pods are the share, and Argo rounds to whole ones: 5 % of 4 pods is none, and the step waits for nothing; 60 % of 4
is 2, or 50 %. What is then judged is another share than the one that is written. Take a number of pods that makes all shares, or a router.`,
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/canary/#mimicking-rolling-update'],
  bad: rollout('steps: [{ setWeight: 5 }, { pause: { duration: 10m } }]'),
  good: rollout('steps: [{ setWeight: 25 }, { pause: { duration: 10m } }]'),
  check: (target, world) => {
    const pods = target.writtenReplicas;
    if (target.trafficRouting !== undefined || pods === undefined || pods === 0 || world.isScaled(target)) return [];
    const steps = target.steps.flatMap(({ field, manifest }) => {
      const share = int(manifest.setWeight);
      return share === undefined || share < 0 || share > 100 ? [] : [{ field: `${field}.setWeight`, share }];
    });
    const enough = smallestTotal(steps.map(({ share }) => share));
    return steps.flatMap(({ field, share }): Remark[] => {
      if (smallestTotal([share], pods) === pods) return [];
      const problem = `${share}% of ${pods} pods is ${podsForShare(share, pods)} of them, which is ${reachedShare(share, pods)}%`;
      return [{ field, problem, fix: `use replicas: ${enough}, or trafficRouting` }];
    });
  },
};
