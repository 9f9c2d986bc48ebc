import { claimSharedByPods } from './app/claim-shared-by-pods';
import { connectionsOverflowTracking } from './app/connections-overflow-tracking';
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
import { meshKeepsJobAlive } from './app/mesh-keeps-job-alive';
import { meshProxyStartsLate } from './app/mesh-proxy-starts-late';
import { meshProxyStopsEarly } from './app/mesh-proxy-stops-early';
import { monitorPortMissing } from './app/monitor-port-missing';
import { monitorSelectsNothing } from './app/monitor-selects-nothing';
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
import { affinityHidesShare } from './canary/affinity-hides-share';
import { analysisRefused } from './canary/analysis-refused';
import { autoscalerChangesShare } from './canary/autoscaler-changes-share';
import { autoscalerNotCopied } from './canary/autoscaler-not-copied';
import { autoscalerScalesTemplate } from './canary/autoscaler-scales-template';
import { backendNotGranted } from './canary/backend-not-granted';
import { backendPortUnknown } from './canary/backend-port-unknown';
import { backendServiceMissing } from './canary/backend-service-missing';
import { candidateLeftOver } from './canary/candidate-left-over';
import { destinationPortMissing } from './canary/destination-port-missing';
import { destinationPortUnknown } from './canary/destination-port-unknown';
import { destinationServiceMissing } from './canary/destination-service-missing';
import { flaggerFindsNoLabel } from './canary/flagger-finds-no-label';
import { flaggerNeverEnds } from './canary/flagger-never-ends';
import { flaggerOutsideMesh } from './canary/flagger-outside-mesh';
import { fractionStopsFlagger } from './canary/fraction-stops-flagger';
import { gateCannotSee } from './canary/gate-cannot-see';
import { gatewayMissing } from './canary/gateway-missing';
import { gatewaysBesideSourceLabels } from './canary/gateways-beside-source-labels';
import { hostRoutedTwice } from './canary/host-routed-twice';
import { hostUnknownAtGateway } from './canary/host-unknown-at-gateway';
import { intervalMisread } from './canary/interval-misread';
import { listenerMissing } from './canary/listener-missing';
import { listenerRefusesRoute } from './canary/listener-refuses-route';
import { madeByFlagger } from './canary/made-by-flagger';
import { matchRepeated } from './canary/match-repeated';
import { metricNeverAsked } from './canary/metric-never-asked';
import { metricWindowTooLong } from './canary/metric-window-too-long';
import { metricWithoutRange } from './canary/metric-without-range';
import { needsTrafficRouting } from './canary/needs-traffic-routing';
import { oldAnalysisDropped } from './canary/old-analysis-dropped';
import { oldFlaggerForm } from './canary/old-flagger-form';
import { othersFindNoRoute } from './canary/others-find-no-route';
import { protocolUndeclared } from './canary/protocol-undeclared';
import { replicasWakeIdleTarget } from './canary/replicas-wake-idle-target';
import { rolloutDoublesPods } from './canary/rollout-doubles-pods';
import { rolloutRouteMissing } from './canary/rollout-route-missing';
import { rolloutServiceSelectsOthers } from './canary/rollout-service-selects-others';
import { rolloutServicesMissing } from './canary/rollout-services-missing';
import { rolloutWeightsNotInitial } from './canary/rollout-weights-not-initial';
import { routeNotManaged } from './canary/route-not-managed';
import { selectsIdleTarget } from './canary/selects-idle-target';
import { servicesNotDistinct } from './canary/services-not-distinct';
import { shareExceedsPods } from './canary/share-exceeds-pods';
import { shareMissedByPods } from './canary/share-missed-by-pods';
import { shareNotReached } from './canary/share-not-reached';
import { sourceLabelsAtGateway } from './canary/source-labels-at-gateway';
import { splitOutsideMesh } from './canary/split-outside-mesh';
import { stableScaleBesideDelay } from './canary/stable-scale-beside-delay';
import { stepBeyondMaximum } from './canary/step-beyond-maximum';
import { stepRefused } from './canary/step-refused';
import { stepsNeverWait } from './canary/steps-never-wait';
import { subsetMissing } from './canary/subset-missing';
import { subsetSelectsNothing } from './canary/subset-selects-nothing';
import { syncRevertsRoute } from './canary/sync-reverts-route';
import { unreachableRoute } from './canary/unreachable-route';
import { variantsDiffer } from './canary/variants-differ';
import { variantsShareSelector } from './canary/variants-share-selector';
import { versionsMix } from './canary/versions-mix';
import { weightsMissHundred } from './canary/weights-miss-hundred';
import { adminPolicyIgnored } from './network/admin-policy-ignored';
import { calicoPolicySelectsNothing } from './network/calico-policy-selects-nothing';
import { clientAddressHidden } from './network/client-address-hidden';
import { dataPlaneLacksFlag } from './network/data-plane-lacks-flag';
import { denyCoversSystem } from './network/deny-covers-system';
import { egressWithoutDns } from './network/egress-without-dns';
import { egressWithoutMesh } from './network/egress-without-mesh';
import { forwardingDenied } from './network/forwarding-denied';
import { halfEdge } from './network/half-edge';
import { hostEndpointBeforePolicies } from './network/host-endpoint-before-policies';
import { hostEndpointRefused } from './network/host-endpoint-refused';
import { hostFlagsContradict } from './network/host-flags-contradict';
import { hostPolicyWithoutHost } from './network/host-policy-without-host';
import { namesCutOff } from './network/names-cut-off';
import { nodeLockedOut } from './network/node-locked-out';
import { nodePortNotFixed } from './network/node-port-not-fixed';
import { peersInOr } from './network/peers-in-or';
import { policyNameWithoutTier } from './network/policy-name-without-tier';
import { policyPortOfService } from './network/policy-port-of-service';
import { policyPortUnknown } from './network/policy-port-unknown';
import { policySelectsHostNetwork } from './network/policy-selects-host-network';
import { policySelectsNothing } from './network/policy-selects-nothing';
import { portsWithoutProtocol } from './network/ports-without-protocol';
import { ruleNeverAsked } from './network/rule-never-asked';
import { rulePortOfService } from './network/rule-port-of-service';
import { scrapeCutOff } from './network/scrape-cut-off';
import { scrapeRefusedByMtls } from './network/scrape-refused-by-mtls';
import { selectorUnreadable } from './network/selector-unreadable';
import { servicesMisplaced } from './network/services-misplaced';
import { untrackedBehindService } from './network/untracked-behind-service';
import { untrackedOnAllInterfaces } from './network/untracked-on-all-interfaces';
import { untrackedWithoutMirror } from './network/untracked-without-mirror';
import { webhookCutOff } from './network/webhook-cut-off';
import type { Rule } from './rule';

