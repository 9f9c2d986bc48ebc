import { CANARY, candidateName } from '../candidate';
import { Telemetry } from '../telemetry';
import { emitCandidate, emitTrackService } from './candidate-workload';
import type { Engine } from './engine';
import { checkPodShares, podsByShare } from './pod-shares';

/** The candidate has as many of the pods as it is to have of the requests; their sum stays. */
export const replicaRatio: Engine = {
  name: 'replicaRatio',
  telemetry: Telemetry.app(),

  check: checkPodShares,

  emit(release) {
    emitCandidate(replicaRatio, release);
    emitTrackService(release, candidateName(release.app.workload), () => CANARY);
  },

  claims(release) {
    const { isPromoted } = release.stage;
    return {
      replicas: replicaRatio.pods(release, release.stage).stable,
      image: isPromoted ? release.candidate?.image : undefined,
    };
  },

  pods(release, { share, isPromoted }) {
    const pods = podsByShare(release, share);
    return isPromoted ? { ...pods, stable: release.app.pods ?? 1 } : pods;
  },

  lowestPods: ({ app }) => app.pods ?? 1,
  controllerFields: () => [],

  /** The version whose pods become more, so that there are never fewer of both together. */
  growsFirst(_, { stage }) {
    if (stage._kind === 'step') return 'candidate';
    return stage._kind === 'promoting' || stage._kind === 'aborted' ? 'stable' : undefined;
  },

  series({ app, candidate }) {
    const workload = candidateName(app.workload);
    return {
      namespace: app.namespace ?? 'default',
      container: candidate?.container ?? app.name,
      istio: `reporter="destination",destination_workload="${workload}",destination_workload_namespace="${app.namespace ?? 'default'}"`,
      own: `track="${CANARY}"`,
    };
  },
};
