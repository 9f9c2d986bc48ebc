import { delayNeedsShell } from './app/delay-needs-shell';
import { delayShorterThanDeregistration } from './app/delay-shorter-than-deregistration';
import { drainShorterThanTask } from './app/drain-shorter-than-task';
import { graceBeyondNodeLimits } from './app/grace-beyond-node-limits';
import { graceTooShort } from './app/grace-too-short';
import { noShutdownDelay } from './app/no-shutdown-delay';
import { preStopRefused } from './app/pre-stop-refused';
import { preStopSleepUnsupported } from './app/pre-stop-sleep-unsupported';
import { quitBeforeDelay } from './app/quit-before-delay';
import { rolloutCannotProceed } from './app/rollout-cannot-proceed';
import { rolloutDropsCapacity } from './app/rollout-drops-capacity';
import { rolloutStopsAllPods } from './app/rollout-stops-all-pods';
import { rolloutWithoutSettling } from './app/rollout-without-settling';
import { servedWithoutReadiness } from './app/served-without-readiness';
import { shellSwallowsSigterm } from './app/shell-swallows-sigterm';
import { stopSignalRefused } from './app/stop-signal-refused';
import { twoStopMechanisms } from './app/two-stop-mechanisms';
import { budgetBlocksDrain } from './availability/budget-blocks-drain';
import type { Rule } from './rule';

/** Every rule, in the order of its id. */
export const RULES: readonly Rule[] = [
  delayNeedsShell,
  delayShorterThanDeregistration,
  drainShorterThanTask,
  graceBeyondNodeLimits,
  graceTooShort,
  noShutdownDelay,
  preStopRefused,
  preStopSleepUnsupported,
  quitBeforeDelay,
  rolloutCannotProceed,
  rolloutDropsCapacity,
  rolloutStopsAllPods,
  rolloutWithoutSettling,
  servedWithoutReadiness,
  shellSwallowsSigterm,
  stopSignalRefused,
  twoStopMechanisms,
  budgetBlocksDrain,
];

/** Ids that were given up. They are never used again: an old acknowledgement must not silence something new. */
export const RETIRED_IDS: readonly string[] = [];
