import type { Phase } from './canary-plan';
import { heldFor } from './canary-plan';
import { detectedRate, requestsIn } from './detection';
import type { Engine, Release } from './engines/engine';
import { judgedStages, type StageIntent } from './stages';

/** A gate at one stage. */
export interface DescribedGate {
  /** Its name. */
  readonly name: string;
  /** How far it looks back. */
  readonly windowSeconds: number;
  /**
   * How many requests of the candidate it sees.
   *
   * @default - the traffic is not known, or the gate counts no requests
   */
  readonly seenRequests?: number;
  /**
   * The lowest share of bad requests that it catches with a chance of 95 %.
   *
   * @default - the traffic is not known, or the gate counts no requests
   */
  readonly detectsPercent?: number;
}

/** One stage of a release, in numbers. */
export interface DescribedStage {
  /** `prepared`, `step-1`. */
  readonly name: string;
  /** The candidate's share of the requests. */
  readonly sharePercent: number;
  /** Pods of the stable version, before an autoscaler adds some. */
  readonly stablePods: number;
  /** Pods of the candidate, before an autoscaler adds some. */
  readonly candidatePods: number;
  /** The pods of both versions that there are at least on the way to this stage. */
  readonly lowestPods: number;
  /** All pauses of this stage; a person may take longer. */
  readonly pauseSeconds: number;
  /** Whether a person decides. */
  readonly needsApproval: boolean;
  /** The gates. */
  readonly gates: DescribedGate[];
  /**
   * Requests that have met the candidate at the end of this stage.
   *
   * @default - the traffic is not known
   */
  readonly metRequests?: number;
  /**
   * Requests that fail, if every request to the candidate fails from the begin of this stage on, until a gate or a person is asked.
   *
   * @default - the traffic is not known, or nobody is asked any more
   */
  readonly worstFailedRequests?: number;
}

/** A release in numbers. */
export interface ReleaseDescription {
  /** For people. */
  readonly text: string;
  /** One for each stage that the candidate goes through. */
  readonly stages: DescribedStage[];
}

/** Describes a release. */
export function describe(engine: Engine, release: Release): ReleaseDescription {
  const { perSecond } = release;
  const all = judgedStages(release.plan);
  const stages = all.map((stage, index): DescribedStage => {
    const pods = engine.pods(release, stage);
    const { share, actions } = stage;
    const soFar = all.slice(0, index + 1).map((one) => metBy(one, perSecond));
    return {
      name: stage.stage.toString(),
      sharePercent: share,
      stablePods: pods.stable,
      candidatePods: pods.candidate,
      lowestPods: engine.lowestPods(release, stage),
      pauseSeconds: heldFor(actions),
      needsApproval: actions.some(({ kind }) => kind === 'approval'),
      gates: gatesOf(stage, perSecond),
      ...(perSecond !== undefined && {
        metRequests: soFar.reduce((sum, one) => sum + one, 0),
        worstFailedRequests: worstOf(all.slice(index), perSecond),
      }),
    };
  });
  return { text: `${textOf(engine, release, stages)}\n`, stages };
}

function gatesOf(stage: StageIntent, perSecond: number | undefined): DescribedGate[] {
  const phase = phaseOf(stage);
  const gates = stage.actions.flatMap((action) => (action.kind === 'gate' ? action.gates : []));
  return gates.map((timed) => {
    const requests = perSecond === undefined ? undefined : requestsIn(perSecond, phase, timed.window);
    const rate = requests === undefined ? undefined : detectedRate(timed, requests);
    return {
      name: timed.gate.name,
      windowSeconds: timed.window,
      ...(rate !== undefined && { seenRequests: requests, detectsPercent: Number((100 * rate).toPrecision(2)) }),
    };
  });
}

function phaseOf({ share, mirror, actions }: StageIntent): Phase {
  return { percent: share, mirror, actions };
}

function metBy(stage: StageIntent, perSecond: number | undefined): number {
  return requestsIn(perSecond ?? 0, phaseOf(stage), heldFor(stage.actions));
}

/** The answers to copied requests go nowhere: only the share counts. Undefined where nobody looks any more. */
function worstOf(stages: readonly StageIntent[], perSecond: number): number | undefined {
  let failed = 0;
  for (const { share, actions } of stages) {
    for (const action of actions) {
      if (action.kind !== 'pause') return Math.floor(failed);
      failed += (perSecond * share * action.seconds) / 100;
    }
  }
  return undefined;
}

function textOf(engine: Engine, { app, candidate }: Release, stages: readonly DescribedStage[]): string {
  const minutes = stages.reduce((sum, { pauseSeconds }) => sum + pauseSeconds, 0) / 60;
  const head = `${app.name} with ${engine.name}${candidate === undefined ? '' : `: ${candidate.image}`}, ${printed(minutes)} min and what people take`;
  const first = 'The first installation is no canary: there is no stable version to compare with.';
  return [head, first, ...stages.map(lineOf)].join('\n');
}

function lineOf(stage: DescribedStage): string {
  const { name, sharePercent, stablePods, candidatePods, lowestPods, pauseSeconds, metRequests } = stage;
  const gates = stage.gates.map(({ name: gate, windowSeconds, detectsPercent }) => {
    const catches = detectsPercent === undefined ? '' : `, catches ${detectsPercent} %`;
    return `gate ${gate} (${windowSeconds}s${catches})`;
  });
  return [
    `${name}: ${sharePercent} %`,
    `${stablePods} + ${candidatePods} pods, never below ${lowestPods}`,
    pauseSeconds === 0 ? [] : `${printed(pauseSeconds / 60)} min`,
    ...gates,
    stage.needsApproval ? 'a person approves' : [],
    metRequests === undefined ? [] : `${metRequests} requests met it by then, ${worstIn(stage)}`,
  ]
    .flat()
    .join('; ');
}

function worstIn({ worstFailedRequests }: DescribedStage): string {
  if (worstFailedRequests === undefined) return 'and nobody looks any more';
  return `${worstFailedRequests} fail at worst before somebody looks`;
}

function printed(value: number): string {
  return String(Number(value.toFixed(1)));
}
