import { Size } from 'cdk8s';
import * as p from '../../lib';
import type { Situation } from '../../lib/app/intent';
import type { PodParts } from '../../lib/app/pod-intent';

export const RESOURCES = p.Resources.request({ cpuMillis: 100, memory: Size.mebibytes(64) });
/** What a container needs at least. */
export const SIDE: p.SidecarOptions = { image: 'registry.example.com/side:1.0.0', resources: RESOURCES };
/** The least that a worker needs. */
export const WORKER: p.WorkerProps = {
  image: 'registry.example.com/mailer:1.0.0',
  resources: RESOURCES,
  health: p.HealthCheck.exitsOnFatal(),
};
/** The least that a task needs. */
export const TASK: p.BatchTaskProps = { image: 'registry.example.com/report:1.0.0', resources: RESOURCES };

/** What was added to an app: nothing, but for what is given. */
export function parts(given: Partial<PodParts> = {}): PodParts {
  return { sidecars: [], inits: [], scratches: [], mounts: [], env: [], ports: [], ...given };
}

/** The situation of an app `web` in a cluster of the given version. */
export function situation(
  kubernetes = '1.33',
  given: Partial<PodParts> = {},
  further: Partial<Situation> & { readonly disposable?: boolean } = {},
): Situation {
  const { disposable, ...rest } = further;
  return {
    identity: { name: 'web', labels: {} },
    target: p.TargetCluster.of({ kubernetes: p.KubernetesVersion.of(kubernetes), disposable }),
    parts: parts(given),
    claims: {},
    ...rest,
  };
}
