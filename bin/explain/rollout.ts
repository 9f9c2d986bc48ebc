import { stoppedAtOnce, type WorkloadFact, type World } from '../../lib/facts';
import { fields } from '../../lib/facts/read';
import { counted } from '../../lib/findings/format';
import { CountOrPercent } from '../../lib/values/count-or-percent';
import { type Because, type Event, Teller } from './explanation';

const ON_DELETE = 'a pod is replaced when somebody deletes it';
/** So many nodes that every share of them is at least one. */
const MANY = 100;

/** How a new version takes the place of the old one. */
export function explainRollout(workload: WorkloadFact, world: World): readonly Event[] {
  const tell = new Teller(workload);
  const pods = world.fewestPods(workload);
  const { kind } = workload;
  if (world.rolloutOf(workload) !== undefined || kind === 'Rollout') return ofRollout(workload, world, tell);
  if (pods === 0)
    return [tell.at(undefined, 'nothing is replaced: there are 0 pods', ...replicas(workload, world, tell))];
  if (kind === 'Deployment' && pods !== undefined) return ofDeployment(workload, pods, world, tell);
  if (kind === 'StatefulSet' && pods !== undefined) return ofStatefulSet(workload, pods, world, tell);
  if (kind === 'DaemonSet') return ofDaemonSet(workload, tell);
  return [tell.at(undefined, `a ${kind} is not rolled out: it is made anew`)];
}

function ofDeployment(workload: WorkloadFact, pods: number, world: World, tell: Teller): Event[] {
  const { rollout, progressDeadline } = workload;
  if (rollout === undefined) return [];
  const number = replicas(workload, world, tell);
  const deadline = tell.at(
    progressDeadline,
    'without progress since the last step the roll-out counts as failed',
    tell.field('spec.progressDeadlineSeconds', progressDeadline),
  );
  if (rollout.stopsFirst) {
    const stops = tell.at(
      0,
      `all ${counted(pods, 'pod')} stop; none serves until new ones are ready`,
      ...number,
      tell.field('spec.strategy.type', 'Recreate'),
    );
    return [stops, tell.at(undefined, `then new ones start, all at once${startTime(workload)}`), deadline];
  }
  const surge = rollout.maxSurge.roundedUp(pods);
  const missing = stoppedAtOnce(rollout, pods);
  const surgeField = tell.field('spec.strategy.rollingUpdate.maxSurge', String(rollout.maxSurge));
  const missingField = tell.field('spec.strategy.rollingUpdate.maxUnavailable', String(rollout.maxUnavailable));
  const waves = Math.ceil(pods / Math.max(1, surge + missing));
  return [
    tell.at(
      0,
      `${counted(surge, 'new pod')} may start beside the ${pods} that there are: ${pods + surge} at most`,
      ...number,
      surgeField,
    ),
    tell.at(
      0,
      missing === 0
        ? 'no old pod stops before a new one is available'
        : `${counted(missing, 'old pod')} may stop before a new one is available`,
      missingField,
    ),
    tell.at(
      undefined,
      `at least ${pods - missing} of ${counted(pods, 'pod')} serve all the time`,
      ...number,
      missingField,
    ),
    tell.at(
      undefined,
      `it goes in ${counted(waves, 'wave')}${startTime(workload)}`,
      ...number,
      surgeField,
      missingField,
    ),
    deadline,
  ];
}

function ofStatefulSet(workload: WorkloadFact, pods: number, world: World, tell: Teller): Event[] {
  const number = replicas(workload, world, tell);
  if (workload.at('spec', 'updateStrategy', 'type') === 'OnDelete') {
    return [tell.at(undefined, ON_DELETE, tell.field('spec.updateStrategy.type', 'OnDelete'))];
  }
  const { grace, field } = workload.pod;
  return [
    tell.at(0, 'pods are replaced one by one, the one with the highest number first', ...number),
    tell.at(
      undefined,
      `each stops, for ${grace} s at most, before its successor starts${startTime(workload)}`,
      tell.field(`${field}.terminationGracePeriodSeconds`, grace),
    ),
    tell.at(undefined, `at least ${pods - 1} of ${counted(pods, 'pod')} serve all the time`, ...number),
  ];
}

function ofDaemonSet(workload: WorkloadFact, tell: Teller): Event[] {
  const strategy = fields(workload.spec.updateStrategy);
  if (strategy.type === 'OnDelete') {
    return [tell.at(undefined, ON_DELETE, tell.field('spec.updateStrategy.type', 'OnDelete'))];
  }
  const rolling = fields(strategy.rollingUpdate);
  const at = 'spec.updateStrategy.rollingUpdate';
  const surge = CountOrPercent._parse(rolling.maxSurge) ?? CountOrPercent.count(0);
  if (surge.roundedUp(MANY) > 0) {
    const what = `a new pod starts beside the old one, on ${surge} of the nodes at a time`;
    return [tell.at(undefined, what, tell.field(`${at}.maxSurge`, String(surge)))];
  }
  const nodes = CountOrPercent._parse(rolling.maxUnavailable) ?? CountOrPercent.count(1);
  const what = `each node stops its old pod before it starts the new one, ${nodes} of the nodes at a time`;
  return [tell.at(undefined, what, tell.field(`${at}.maxUnavailable`, String(nodes)))];
}

function ofRollout(workload: WorkloadFact, world: World, tell: Teller): Event[] {
  const rollout = world.rolloutOf(workload) ?? world.delivery.rollouts.find((one) => one === workload);
  const steps = (rollout?.steps ?? []).map(({ manifest }) => JSON.stringify(manifest));
  const by = rollout === workload ? 'Argo Rollouts' : `Argo Rollout ${rollout?.name}`;
  const { activeService, autoPromotionEnabled } = rollout?.blueGreen ?? {};
  if (activeService !== undefined) {
    const then = autoPromotionEnabled === false ? 'somebody promotes it' : 'all new pods are ready';
    const promoted = tell.field('spec.strategy.blueGreen.autoPromotionEnabled', String(autoPromotionEnabled ?? true));
    const what = `${by} starts a full second set of pods, and Service ${activeService} sends to it when ${then}`;
    return [tell.at(undefined, what, promoted)];
  }
  if (steps.length === 0) return [tell.at(undefined, `${by} replaces the pods without steps`)];
  return steps.map((step, index) => tell.at(undefined, `${by}, step ${index + 1} of ${steps.length}: ${step}`));
}

function replicas(workload: WorkloadFact, world: World, tell: Teller): Because[] {
  const scalers = world.autoscalersOf(workload);
  if (scalers.length === 0) return [tell.field('spec.replicas', world.fewestPods(workload) ?? 1)];
  return scalers.map(({ kind, name, min }) => ({ field: `${kind} ${name}: minimum`, value: min, isDefault: false }));
}

function startTime(workload: WorkloadFact): string {
  const { startsWithin } = workload.pod;
  const settles = workload.minReady === 0 ? '' : `, and ${workload.minReady} s until it counts`;
  return startsWithin === undefined ? settles : `, each ${startsWithin} s at most until it serves${settles}`;
}