/** Every rule, in the order of its id. */
export const RULES: readonly Rule[] = [
  claimSharedByPods,
  connectionsOverflowTracking,
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
  meshKeepsJobAlive,
  meshProxyStartsLate,
  meshProxyStopsEarly,
  monitorPortMissing,
  monitorSelectsNothing,
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
  affinityHidesShare,
  analysisRefused,
  autoscalerChangesShare,
  autoscalerNotCopied,
  autoscalerScalesTemplate,
  backendNotGranted,
  backendPortUnknown,
  backendServiceMissing,
  candidateLeftOver,
  destinationPortMissing,
  destinationPortUnknown,
  destinationServiceMissing,
  flaggerFindsNoLabel,
  flaggerNeverEnds,
  flaggerOutsideMesh,
  fractionStopsFlagger,
  gateCannotSee,
  gatewayMissing,
  gatewaysBesideSourceLabels,
  hostRoutedTwice,
  hostUnknownAtGateway,
  intervalMisread,
  listenerMissing,
  listenerRefusesRoute,
  madeByFlagger,
  matchRepeated,
  metricNeverAsked,
  metricWindowTooLong,
  metricWithoutRange,
  needsTrafficRouting,
  oldAnalysisDropped,
  oldFlaggerForm,
  othersFindNoRoute,
  protocolUndeclared,
  replicasWakeIdleTarget,
  rolloutDoublesPods,
  rolloutRouteMissing,
  rolloutServiceSelectsOthers,
  rolloutServicesMissing,
  rolloutWeightsNotInitial,
  routeNotManaged,
  selectsIdleTarget,
  servicesNotDistinct,
  shareExceedsPods,
  shareMissedByPods,
  shareNotReached,
  sourceLabelsAtGateway,
  splitOutsideMesh,
  stableScaleBesideDelay,
  stepBeyondMaximum,
  stepRefused,
  stepsNeverWait,
  subsetMissing,
  subsetSelectsNothing,
  syncRevertsRoute,
  unreachableRoute,
  variantsDiffer,
  variantsShareSelector,
  versionsMix,
  weightsMissHundred,
  adminPolicyIgnored,
  calicoPolicySelectsNothing,
  clientAddressHidden,
  dataPlaneLacksFlag,
  denyCoversSystem,
  egressWithoutDns,
  egressWithoutMesh,
  forwardingDenied,
  halfEdge,
  hostEndpointBeforePolicies,
  hostEndpointRefused,
  hostFlagsContradict,
  hostPolicyWithoutHost,
  namesCutOff,
  nodeLockedOut,
  nodePortNotFixed,
  peersInOr,
  policyNameWithoutTier,
  policyPortOfService,
  policyPortUnknown,
  policySelectsHostNetwork,
  policySelectsNothing,
  portsWithoutProtocol,
  ruleNeverAsked,
  rulePortOfService,
  scrapeCutOff,
  scrapeRefusedByMtls,
  selectorUnreadable,
  servicesMisplaced,
  untrackedBehindService,
  untrackedOnAllInterfaces,
  untrackedWithoutMirror,
  webhookCutOff,
];

/** Ids that were given up. They are never used again: an old acknowledgement must not silence something new. */
export const RETIRED_IDS: readonly string[] = [];
