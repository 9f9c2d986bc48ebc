// RO-1
import { below, int } from '../../facts/read';
import { Severity } from '../../findings';
import { parseGoDuration } from '../../values/go-duration';
import type { Remark, RuleOf } from '../rule';
import { rollout } from './release-snippet';

const EXCLUSIVE = ['setWeight', 'pause', 'experiment', 'analysis'];
const ACTIONS = [...EXCLUSIVE, 'setCanaryScale', 'setHeaderRoute', 'setMirrorRoute', 'plugin'];

export const stepRefused: RuleOf<'rollout'> = {
  id: 'canary/step-refused',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts reads all steps before it acts. One that it cannot read (a weight out of range, a duration that is none, two actions in one
step, no action at all) makes the whole Rollout invalid: it is not scaled and not updated any more, and only its status says so. The API server
takes it.`,
  sources: ['https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go'],
  bad: rollout('steps: [{ setWeight: 120 }, { pause: {} }]'),
  good: rollout('steps: [{ setWeight: 25 }, { pause: {} }]'),
  check: ({ steps, maxWeight }) =>
    steps.flatMap(({ field, manifest }): Remark[] => {
      const actions = ACTIONS.filter((action) => manifest[action] !== undefined && manifest[action] !== null);
      const exclusive = actions.filter((action) => EXCLUSIVE.includes(action));
      if (actions.length === 0) {
        return [{ field, problem: 'has no action, so that Argo refuses the whole Rollout', fix: 'remove the step' }];
      }
      if (exclusive.length > 1) {
        const problem = `has ${exclusive.join(' and ')}, of which a step may have one, so that Argo refuses the whole Rollout`;
        return [{ field, problem, fix: 'make a step of each' }];
      }
      return [...weight(manifest.setWeight, maxWeight, field), ...pause(manifest.pause, field)];
    }),
};

function weight(value: unknown, max: number, field: string): Remark[] {
  if (typeof value !== 'number' || (value >= 0 && value <= max)) return [];
  const problem = `${value} is outside of 0 to ${max}, so that Argo refuses the whole Rollout`;
  return [{ field: `${field}.setWeight`, problem, fix: `use a weight from 0 to ${max}` }];
}

function pause(value: unknown, field: string): Remark[] {
  const duration = below(value, 'duration') ?? 0;
  const seconds = secondsOf(duration);
  if (seconds !== undefined && Math.trunc(seconds) >= 0) return [];
  const written = typeof duration === 'string' ? duration : JSON.stringify(duration);
  const problem = `${written} is no time of 0 or more, so that Argo refuses the whole Rollout`;
  return [
    { field: `${field}.pause.duration`, problem, fix: 'use seconds, or a number with s, m or h, for example 10m' },
  ];
}

/** A bare number is in seconds. */
function secondsOf(duration: unknown): number | undefined {
  if (typeof duration !== 'string') return int(duration);
  return /^[-+]?\d+$/.test(duration) ? Number(duration) : parseGoDuration(duration);
}
