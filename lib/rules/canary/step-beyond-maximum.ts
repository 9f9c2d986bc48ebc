// FL-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { canary } from './release-snippet';

const ALL = 100;

export const stepBeyondMaximum: RuleOf<'canary'> = {
  id: 'canary/step-beyond-maximum',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger adds one step after the other until the maximum is reached or passed, and cuts off only at 100. With steps that do not meet the
maximum the last one goes beyond it, and more users see an unproven release than were meant to. Let the maximum be a multiple of the step, or write
each weight in \`stepWeights\`.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go'],
  bad: canary('{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 60 }'),
  good: canary('{ interval: 1m, threshold: 5, maxWeight: 60, stepWeight: 60 }'),
  check: (target) => {
    const { maxWeight, stepWeight } = target;
    if (!target.shiftsWeights || stepWeight === undefined || stepWeight <= 0) return [];
    const reached = Math.min(ALL, Math.ceil(maxWeight / stepWeight) * stepWeight);
    if (reached <= maxWeight) return [];
    return [
      {
        field: 'spec.analysis.stepWeight',
        problem: `steps of ${stepWeight} lead to ${reached}, beyond maxWeight ${maxWeight}, so that a release gets more requests than it should before it is promoted`,
        fix: `use maxWeight: ${reached}, or stepWeights that end at ${maxWeight}`,
      },
    ];
  },
};
