// RO-7
import { below, int } from '../../facts/read';
import { Severity } from '../../findings';
import { parseGoDuration } from '../../values/go-duration';
import type { Remark, RuleOf } from '../rule';
import { rollout } from './release-snippet';

const WAITING = ['pause', 'analysis', 'experiment', 'plugin'];
/** Seconds after which a release is rather two versions that live side by side. */
const LONGEST = 2 * 3600;

export const stepsNeverWait: RuleOf<'rollout'> = {
  id: 'canary/steps-never-wait',
  severity: Severity.WARNING,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Steps are for looking at the new version before it has all requests. If none of them waits, Argo goes through all weights as fast as pods get
ready; a weight that is not above the one before changes nothing, or takes a step back. And a plan of many hours is no release: Argo is made for
minutes to hours, in which nobody releases anything else.`,
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/canary/#overview',
    'https://argo-rollouts.readthedocs.io/en/stable/best-practices/#long-running-canary',
  ],
  bad: rollout('steps: [{ setWeight: 25 }, { setWeight: 50 }]'),
  good: rollout('steps: [{ setWeight: 25 }, { pause: { duration: 10m } }, { setWeight: 50 }]'),
  check: ({ steps }) => {
    if (steps.length === 0) return [];
    const waits = steps.some(({ manifest }) => WAITING.some((action) => isThere(manifest[action])));
    const fix = 'put pause: {} or an analysis between the weights';
    const never = {
      field: 'spec.strategy.canary.steps',
      problem: `none of ${steps.length} steps waits, so that the new version has all requests as soon as its pods are ready`,
      fix,
    };
    return [...(waits ? [] : [never]), ...backward(steps), ...tooLong(steps)];
  },
};

type Steps = Parameters<(typeof stepsNeverWait)['check']>[0]['steps'];

function backward(steps: Steps): Remark[] {
  const weights = steps.flatMap(({ field, manifest }) => {
    const weight = int(manifest.setWeight);
    return weight === undefined ? [] : [{ field: `${field}.setWeight`, weight }];
  });
  return weights.slice(1).flatMap(({ field, weight }, index): Remark[] => {
    const before = weights[index]?.weight ?? 0;
    if (weight > before) return [];
    const problem = `${weight} after ${before} ${weight === before ? 'changes nothing' : 'is a step back'}`;
    return [{ field, problem, fix: `use more than ${before}, or remove the step` }];
  });
}

function tooLong(steps: Steps): Remark[] {
  const seconds = steps.reduce((sum, { manifest }) => sum + secondsOf(below(manifest.pause, 'duration')), 0);
  if (seconds <= LONGEST) return [];
  const hours = Number((seconds / 3600).toFixed(1));
  const problem = `the pauses take ${hours} h, in which nothing else of this app can be released, and ${LONGEST / 3600} h is already long`;
  return [{ field: 'spec.strategy.canary.steps', problem, fix: 'shorten the pauses, and let an analysis judge' }];
}

function secondsOf(duration: unknown): number {
  if (typeof duration !== 'string') return int(duration) ?? 0;
  return (/^\d+$/.test(duration) ? Number(duration) : parseGoDuration(duration)) ?? 0;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
