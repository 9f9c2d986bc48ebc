import { invalid } from '../values/invalid';
import type { ActionIntent, PlanIntent } from './canary-plan';
import { CanaryStage } from './canary-stage';

/** One stage of a release, in plain words. */
export interface StageIntent {
  readonly stage: CanaryStage;
  /** The candidate's share of the requests, in percent. */
  readonly share: number;
  /** The share that is copied to it, in percent. */
  readonly mirror: number;
  /** The share that its pods must be enough for: that of the next stage, so that no request waits for a pod. */
  readonly sizedFor: number;
  /** Whether testers, and callers of the new version, reach the candidate. */
  readonly isReachable: boolean;
  /** Whether the stable pods have the candidate's version. */
  readonly isPromoted: boolean;
  /** What happens before the next stage. */
  readonly actions: readonly ActionIntent[];
}

const IDLE = { share: 0, mirror: 0, sizedFor: 0, isReachable: false, isPromoted: false, actions: [] };

/** What a stage means in a plan. */
export function stageOf(plan: PlanIntent, stage: CanaryStage): StageIntent {
  const { prepared, phases } = plan;
  const sharesFrom = (index: number) => phases[index]?.percent ?? 100;
  switch (stage._kind) {
    case 'prepared': {
      const { mirror, actions } = prepared;
      return { ...IDLE, stage, mirror, actions, sizedFor: Math.max(mirror, sharesFrom(0)), isReachable: true };
    }
    case 'step': {
      const phase = phases[stage._step - 1];
      if (phase === undefined) {
        const problem = `the plan has ${phases.length} weights, and no step ${stage._step}`;
        throw invalid('stage', problem, `use CanaryStage.step(${phases.length}) or less`);
      }
      const { percent: share, actions } = phase;
      return { ...IDLE, stage, share, actions, sizedFor: sharesFrom(stage._step), isReachable: true };
    }
    case 'promoting':
      return { ...IDLE, stage, share: 100, sizedFor: 100, isReachable: true, isPromoted: true };
    case 'promoted':
      return { ...IDLE, stage, isPromoted: true };
    default:
      return { ...IDLE, stage };
  }
}

/** The stages in which the candidate is judged, in their order. */
export function judgedStages(plan: PlanIntent): readonly StageIntent[] {
  const steps = plan.phases.map((_, index) => CanaryStage.step(index + 1));
  return [CanaryStage.prepared(), ...steps].map((stage) => stageOf(plan, stage));
}
