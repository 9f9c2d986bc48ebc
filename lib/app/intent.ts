import { Spread } from '../availability';
import type { AutoscalingIntent, SpreadIntent } from '../availability/intent';
import * as annotations from '../values/annotations';
import { seconds, whole } from '../values/bounds';
import { CountOrPercent } from '../values/count-or-percent';
import { invalid } from '../values/invalid';
import { INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL, NAME_LABEL, TRACK_LABEL } from '../values/labels';
import { checkLabels, dnsLabel } from '../values/names';
import type { TargetCluster } from '../values/target-cluster';
import type { FoldedClaims } from './claims';
import type { HealthIntent } from './health-check';
import {
  checkTools,
  extraPodLabels,
  type PodForm,
  type PodIntent,
  type PodParts,
  type PortIntent,
  resolvePod,
} from './pod-intent';
import { resolveProbes } from './probes';
import {
  AppProtocol,
  type AppWorkloadProps,
  type BatchTaskProps,
  type DeployedAppProps,
  Overlap,
  type WebAppProps,
  type WorkerProps,
} from './props';

/** What is fixed when an app is made: its name, and which objects it has. */
export interface Identity {
  readonly name: string;
  /** On every object. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A Deployment in plain words. */
export interface DeploymentIntent {
  /** Undefined where the manifests do not decide it. */
  readonly replicas: number | undefined;
  readonly minReady: number;
  readonly progressDeadline: number;
  readonly selector: Readonly<Record<string, string>>;
  /** Undefined: the old pod ends before the new one starts. */
  readonly rolling: { readonly surge: CountOrPercent; readonly unavailable: CountOrPercent } | undefined;
  /** Undefined: there is only one pod. */
  readonly spread: SpreadIntent | undefined;
  readonly pod: PodIntent;
}

/** Who decides how many pods there are, and what may take them away. */
export interface ScaleIntent {
  readonly replicas: number | undefined;
  readonly autoscaling: AutoscalingIntent | undefined;
  /** The pods that there are at least. */
  readonly lowest: number;
  readonly evictable: CountOrPercent | undefined;
  readonly disposable: boolean;
}

/** A Job or a CronJob in plain words. */
export interface BatchIntent {
  readonly job: {
    readonly retries: number;
    readonly deadline: number | undefined;
    readonly completions: number | undefined;
    readonly parallelism: number | undefined;
    /** Undefined: the history limits of the CronJob decide. */
    readonly keptFor: number | undefined;
  };
  /** Undefined: it runs once. */
  readonly cron: CronIntent | undefined;
  readonly pod: PodIntent;
}

/** When a task runs. */
export interface CronIntent {
  readonly schedule: string;
  readonly timeZone: string | undefined;
  readonly overlap: Overlap;
}

/** What every resolution of an app needs beside its props. */
export interface Situation {
  readonly identity: Identity;
  readonly target: TargetCluster;
  readonly parts: PodParts;
  readonly claims: FoldedClaims;
}

const LONGEST_NAME = 52;
const REPLICAS = 2;
const MIN_READY = 5;
const PROGRESS_DEADLINE = 600;
const SURGE = CountOrPercent.percent(25);
/** Up to so many pods a roll-out takes none away. */
const FEW_PODS = 3;
const SERVING_DELAY = 10;
const KEPT_FOR = 24 * 3600;
const RETRIES = 3;

/** Resolves the name and the labels of all objects; `id` names the app where the user does not. */
export function resolveIdentity(id: string, { name = id, labels = {} }: AppWorkloadProps): Identity {
  dnsLabel('name', name, LONGEST_NAME);
  const own = { [NAME_LABEL]: name, [INSTANCE_LABEL]: name, [MANAGED_BY_LABEL]: MANAGED_BY };
  const clash = Object.keys(own).find((key) => key in labels);
  if (clash !== undefined) throw invalid('labels', `\`${clash}\` is set by this library`, 'use name');
  return Object.freeze({ name, labels: Object.freeze({ ...checkLabels('labels', labels), ...own }) });
}

/** Resolves who decides the number of pods. */
export function resolveScale(props: DeployedAppProps, { disposable }: TargetCluster): ScaleIntent {
  const { autoscaling, singleWriter = false, evictable, replicas } = props;
  if (replicas !== undefined) whole('replicas', replicas);
  if (replicas !== undefined && autoscaling !== undefined) {
    const { min, max } = autoscaling._intent;
    throw invalid('replicas', `${replicas} beside an autoscaler from ${min} to ${max}`, 'remove replicas');
  }
  if (singleWriter) {
    for (const name of ['replicas', 'autoscaling', 'surge', 'rolloutUnavailable', 'evictable', 'spread'] as const) {
      if (props[name] === undefined) continue;
      throw invalid(
        name,
        'has no effect beside singleWriter: there is one pod, which ends before the next one starts',
        `remove ${name}`,
      );
    }
  }
  if (singleWriter || disposable)
    return { replicas: 1, autoscaling: undefined, lowest: 1, evictable: undefined, disposable };
  const lowest = autoscaling === undefined ? (replicas ?? REPLICAS) : Math.max(1, autoscaling._intent.min);
  if (lowest === 1 && evictable !== undefined) {
    throw invalid('evictable', `${evictable} has no effect with 1 pod, which gets no budget`, 'use replicas: 2');
  }
  return {
    replicas: autoscaling === undefined ? (replicas ?? REPLICAS) : undefined,
    autoscaling: autoscaling?._intent,
    lowest,
    evictable: lowest === 1 ? undefined : (evictable ?? CountOrPercent.count(1)),
    disposable,
  };
}

/** The ports of a web app, its own first. */
export function resolvePorts(props: WebAppProps): readonly [PortIntent, ...PortIntent[]] {
  const extra = Object.entries(props.extraPorts ?? {}).map(([name, number]) => ({ name, number }));
  return [{ name: protocolOf(props), number: props.port }, ...extra];
}

/** What speaks on the app's port. */
export function protocolOf({ protocol, health }: WebAppProps): AppProtocol {
  if (protocol !== undefined) return protocol;
  const kind = health._intent.ready?.kind;
  if (kind === 'http' || kind === 'https' || kind === 'grpc') return kind as AppProtocol;
  return AppProtocol.TCP;
}

/** Resolves an app that answers requests. */
export function resolveWebApp(props: WebAppProps, situation: Situation): DeploymentIntent {
  const health = props.health._intent;
  if (health.forWorkers) {
    const problem = `${health.name} cannot say whether the app can serve, so that it would get requests too early`;
    throw invalid('health', problem, "use HealthCheck.http('/ready')");
  }
  const ports = resolvePorts(props);
  checkServicePort(props, [...ports.slice(1), ...situation.parts.ports]);
  return resolveDeployment(props, situation, {
    name: situation.identity.name,
    kubernetes: situation.target.kubernetes,
    ports,
    probes: (delay) => resolveProbes(health, { serves: true, port: ports[0], delay }),
    defaultDelay: SERVING_DELAY,
    labels: podLabels(props, situation.identity),
    annotations: {
      [annotations.STARTS_WITHIN]: `${health.startsWithin}s`,
      ...(health.restartCures && { [annotations.RESTART_CURES]: situation.identity.name }),
      ...(props.expects !== undefined && { [annotations.EXPECTS_CONNECTIONS]: props.expects._text }),
    },
    completes: false,
  });
}

/** Resolves an app that nobody connects to. */
export function resolveWorker(props: WorkerProps, situation: Situation): DeploymentIntent {
  const health = props.health._intent;
  checkWorkerHealth(health);
  checkTools('health', health, situation.identity.name, props);
  const longest = props.longestTask && seconds('longestTask', props.longestTask);
  return resolveDeployment(props, situation, {
    name: situation.identity.name,
    kubernetes: situation.target.kubernetes,
    ports: [],
    probes: (delay) => resolveProbes(health, { serves: false, delay }),
    defaultDelay: 0,
    labels: podLabels(props, situation.identity),
    annotations: {
      [annotations.ROLE]: 'worker',
      ...(health.exitsOnFatal
        ? { [annotations.ON_FATAL]: 'exits' }
        : { [annotations.STARTS_WITHIN]: `${health.startsWithin}s` }),
      ...(longest !== undefined && { [annotations.LONGEST_TASK]: `${longest}s` }),
    },
    completes: false,
  });
}

/** Resolves work that ends. */
export function resolveBatchTask(props: BatchTaskProps, { identity, target, parts }: Situation): BatchIntent {
  const { schedule, timeZone, overlap, completions, parallelism } = props;
  if (schedule === undefined) {
    for (const name of ['timeZone', 'overlap'] as const) {
      if (props[name] !== undefined)
        throw invalid(name, 'has no effect without schedule', `remove ${name}, or give schedule`);
    }
  } else if (!/^(@\w+|\S+( \S+){4})$/.test(schedule)) {
    throw invalid('schedule', `\`${schedule}\` is not in cron format`, "use '0 3 * * *' for every night at three");
  }
  return {
    job: {
      retries: props.retries === undefined ? RETRIES : whole('retries', props.retries, { min: 0, max: 2147483647 }),
      deadline: props.deadline && seconds('deadline', props.deadline),
      completions: completions === undefined ? undefined : whole('completions', completions),
      parallelism: parallelism === undefined ? undefined : whole('parallelism', parallelism),
      keptFor: props.keptFor === undefined ? keptFor(schedule) : seconds('keptFor', props.keptFor),
    },
    cron: schedule === undefined ? undefined : { schedule, timeZone, overlap: overlap ?? Overlap.SKIP },
    pod: resolvePod(
      {
        name: identity.name,
        kubernetes: target.kubernetes,
        ports: [],
        probes: () => ({}),
        defaultDelay: 0,
        labels: extraPodLabels(props.podLabels),
        annotations: {},
        completes: true,
      },
      props,
      parts,
    ),
  };
}

function resolveDeployment(props: WebAppProps | WorkerProps, situation: Situation, form: PodForm): DeploymentIntent {
  const { identity, target, parts, claims } = situation;
  const { lowest, replicas } = resolveScale(props, target);
  if (props.singleWriter && claims.replicas !== undefined) {
    const problem = 'something else decides the number of pods, but with singleWriter there is one';
    throw invalid('singleWriter', problem, 'remove the autoscaler, or singleWriter');
  }
  const minReady = props.settles === undefined ? MIN_READY : seconds('settles', props.settles);
  const startsWithin = props.health._intent.startsWithin;
  return {
    replicas: claims.replicas === 'released' ? undefined : (claims.replicas ?? replicas),
    minReady,
    progressDeadline:
      props.progressDeadline === undefined
        ? Math.max(PROGRESS_DEADLINE, 2 * startsWithin + minReady)
        : seconds('progressDeadline', props.progressDeadline),
    selector: props.existingSelector ?? { [NAME_LABEL]: identity.name },
    rolling: props.singleWriter
      ? undefined
      : { surge: props.surge ?? SURGE, unavailable: props.rolloutUnavailable ?? unavailable(lowest) },
    spread: props.singleWriter ? undefined : (props.spread ?? Spread.soft())._intent,
    pod: resolvePod(form, { ...props, image: claims.image ?? props.image }, parts),
  };
}

/** Two ports of a Service may not have one number; those of the pods are compared with each other elsewhere. */
function checkServicePort({ servicePort }: WebAppProps, others: readonly PortIntent[]): void {
  const twin = others.find(({ number }) => number === servicePort);
  if (twin === undefined) return;
  throw invalid(
    'servicePort',
    `${servicePort} is the number of port ${twin.name} too`,
    'give each port a number of its own',
  );
}

/** A time limit would take a failed run away over a weekend, before anybody has looked at it. */
function keptFor(schedule: string | undefined): number | undefined {
  return schedule === undefined ? KEPT_FOR : undefined;
}

function unavailable(lowest: number): CountOrPercent {
  return lowest <= FEW_PODS ? CountOrPercent.count(0) : CountOrPercent.percent(25);
}

function podLabels(
  { podLabels: labels, existingSelector }: DeployedAppProps,
  { name }: Identity,
): Record<string, string> {
  const further: Record<string, string> = { [TRACK_LABEL]: 'stable', ...extraPodLabels(labels) };
  if (existingSelector === undefined) return further;
  const kept = checkLabels('existingSelector', existingSelector);
  if (Object.keys(kept).length === 0) {
    throw invalid('existingSelector', 'no label would select every pod of the namespace', 'name the labels');
  }
  const { [INSTANCE_LABEL]: instance = name } = kept;
  if (instance !== name) {
    const problem = `\`${INSTANCE_LABEL}: ${instance}\` is not the name \`${name}\`, by which Service and budget find the pods`;
    throw invalid('existingSelector', problem, `use name: '${instance}', or start a new Deployment beside the old one`);
  }
  const clash = Object.keys(labels ?? {}).find((key) => key in kept && kept[key] !== further[key]);
  if (clash !== undefined) {
    throw invalid('podLabels', `\`${clash}\` has another value in existingSelector`, `remove \`${clash}\``);
  }
  return { ...further, ...kept };
}

function checkWorkerHealth(health: HealthIntent): void {
  const kind = health.ready?.kind;
  if (kind !== undefined && kind !== 'command') {
    const problem = `${health.name} asks over the network, but nobody connects to a worker`;
    throw invalid('health', problem, "use HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30))");
  }
  if (health.restartCures || health.alive !== undefined) {
    const problem = 'the command of a worker says whether it lives: restartCures and aliveCommand have no effect';
    throw invalid('health', problem, 'remove them');
  }
}
