// RO-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { rollout } from './release-snippet';

const scaled = (delay: string) =>
  rollout(
    `{ stableService: web, canaryService: web-canary, dynamicStableScale: true${delay}, trafficRouting: { nginx: { stableIngress: web } } }`,
  );

export const stableScaleBesideDelay: RuleOf<'rollout'> = {
  id: 'canary/stable-scale-beside-delay',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `\`dynamicStableScale\` takes the old pods away as their share of the requests goes down, and \`scaleDownDelaySeconds\` keeps all of them for
a while after the release. Argo refuses a Rollout that asks for both: it is not scaled and not updated any more.`,
  sources: ['https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go'],
  bad: scaled(', scaleDownDelaySeconds: 30'),
  good: scaled(''),
  check: ({ canary, trafficRouting }) => {
    const { dynamicStableScale, scaleDownDelaySeconds: delay } = canary;
    if (trafficRouting === undefined || dynamicStableScale !== true || delay === undefined || delay === null) return [];
    return [
      {
        field: 'spec.strategy.canary.dynamicStableScale',
        problem: `takes old pods away during the release, which scaleDownDelaySeconds: ${delay} keeps until after it, so that Argo refuses the whole Rollout`,
        fix: 'remove one of the two',
      },
    ];
  },
};
