import { type Bounds, seconds, whole } from '../values/bounds';
import { CountOrPercent } from '../values/count-or-percent';
import { invalid } from '../values/invalid';
import { checkLabels, dnsLabel } from '../values/names';
import {
  type AutoscalingOptions,
  type DisruptionGuardProps,
  type KedaOptions,
  type ScalingSpeed,
  type SpreadOptions,
  UnhealthyPods,
} from './props';

/** A budget in Kubernetes' words. */
export interface GuardIntent {
  readonly name: string;
  readonly maxUnavailable: CountOrPercent | undefined;
  readonly minAvailable: CountOrPercent | undefined;
  readonly unhealthyPods: UnhealthyPods;
  readonly quorum: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** The labels given; undefined if another construct selects. */
  readonly podLabels: Readonly<Record<string, string>> | undefined;
}

/** Resolves the props of a budget; `id` names it where the user does not. */
export function resolve(id: string, props: DisruptionGuardProps): GuardIntent {
  if ((props.protects === undefined) === (props.podLabels === undefined)) {
    const given =
      props.protects === undefined ? 'neither protects nor podLabels is' : 'both protects and podLabels are';
    throw invalid('DisruptionGuard', `${given} given`, 'give exactly one');
  }
  if (props.evictable !== undefined && props.minAvailable !== undefined) {
    const both = `evictable ${props.evictable} and minAvailable ${props.minAvailable} are both given`;
    throw invalid('DisruptionGuard', both, 'give one: the cluster refuses a budget with two limits');
  }
  if (props.podLabels !== undefined && Object.keys(props.podLabels).length === 0) {
    throw invalid('DisruptionGuard: podLabels', 'no label would select every pod of the namespace', 'name the labels');
  }
  return Object.freeze({
    name: dnsLabel('name', props.name ?? id),
    maxUnavailable: props.minAvailable === undefined ? (props.evictable ?? CountOrPercent.count(1)) : undefined,
    minAvailable: props.minAvailable,
    unhealthyPods: props.unhealthyPods ?? UnhealthyPods.ALWAYS_EVICT,
    quorum: props.quorum ?? false,
    labels: checkLabels('labels', props.labels ?? {}),
    podLabels: props.podLabels === undefined ? undefined : checkLabels('podLabels', props.podLabels),
  });
}

/** Places over which pods are spread. */
export interface SpreadIntent {
  readonly constraints: readonly {
    readonly topologyKey: string;
    readonly maxSkew: number;
    readonly whenUnsatisfiable: 'ScheduleAnyway' | 'DoNotSchedule';
  }[];
  readonly onePodPerHost: boolean;
}

/** Resolves a spread. */
export function resolveSpread(
  whenUnsatisfiable: 'ScheduleAnyway' | 'DoNotSchedule',
  { zones = true, hosts = true, maxSkew = 1 }: SpreadOptions,
): SpreadIntent {
  if (!zones && !hosts) {
    throw invalid('Spread', 'neither zones nor hosts: nothing would be spread', 'leave one of them true');
  }
  whole('Spread: maxSkew', maxSkew);
  const keys = [...(zones ? ['topology.kubernetes.io/zone'] : []), ...(hosts ? ['kubernetes.io/hostname'] : [])];
  const constraints = keys.map((topologyKey) => ({ topologyKey, maxSkew, whenUnsatisfiable }));
  return Object.freeze({ constraints, onePodPerHost: false });
}

/** A metric that is a share of what the app's own container requests. */
export interface UtilizationIntent {
  readonly resource: 'cpu' | 'memory';
  readonly percent: number;
}

/** How fast an autoscaler acts. */
export interface SpeedIntent {
  readonly stabilization: number | undefined;
  readonly limit: { readonly type: 'Pods' | 'Percent'; readonly value: number; readonly period: number } | undefined;
}

