import { invalid } from '../values/invalid';
import type { CanaryStep, StepIntent } from './canary-step';
import type { GateIntent } from './gate';

/** A gate and how far it looks back there, in seconds. */
export interface TimedGate {
  readonly gate: GateIntent;
  readonly window: number;
}

/** What happens while the candidate has its share. */
export type ActionIntent =
  | { readonly kind: 'pause'; readonly seconds: number }
  | { readonly kind: 'gate'; readonly gates: readonly TimedGate[] }
  | { readonly kind: 'approval' };

/** The time between two weights. */
export interface Phase {
  /** The share of the candidate, in percent. */
  readonly percent: number;
  /** The share that is copied to the candidate, in percent. */
  readonly mirror: number;
  readonly actions: readonly ActionIntent[];
}

/** A plan in plain words. */
export interface PlanIntent {
  /** Before the first weight: the candidate runs, and only testers and copies of requests reach it. */
  readonly prepared: Phase;
  /** One for each weight; shares rise, and the last is 100. */
  readonly phases: readonly Phase[];
}

/** By which steps a candidate takes over. */
export class CanaryPlan {
  /**
   * A plan from its steps, in their order.
   *
   * @param steps weights that rise to 100 %, with pauses, gates and approvals between them
   * @throws if there is no step, weights do not rise from below 100 % to 100 %, or a gate comes before any request has met the candidate
   */
  public static of(...steps: CanaryStep[]): CanaryPlan {
    return new CanaryPlan(resolvePlan(steps.map(({ _intent }) => _intent)));
  }

  private constructor(
    /** @internal */
    public readonly _intent: PlanIntent,
  ) {}
}

const WHERE = 'CanaryPlan.of';

type MutablePhase = { percent: number; mirror: number; actions: ActionIntent[] };

function resolvePlan(steps: readonly StepIntent[]): PlanIntent {
  checkWeights(steps);
  checkNames(steps);
  const prepared: MutablePhase = { percent: 0, mirror: 0, actions: [] };
  const phases: MutablePhase[] = [];
  steps.forEach((step, index) => {
    const phase = phases[phases.length - 1] ?? prepared;
    const where = `${WHERE}: steps[${index}]`;
    switch (step.kind) {
      case 'weight':
        phases.push({ percent: step.percent, mirror: 0, actions: [] });
        break;
      case 'mirror':
        if (phase.percent > 0 || phase.mirror > 0) {
          throw invalid(where, 'a mirror is for the time before the first weight, once', 'move it to the beginning');
        }
        phase.mirror = step.percent;
        break;
      case 'gate':
        phase.actions.push({ kind: 'gate', gates: step.gates.map((gate) => timed(where, gate, phase)) });
        break;
      default:
        phase.actions.push(step);
    }
  });
  return Object.freeze({ prepared, phases });
}

function checkWeights(steps: readonly StepIntent[]): void {
  const weights = steps.flatMap((step, index) => (step.kind === 'weight' ? [{ index, percent: step.percent }] : []));
  const [first] = weights;
  const last = weights[weights.length - 1];
  if (first === undefined || last === undefined) {
    throw invalid(WHERE, 'no step gives the candidate a share', 'begin with CanaryStep.weight(Weight.percent(5))');
  }
  if (first.percent === 100) {
    const problem = '100% at once is a roll-out and not a canary';
    throw invalid(`${WHERE}: steps[${first.index}]`, problem, 'put CanaryStep.weight(Weight.percent(5)) before it');
  }
  weights.slice(1).forEach(({ index, percent }, at) => {
    const before = (weights[at] as { percent: number }).percent;
    if (percent > before) return;
    const problem = `${percent}% after ${before}% ${percent === before ? 'changes nothing' : 'is a step back'}`;
    throw invalid(`${WHERE}: steps[${index}]`, problem, `use more than Weight.percent(${before})`);
  });
  if (last.percent < 100) {
    const problem = `ends at ${last.percent}%, so that the candidate never takes over`;
    throw invalid(WHERE, problem, 'end with CanaryStep.weight(Weight.percent(100))');
  }
}

/** A gate may be asked again at a later step, but one name means one question. */
function checkNames(steps: readonly StepIntent[]): void {
  const known = new Map<string, string>();
  steps.forEach((step, index) => {
    for (const gate of step.kind === 'gate' ? step.gates : []) {
      const text = JSON.stringify(gate);
      if ((known.get(gate.name) ?? text) !== text) {
        const problem = `two gates have the name \`${gate.name}\` and ask different things`;
        throw invalid(`${WHERE}: steps[${index}]`, problem, 'give one of them a name of its own by its option name');
      }
      known.set(gate.name, text);
    }
  });
}

function timed(where: string, gate: GateIntent, phase: Phase): TimedGate {
  if (phase.percent === 0 && phase.mirror === 0) {
    const problem = `gate \`${gate.name}\` comes before any weight, when no request has met the candidate`;
    throw invalid(where, problem, 'put CanaryStep.weight(Weight.percent(5)) before it');
  }
  const held = heldFor(phase.actions);
  if (gate.measure.kind === 'webhook') return { gate, window: held };
  const { window = held } = gate;
  if (held === 0) {
    const problem = `gate \`${gate.name}\` follows the weight at once, when there is nothing to judge yet`;
    throw invalid(where, problem, 'put CanaryStep.pause(Duration.minutes(10)) before it');
  }
  if (window > held) {
    const problem = `gate \`${gate.name}\` looks back ${window}s, and the candidate has had this share for ${held}s`;
    throw invalid(where, problem, `use a window of ${held}s or less, or pause for ${window}s before the gate`);
  }
  return { gate, window };
}

/** Seconds of all pauses. */
export function heldFor(actions: readonly ActionIntent[]): number {
  return actions.reduce((sum, action) => sum + (action.kind === 'pause' ? action.seconds : 0), 0);
}
