// CR-4
import { text } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { sharedByPods, splitByPods } from './split-by-pods';

export const affinityHidesShare: RuleOf<'service'> = {
  id: 'canary/affinity-hides-share',
  severity: Severity.WARNING,
  appliesTo: 'service',
  since: '0.1.0',
  why: `Where two versions are behind one Service, the share of the new one is its share of the pods, by chance at each connection. With
\`sessionAffinity: ClientIP\` chance decides once for each address: behind one proxy or one office everybody sees the same version, and what a gate
measures is the fate of a few clients.`,
  sources: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity'],
  bad: splitByPods('sessionAffinity: ClientIP'),
  good: splitByPods('sessionAffinity: None'),
  check: (target, world) => {
    const { spec } = target;
    if (text(spec.sessionAffinity) !== 'ClientIP') return [];
    const pair = sharedByPods(target, world);
    if (pair === undefined) return [];
    const names = pair.map(({ name }) => name).join(' and ');
    return [
      {
        field: 'spec.sessionAffinity',
        problem: `${names} share the Service, and each client address keeps one of them, so that the share of the requests is not that of the pods`,
        fix: 'use sessionAffinity: None, or routes that divide the requests',
      },
    ];
  },
};
