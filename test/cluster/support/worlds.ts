import fc from 'fast-check';
import type { Manifest } from './api';
import type { Nodes } from './nodes';

/** A number of pods, or a percentage of them. */
export type Amount = number | string;

/** A small world: an app, what may be taken from it, and how its pods are kept apart. */
export interface SmallWorld {
  readonly replicas: number;
  /** Pods of a second Deployment under the same budget, which never get ready. */
  readonly unready: number;
  readonly nodes: number;
  readonly budget: { readonly minAvailable?: Amount; readonly maxUnavailable?: Amount } | undefined;
  readonly spread: 'none' | 'soft' | 'hard' | 'hardIgnoringTaints' | 'apart';
  readonly maxSkew: number;
  readonly rollout: { readonly maxSurge: Amount; readonly maxUnavailable: Amount };
}

const percent = fc.integer({ min: 0, max: 100 }).map((share) => `${share}%`);
const amount = fc.oneof(fc.integer({ min: 0, max: 6 }), percent);
const budget = fc.oneof(fc.record({ minAvailable: amount }), fc.record({ maxUnavailable: amount }));
const rollout = fc
  .record({ maxSurge: fc.oneof(fc.nat(2), percent), maxUnavailable: fc.oneof(fc.nat(2), percent) })
  // the server refuses two zeros
  .filter(
    ({ maxSurge, maxUnavailable }) => Number.parseInt(`${maxSurge}`, 10) + Number.parseInt(`${maxUnavailable}`, 10) > 0,
  );

const WORLD = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  unready: fc.constant(0),
  nodes: fc.integer({ min: 2, max: 4 }),
  budget: fc.option(budget, { nil: undefined }),
  spread: fc.constantFrom('none', 'soft', 'hard', 'hardIgnoringTaints', 'apart'),
  maxSkew: fc.integer({ min: 1, max: 2 }),
  rollout,
});

/** Worlds of every kind, the same for the same seed. */
export function smallWorlds(seed: number, count: number): SmallWorld[] {
  return fc.sample(WORLD, { seed, numRuns: count });
}

/** Worlds with a budget, over pods that are ready and pods that are not. */
export function budgetWorlds(seed: number, count: number): SmallWorld[] {
  const covered = fc.tuple(WORLD, budget, fc.nat(3)).map(([world, limits, unready]): SmallWorld => {
    return { ...world, spread: 'none', budget: limits, unready };
  });
  return fc.sample(covered, { seed, numRuns: count });
}

/** The objects of a world. */
export function objectsOf(name: string, world: SmallWorld, nodes: Nodes): Manifest[] {
  const { replicas, unready, budget: limits } = world;
  const spec = { ...limits, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { world: name } } };
  return [
    deployment(name, name, replicas, world, nodes),
    ...(unready === 0
      ? []
      : [deployment(`${name}-unready`, name, unready, world, nodes, { 'rig/never-ready': 'true' })]),
    ...(limits === undefined
      ? []
      : [{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec }]),
  ];
}

function deployment(
  name: string,
  world: string,
  replicas: number,
  { spread, maxSkew, rollout: rollingUpdate }: SmallWorld,
  nodes: Nodes,
  annotations: Record<string, string> = {},
): Manifest {
  const labels = { app: name, world };
  const labelSelector = { matchLabels: { app: name } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      strategy: { rollingUpdate },
      selector: labelSelector,
      template: {
        metadata: { labels: { ...labels, ...nodes.pod.labels }, annotations: { ...LIFE, ...annotations } },
        spec: {
          ...nodes.pod.spec,
          ...apart(spread, maxSkew, labelSelector),
          terminationGracePeriodSeconds: 5,
          containers: [
            { name: 'web', image: 'registry.example.com/web:1.0.0', resources: { requests: { cpu: '10m' } } },
          ],
        },
      },
    },
  };
}

const LIFE = { 'rig/ready-after': '1', 'rig/gone-after': '1' };
const HOSTNAME = 'kubernetes.io/hostname';

function apart(spread: SmallWorld['spread'], maxSkew: number, labelSelector: object): object {
  const constraint = { topologyKey: HOSTNAME, maxSkew, labelSelector };
  switch (spread) {
    case 'none':
      return {};
    case 'soft':
      return { topologySpreadConstraints: [{ ...constraint, whenUnsatisfiable: 'ScheduleAnyway' }] };
    case 'hard':
    case 'hardIgnoringTaints': {
      const nodeTaintsPolicy = spread === 'hard' ? 'Honor' : 'Ignore';
      return { topologySpreadConstraints: [{ ...constraint, whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy }] };
    }
    case 'apart': {
      const term = { topologyKey: HOSTNAME, labelSelector };
      return { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
    }
  }
}
