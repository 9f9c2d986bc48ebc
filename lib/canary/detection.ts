import { chanceOfMore, detectableRate, trialsNeeded } from '../values/binomial';
import { invalid } from '../values/invalid';
import type { Phase, PlanIntent, TimedGate } from './canary-plan';
import { allowedShare } from './gate';

/** The chance with which a gate has to see what it is to catch. */
const SURE = 0.95;
/** The chance with which it may stop a candidate that is twice as good as it has to be. */
const RARE = 0.05;
/** Beyond this nobody waits. */
const LONGEST_WINDOW = 7 * 24 * 3600;

/** Requests that meet the candidate in a time. */
export function requestsIn(perSecond: number, { percent, mirror }: Phase, time: number): number {
  return Math.floor((perSecond * Math.max(percent, mirror) * time) / 100);
}

/** The lowest share of bad requests that a gate catches, of so many; undefined where nothing is counted. */
export function detectedRate({ gate }: TimedGate, requests: number): number | undefined {
  const allowed = allowedShare(gate.measure);
  return allowed === undefined ? undefined : detectableRate(badAllowed(requests, allowed), requests, SURE);
}

/** Refuses gates that could not tell a bad candidate from a good one with the traffic that there is. */
export function checkGates({ prepared, phases }: PlanIntent, perSecond: number | undefined): void {
  for (const phase of [prepared, ...phases]) {
    for (const action of phase.actions) {
      for (const timed of action.kind === 'gate' ? action.gates : []) checkGate(timed, phase, perSecond);
    }
  }
}

/** Refuses one gate that could not tell; `longer` says how one gives it more time. */
export function checkGate(
  { gate, window }: TimedGate,
  phase: Phase,
  perSecond: number | undefined,
  longer = (time: string) => `pause for ${time} before it`,
): void {
  const allowed = allowedShare(gate.measure);
  const { catches, name } = gate;
  if (allowed === undefined || catches === undefined) return;
  if (perSecond === undefined) {
    const problem = `gate \`${name}\` counts requests, and nothing says how many there are`;
    throw invalid('expects', problem, 'use expects: Traffic.requestsPerSecond(50)');
  }
  const fits = (trials: number) => tells(trials, allowed, catches);
  const requests = requestsIn(perSecond, phase, window);
  if (fits(requests)) return;
  const missed = 1 - chanceOfMore(badAllowed(requests, allowed), requests, catches);
  const stopped = chanceOfMore(badAllowed(requests, allowed), requests, allowed / 2);
  const share = `${printed(100 * catches)} %`;
  const consequence =
    missed > 1 - SURE
      ? `lets a candidate with ${share} bad requests pass in ${printed(100 * missed)} % of cases`
      : `stops one with ${printed(50 * allowed)} % in ${printed(100 * stopped)} % of cases`;
  const problem = `sees ${requests} requests (${perSecond} in a second, ${Math.max(phase.percent, phase.mirror)}% of them, for ${window}s), and ${consequence}`;
  const enough = enoughSeconds((time) => fits(requestsIn(perSecond, phase, time)));
  const wait = enough === undefined ? '' : `${longer(`Duration.minutes(${enough / 60})`)}, `;
  throw invalid(`gate \`${name}\``, problem, `${wait}use a greater weight, or a greater catchesPercent`);
}

/** Whether a gate fails at the rate that it is to catch, and passes at half of what it allows. */
function tells(requests: number, allowed: number, catches: number): boolean {
  const most = badAllowed(requests, allowed);
  return chanceOfMore(most, requests, catches) >= SURE && chanceOfMore(most, requests, allowed / 2) <= RARE;
}

function badAllowed(requests: number, allowed: number): number {
  return Math.floor(requests * allowed + 1e-9);
}

/** Whole minutes from which on the gate tells; the chance goes up and down a little from one request to the next. */
function enoughSeconds(fits: (seconds: number) => boolean): number | undefined {
  const minutes = trialsNeeded((count) => [0, 1, 2].every((more) => fits(60 * (count + more))), LONGEST_WINDOW / 60);
  return minutes === undefined ? undefined : 60 * minutes;
}

function printed(value: number): string {
  return String(Number(value.toPrecision(2)));
}
