// FL-4
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { canary } from './release-snippet';

const ALL = 100;

export const flaggerNeverEnds: RuleOf<'canary'> = {
  id: 'canary/flagger-never-ends',
  severity: Severity.ERROR,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger promotes a release when its weight has reached the maximum, and raises the weight by steps. Where the next step is 0 or less, or the
maximum is above 100, which no weight reaches, it does nothing and says nothing: the release hangs, in part or in whole on the new version, and is
never promoted. The API server takes all of these numbers.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go'],
  bad: canary('{ interval: 1m, threshold: 5, maxWeight: 120, stepWeight: 20 }'),
  good: canary('{ interval: 1m, threshold: 5, maxWeight: 100, stepWeight: 20 }'),
  check: (target) => {
    if (!target.shiftsWeights) return [];
    const { iterations, stepWeight, stepWeights, maxWeight } = target.analysis;
    if (Array.isArray(stepWeights)) return growing(stepWeights);
    return typeof stepWeight === 'number' ? [...step(stepWeight), ...maximum(maxWeight)] : rounds(iterations);
  },
};

function rounds(iterations: unknown): Remark[] {
  if (typeof iterations !== 'number') return [];
  const problem = `${iterations} rounds are none, so that a release is never promoted`;
  return [{ field: 'spec.analysis.iterations', problem, fix: 'use iterations: 10' }];
}

function step(stepWeight: number): Remark[] {
  if (stepWeight > 0) return [];
  const problem = `${stepWeight} is no step, so that a release gets no requests and is never promoted`;
  return [{ field: 'spec.analysis.stepWeight', problem, fix: 'use stepWeight: 10' }];
}

function maximum(maxWeight: unknown): Remark[] {
  if (typeof maxWeight !== 'number' || maxWeight <= ALL) return [];
  const problem = `${maxWeight} is never reached, since weights end at ${ALL}, so that a release keeps all requests and is never promoted`;
  return [{ field: 'spec.analysis.maxWeight', problem, fix: `use maxWeight: ${ALL} or less` }];
}

/** The first weight that is not above the one before; once all requests are there, the rest does not count. */
function growing(weights: readonly unknown[]): Remark[] {
  const field = 'spec.analysis.stepWeights';
  if (weights.length === 0) {
    const problem = 'is empty, so that a release gets no requests and is never promoted';
    return [{ field, problem, fix: 'use stepWeights: [10, 50]' }];
  }
  let last = 0;
  for (const [index, weight] of weights.entries()) {
    if (typeof weight !== 'number' || last >= ALL) return [];
    if (weight <= last) {
      const problem = `${weight} is no step from ${last}, so that a release stays at ${last} % of the requests and is never promoted`;
      return [{ field: `${field}[${index}]`, problem, fix: `use a weight from ${last + 1} to ${ALL}` }];
    }
    last = weight;
  }
  return [];
}
