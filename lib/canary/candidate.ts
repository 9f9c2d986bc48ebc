import { fields, list, text, texts } from '../facts/read';
import { INSTANCE_LABEL, NAME_LABEL, TRACK_LABEL } from '../values/labels';

/** What `track` says on the pods of the candidate. */
export const CANARY = 'canary';
/** What `track` says on the pods that serve. */
export const STABLE = 'stable';

/** The name of everything that is the candidate's alone. */
export function candidateName(workload: string): string {
  return `${workload}-${CANARY}`;
}

/**
 * The spec of the candidate's Deployment: that of the stable one as it will be written, patches included, with another image and
 * with labels of its own. What all variants share (the instance) stays.
 *
 * @param replicas undefined: an autoscaler decides
 */
export function candidateSpec(deployment: any, container: string, image: string, replicas: number | undefined): object {
  const spec = JSON.parse(JSON.stringify(deployment.spec));
  const own = Object.fromEntries(
    Object.entries(texts(fields(spec.selector).matchLabels)).map(([key, value]) => [
      key,
      key === INSTANCE_LABEL ? value : candidateName(value),
    ]),
  );
  const { metadata, spec: pod } = spec.template;
  const named = texts(metadata.labels)[NAME_LABEL];
  metadata.labels = {
    ...metadata.labels,
    ...(named !== undefined && { [NAME_LABEL]: candidateName(named) }),
    ...own,
    [TRACK_LABEL]: CANARY,
  };
  for (const one of list(pod.containers)) {
    if (text(fields(one).name) === container) (one as { image: string }).image = image;
  }
  spec.selector = { matchLabels: own };
  if (replicas === undefined) delete spec.replicas;
  else spec.replicas = replicas;
  return spec;
}

/** The spec of an autoscaler for the candidate: that of the stable one, with another target and at least so many pods. */
export function candidateAutoscalerSpec(autoscaler: any, workload: string, pods: number): object {
  const spec = JSON.parse(JSON.stringify(autoscaler.spec));
  const isKeda = autoscaler.kind === 'ScaledObject';
  const [lowest, highest] = isKeda ? ['minReplicaCount', 'maxReplicaCount'] : ['minReplicas', 'maxReplicas'];
  spec.scaleTargetRef.name = candidateName(workload);
  spec[lowest] = Math.min(pods, spec[highest]);
  return spec;
}
