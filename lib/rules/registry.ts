import { delayNeedsShell } from './app/delay-needs-shell';
import { delayShorterThanDeregistration } from './app/delay-shorter-than-deregistration';
import { dnsWithoutClusterNames } from './app/dns-without-cluster-names';
import { drainShorterThanTask } from './app/drain-shorter-than-task';
import { execProbeTooOften } from './app/exec-probe-too-often';
import { graceBeyondNodeLimits } from './app/grace-beyond-node-limits';
import { graceTooShort } from './app/grace-too-short';
import { imageNotPinned } from './app/image-not-pinned';
import { jobWaitsForSidecar } from './app/job-waits-for-sidecar';
import { livenessDependsOnOthers } from './app/liveness-depends-on-others';
import { livenessEqualsReadiness } from './app/liveness-equals-readiness';
import { livenessKillsSlowStart } from './app/liveness-kills-slow-start';
import { nativeSidecarUnsupported } from './app/native-sidecar-unsupported';
import { noShutdownDelay } from './app/no-shutdown-delay';
import { portTakenTwice } from './app/port-taken-twice';
import { preStopRefused } from './app/pre-stop-refused';
import { preStopSleepUnsupported } from './app/pre-stop-sleep-unsupported';
import { probeNeedsShell } from './app/probe-needs-shell';
import { probePortMissing } from './app/probe-port-missing';
import { probeRefused } from './app/probe-refused';
import { probeTimeoutExceedsPeriod } from './app/probe-timeout-exceeds-period';
import { progressDeadlineTooShort } from './app/progress-deadline-too-short';
import { quitBeforeDelay } from './app/quit-before-delay';
import { rolloutCannotProceed } from './app/rollout-cannot-proceed';
import { rolloutDropsCapacity } from './app/rollout-drops-capacity';
import { rolloutStopsAllPods } from './app/rollout-stops-all-pods';
import { rolloutWithoutSettling } from './app/rollout-without-settling';
import { scratchWithoutLimit } from './app/scratch-without-limit';
import { servedWithoutReadiness } from './app/served-without-readiness';
import { sharedVolumeWriters } from './app/shared-volume-writers';
import { shellSwallowsSigterm } from './app/shell-swallows-sigterm';
import { sidecarGatesPod } from './app/sidecar-gates-pod';
import { sidecarStartsLate } from './app/sidecar-starts-late';
import { stopSignalRefused } from './app/stop-signal-refused';
import { twoStopMechanisms } from './app/two-stop-mechanisms';
import { workerBehindService } from './app/worker-behind-service';
import { workerWithoutLiveness } from './app/worker-without-liveness';
import { budgetBlocksDrain } from './availability/budget-blocks-drain';
import type { Rule } from './rule';

/** Every rule, in the order of its id. */
export const RULES: readonly Rule[] = [
  delayNeedsShell,
  delayShorterThanDeregistration,
  dnsWithoutClusterNames,
  drainShorterThanTask,
  execProbeTooOften,
  graceBeyondNodeLimits,
  graceTooShort,
  imageNotPinned,
  jobWaitsForSidecar,
  livenessDependsOnOthers,
  livenessEqualsReadiness,
  livenessKillsSlowStart,
  nativeSidecarUnsupported,
  noShutdownDelay,
  portTakenTwice,
  preStopRefused,
  preStopSleepUnsupported,
  probeNeedsShell,
  probePortMissing,
  probeRefused,
  probeTimeoutExceedsPeriod,
  progressDeadlineTooShort,
  quitBeforeDelay,
  rolloutCannotProceed,
  rolloutDropsCapacity,
  rolloutStopsAllPods,
  rolloutWithoutSettling,
  scratchWithoutLimit,
  servedWithoutReadiness,
  sharedVolumeWriters,
  shellSwallowsSigterm,
  sidecarGatesPod,
  sidecarStartsLate,
  stopSignalRefused,
  twoStopMechanisms,
  workerBehindService,
  workerWithoutLiveness,
  budgetBlocksDrain,
];

/** Ids that were given up. They are never used again: an old acknowledgement must not silence something new. */
export const RETIRED_IDS: readonly string[] = [];