/** An autoscaler of either kind. */
export interface AutoscalingIntent {
  readonly min: number;
  readonly max: number;
  readonly utilization: readonly UtilizationIntent[];
  readonly metrics: readonly object[];
  readonly scaleUp: SpeedIntent | undefined;
  readonly scaleDown: SpeedIntent | undefined;
  readonly keda: KedaIntent | undefined;
}

/** What only KEDA knows. */
export interface KedaIntent {
  readonly triggers: readonly object[];
  readonly polling: number | undefined;
  readonly cooldown: number | undefined;
}

/** Resolves a HorizontalPodAutoscaler. */
export function resolveAutoscaling(min: number, max: number, options: AutoscalingOptions): AutoscalingIntent {
  const where = 'Autoscaling.between';
  checkRange(where, min, max, { min: 1, max: MOST_PODS });
  const utilization = [
    ...percent(where, 'cpu', 'cpuPercent', options.cpuPercent),
    ...percent(where, 'memory', 'memoryPercent', options.memoryPercent),
  ];
  const metrics = (options.metrics ?? []).map((metric) => metric._manifest);
  if (utilization.length + metrics.length === 0) {
    throw invalid(where, 'no metric says when to scale', 'give cpuPercent: 70');
  }
  const scaleUp = resolveSpeed(`${where}: scaleUp`, options.scaleUp);
  const scaleDown = resolveSpeed(`${where}: scaleDown`, options.scaleDown);
  return Object.freeze({ min, max, utilization, metrics, scaleUp, scaleDown, keda: undefined });
}

/** Resolves a ScaledObject. */
export function resolveKeda(min: number, max: number, options: KedaOptions): AutoscalingIntent {
  const where = 'Autoscaling.keda';
  checkRange(where, min, max, { min: 0, max: MOST_PODS });
  if (options.triggers.length === 0) throw invalid(where, 'no trigger says when to scale', 'give at least one');
  const triggers = options.triggers.map(({ type, metadata, authentication }) => ({
    type,
    metadata: { ...metadata },
    ...(authentication === undefined ? {} : { authenticationRef: { name: authentication } }),
  }));
  const polling = options.polling && seconds(`${where}: polling`, options.polling);
  const cooldown = options.cooldown && seconds(`${where}: cooldown`, options.cooldown);
  const keda = { triggers, polling, cooldown };
  return Object.freeze({ min, max, utilization: [], metrics: [], scaleUp: undefined, scaleDown: undefined, keda });
}

const MOST_PODS = 2147483647;

function checkRange(where: string, min: number, max: number, bounds: Bounds): void {
  whole(`${where}: min`, min, bounds);
  whole(`${where}: max`, max, { min: 1, max: MOST_PODS });
  if (min > max) throw invalid(where, `min ${min} is above max ${max}`, `raise max to ${min} or more`);
}

function percent(
  where: string,
  resource: 'cpu' | 'memory',
  name: string,
  value: number | undefined,
): UtilizationIntent[] {
  return value === undefined ? [] : [{ resource, percent: whole(`${where}: ${name}`, value) }];
}

function resolveSpeed(where: string, speed: ScalingSpeed | undefined): SpeedIntent | undefined {
  if (speed === undefined) return undefined;
  const { atMost, per } = speed;
  const stabilization =
    speed.stabilization && seconds(`${where}: stabilization`, speed.stabilization, { min: 0, max: 3600 });
  if (atMost === undefined) {
    if (per !== undefined) throw invalid(where, 'per has no effect without atMost', 'give both');
    return { stabilization, limit: undefined };
  }
  const manifest = atMost._toManifest();
  const type = typeof manifest === 'number' ? 'Pods' : 'Percent';
  const value = whole(`${where}: atMost`, Number.parseInt(String(manifest), 10));
  const period = per === undefined ? 60 : seconds(`${where}: per`, per, { min: 1, max: 1800 });
  return { stabilization, limit: { type, value, period } };
}
