import { claimSharedByPods } from './app/claim-shared-by-pods';
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
import { selectorMissesTemplate } from './app/selector-misses-template';
import { servedWithoutReadiness } from './app/served-without-readiness';
import { servicePortMissing } from './app/service-port-missing';
import { serviceSelectsNothing } from './app/service-selects-nothing';
import { sharedVolumeWriters } from './app/shared-volume-writers';
import { shellSwallowsSigterm } from './app/shell-swallows-sigterm';
import { sidecarGatesPod } from './app/sidecar-gates-pod';
import { sidecarStartsLate } from './app/sidecar-starts-late';
import { stopSignalIgnored } from './app/stop-signal-ignored';
import { workerBehindService } from './app/worker-behind-service';
import { workerWithoutLiveness } from './app/worker-without-liveness';
import { antiAffinityBlocksRollout } from './availability/anti-affinity-blocks-rollout';
import { autoscalerTargetMissing } from './availability/autoscaler-target-missing';
import { barePod } from './availability/bare-pod';
import { budgetBlocksDrain } from './availability/budget-blocks-drain';
import { budgetBreaksQuorum } from './availability/budget-breaks-quorum';
import { budgetKeepsUnhealthy } from './availability/budget-keeps-unhealthy';
import { budgetLimitUnclear } from './availability/budget-limit-unclear';
import { budgetOnSingleReplica } from './availability/budget-on-single-replica';
import { budgetSelectsNamespace } from './availability/budget-selects-namespace';
import { budgetSelectsNothing } from './availability/budget-selects-nothing';
import { hardSpreadBlocksDrain } from './availability/hard-spread-blocks-drain';
import { noBudget } from './availability/no-budget';
import { noSpread } from './availability/no-spread';
import { replicasBesideAutoscaler } from './availability/replicas-beside-autoscaler';
import { rolloutExceedsBudget } from './availability/rollout-exceeds-budget';
import { singleReplica } from './availability/single-replica';
import { twoAutoscalers } from './availability/two-autoscalers';
import { twoBudgetsOnPod } from './availability/two-budgets-on-pod';
import { utilizationWithoutRequests } from './availability/utilization-without-requests';
import type { Rule } from './rule';

/** Every rule, in the order of its id. */
export const RULES: readonly Rule[] = [
  claimSharedByPods,
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
  selectorMissesTemplate,
  servedWithoutReadiness,
  servicePortMissing,
  serviceSelectsNothing,
  sharedVolumeWriters,
  shellSwallowsSigterm,
  sidecarGatesPod,
  sidecarStartsLate,
  stopSignalIgnored,
  workerBehindService,
  workerWithoutLiveness,
  antiAffinityBlocksRollout,
  autoscalerTargetMissing,
  barePod,
  budgetBlocksDrain,
  budgetBreaksQuorum,
  budgetKeepsUnhealthy,
  budgetLimitUnclear,
  budgetOnSingleReplica,
  budgetSelectsNamespace,
  budgetSelectsNothing,
  hardSpreadBlocksDrain,
  noBudget,
  noSpread,
  replicasBesideAutoscaler,
  rolloutExceedsBudget,
  singleReplica,
  twoAutoscalers,
  twoBudgetsOnPod,
  utilizationWithoutRequests,
];

/** Ids that were given up. They are never used again: an old acknowledgement must not silence something new. */
export const RETIRED_IDS: readonly string[] = [];
