import type { Manifest } from './api';

type Change = (manifests: readonly Manifest[]) => Manifest[];

/** What can be taken from what the library emits; each of these must turn a drill red. */
export const MUTATIONS = {
  'no-delay': containers(({ lifecycle: _, ...container }) => container),
  'short-grace': deployments((deployment) => {
    deployment.spec.template.spec.terminationGracePeriodSeconds = delayOf(deployment);
    return deployment;
  }),
  'no-budget': (manifests) => manifests.filter(({ kind }) => kind !== 'PodDisruptionBudget'),
  'no-readiness': containers(({ readinessProbe: _, ...container }) => container),
  'no-surge': deployments((deployment) => {
    // the server refuses two zeros
    deployment.spec.strategy.rollingUpdate = { maxSurge: 0, maxUnavailable: 1 };
    return deployment;
  }),
} satisfies Record<string, Change>;

/** The mutation that is tried on everything that the library emits: `MUTATION=no-delay`. */
export const TRIED = process.env.MUTATION as Mutation | undefined;

/** The name of a mutation. */
export type Mutation = keyof typeof MUTATIONS;

/** Objects from which something was taken. */
export function mutated(manifests: readonly Manifest[], ...mutations: readonly Mutation[]): Manifest[] {
  return mutations.reduce<Manifest[]>((all, mutation) => MUTATIONS[mutation](all), [...manifests]);
}

/** Every Deployment as another. */
export function deployments(change: (deployment: Manifest) => Manifest): Change {
  return (manifests) =>
    manifests.map((manifest) =>
      manifest.kind === 'Deployment' ? change(JSON.parse(JSON.stringify(manifest))) : manifest,
    );
}

/** Every container of Deployments as another. */
export function containers(change: (container: any) => any): Change {
  return deployments((deployment) => {
    const { spec } = deployment.spec.template;
    spec.containers = spec.containers.map(change);
    return deployment;
  });
}

function delayOf({ spec }: Manifest): number {
  const [{ lifecycle }] = spec.template.spec.containers;
  return lifecycle?.preStop?.sleep?.seconds ?? 1;
}
