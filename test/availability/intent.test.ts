import { Duration } from 'cdk8s';
import { Autoscaling, AutoscalingMetric, CountOrPercent, Spread, UnhealthyPods } from '../../lib';
import { resolve, resolveAutoscaling, resolveKeda, resolveSpread } from '../../lib/availability/intent';
import { thrown } from '../support/apps';

const count = CountOrPercent.count;
const percent = CountOrPercent.percent;
const podLabels = { app: 'broker' };

describe('a budget', () => {
  test('lets one pod go, does not keep unhealthy ones, and bears the id, unless told otherwise', () => {
    expect(resolve('broker', { podLabels })).toEqual({
      name: 'broker',
      maxUnavailable: count(1),
      minAvailable: undefined,
      unhealthyPods: UnhealthyPods.ALWAYS_EVICT,
      quorum: false,
      labels: {},
      podLabels: { app: 'broker' },
    });
  });

  test('takes what is given', () => {
    const intent = resolve('id', {
      podLabels,
      name: 'votes',
      labels: { owner: 'me' },
      minAvailable: percent(60),
      unhealthyPods: UnhealthyPods.EVICT_IF_ENOUGH_OTHERS,
      quorum: true,
    });
    expect(intent).toEqual({
      name: 'votes',
      maxUnavailable: undefined,
      minAvailable: percent(60),
      unhealthyPods: UnhealthyPods.EVICT_IF_ENOUGH_OTHERS,
      quorum: true,
      labels: { owner: 'me' },
      podLabels: { app: 'broker' },
    });
  });

  test('with evictable given has that limit and no other', () => {
    const { maxUnavailable, minAvailable } = resolve('id', { podLabels, evictable: percent(20) });
    expect({ maxUnavailable, minAvailable }).toEqual({ maxUnavailable: percent(20), minAvailable: undefined });
  });

  test('leaves the labels to what it protects', () => {
    const protects = { toPodSelectorConfig: () => ({}) } as never;
    expect(resolve('id', { protects }).podLabels).toBeUndefined();
  });

  test('is frozen, and a copy: what happens to the props later does not reach it', () => {
    const labels: Record<string, string> = { app: 'broker' };
    const intent = resolve('id', { podLabels: labels });
    labels.app = 'other';
    expect(intent.podLabels).toEqual({ app: 'broker' });
    expect(Object.isFrozen(intent)).toBe(true);
  });

  const protects = {} as never;
  test.each([
    [{}, 'DisruptionGuard: neither protects nor podLabels is given; give exactly one'],
    [{ protects, podLabels }, 'DisruptionGuard: both protects and podLabels are given; give exactly one'],
    [
      { podLabels, evictable: count(1), minAvailable: percent(50) },
      'DisruptionGuard: evictable 1 and minAvailable 50% are both given; give one: the cluster refuses a budget with two limits',
    ],
    [
      { podLabels: {} },
      'DisruptionGuard: podLabels: no label would select every pod of the namespace; name the labels',
    ],
    [{ podLabels: { 'a b': 'c' } }, 'podLabels: `a b` is not a qualified name; use `name` or `dns.prefix/name`'],
    [
      { podLabels, labels: { a: 'b c' } },
      'labels: `a: b c` is not a label value; use at most 63 letters, digits, `-`, `_` or `.`',
    ],
    [
      { podLabels, name: 'Broker' },
      'name: `Broker` is not a DNS label; use lower-case letters, digits and inner hyphens',
    ],
  ])('of %j is refused: %s', (props, message) => {
    expect(thrown(() => resolve('id', props))).toBe(message);
  });
});

describe('a spread', () => {
  const zone = (maxSkew: number, whenUnsatisfiable: string) => ({
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew,
    whenUnsatisfiable,
  });
  const host = (maxSkew: number, whenUnsatisfiable: string) => ({
    topologyKey: 'kubernetes.io/hostname',
    maxSkew,
    whenUnsatisfiable,
  });

  test.each([
    [Spread.soft(), [zone(1, 'ScheduleAnyway'), host(1, 'ScheduleAnyway')]],
    [Spread.hard(), [zone(1, 'DoNotSchedule'), host(1, 'DoNotSchedule')]],
    [Spread.soft({ zones: false }), [host(1, 'ScheduleAnyway')]],
    [Spread.hard({ hosts: false, maxSkew: 3 }), [zone(3, 'DoNotSchedule')]],
    [Spread.soft({ zones: true, hosts: true, maxSkew: 2 }), [zone(2, 'ScheduleAnyway'), host(2, 'ScheduleAnyway')]],
  ])('is over zones and hosts unless told otherwise: case %#', (spread, constraints) => {
    expect(spread._intent).toEqual({ constraints, onePodPerHost: false });
    expect(Object.isFrozen(spread._intent)).toBe(true);
  });

  test('of one pod per host has no constraints', () => {
    expect(Spread.onePodPerHost()._intent).toEqual({ constraints: [], onePodPerHost: true });
  });

  test.each([
    [
      { zones: false, hosts: false },
      'Spread: neither zones nor hosts: nothing would be spread; leave one of them true',
    ],
    [{ maxSkew: 0 }, 'Spread: maxSkew: 0 is below 1'],
    [{ maxSkew: 1.5 }, 'Spread: maxSkew: 1.5 is not a whole number'],
  ])('with %j is refused: %s', (options, message) => {
    expect(thrown(() => resolveSpread('ScheduleAnyway', options))).toBe(message);
  });
});

describe('an autoscaler', () => {
  test('takes shares of CPU and memory in that order, and leaves the speed to Kubernetes', () => {
    expect(resolveAutoscaling(3, 12, { memoryPercent: 80, cpuPercent: 70 })).toEqual({
      min: 3,
      max: 12,
      utilization: [
        { resource: 'cpu', percent: 70 },
        { resource: 'memory', percent: 80 },
      ],
      metrics: [],
      scaleUp: undefined,
      scaleDown: undefined,
      keda: undefined,
    });
  });

  test('may do with a metric of your own', () => {
    const { utilization, metrics } = resolveAutoscaling(1, 1, { metrics: [AutoscalingMetric.pods('rps', '10')] });
    expect(utilization).toEqual([]);
    expect(metrics).toEqual([
      { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } } },
    ]);
  });

  test('is frozen', () => {
    expect(Object.isFrozen(Autoscaling.between(1, 2, { cpuPercent: 1 })._intent)).toBe(true);
  });

  const MOST = 2147483647;
  test.each([
    [1, 1],
    [1, MOST],
    [MOST, MOST],
  ])('from %d to %d is accepted', (min, max) => {
    expect(resolveAutoscaling(min, max, { cpuPercent: 1 })).toMatchObject({ min, max });
  });

  test.each([
    [0, 3, 'Autoscaling.between: min: 0 is outside 1 to 2147483647'],
    [1.5, 3, 'Autoscaling.between: min: 1.5 is not a whole number'],
    [1, 2.5, 'Autoscaling.between: max: 2.5 is not a whole number'],
    [1, 0, 'Autoscaling.between: max: 0 is outside 1 to 2147483647'],
    [1, MOST + 1, 'Autoscaling.between: max: 2147483648 is outside 1 to 2147483647'],
    [MOST + 1, MOST, 'Autoscaling.between: min: 2147483648 is outside 1 to 2147483647'],
    [5, 3, 'Autoscaling.between: min 5 is above max 3; raise max to 5 or more'],
  ])('from %d to %d is refused: %s', (min, max, message) => {
    expect(thrown(() => resolveAutoscaling(min, max, { cpuPercent: 70 }))).toBe(message);
  });

  const speed = (stabilization: number | undefined, limit: unknown) => ({ stabilization, limit });
  test.each([
    [{}, speed(undefined, undefined)],
    [{ stabilization: Duration.seconds(0) }, speed(0, undefined)],
    [{ stabilization: Duration.seconds(3600) }, speed(3600, undefined)],
    [{ atMost: count(3) }, speed(undefined, { type: 'Pods', value: 3, period: 60 })],
    [{ atMost: percent(100) }, speed(undefined, { type: 'Percent', value: 100, period: 60 })],
    [{ atMost: count(1), per: Duration.seconds(1) }, speed(undefined, { type: 'Pods', value: 1, period: 1 })],
    [{ atMost: count(1), per: Duration.minutes(30) }, speed(undefined, { type: 'Pods', value: 1, period: 1800 })],
    [{ stabilization: Duration.seconds(5), atMost: percent(1) }, speed(5, { type: 'Percent', value: 1, period: 60 })],
  ])('acts at the speed %j', (given, intent) => {
    expect(resolveAutoscaling(1, 2, { cpuPercent: 1, scaleUp: given })).toMatchObject({ scaleDown: undefined });
    expect(resolveAutoscaling(1, 2, { cpuPercent: 1, scaleUp: given }).scaleUp).toEqual(intent);
    expect(resolveAutoscaling(1, 2, { cpuPercent: 1, scaleDown: given }).scaleDown).toEqual(intent);
  });

  test.each([
    [{}, 'Autoscaling.between: no metric says when to scale; give cpuPercent: 70'],
    [{ metrics: [] }, 'Autoscaling.between: no metric says when to scale; give cpuPercent: 70'],
    [{ cpuPercent: 0 }, 'Autoscaling.between: cpuPercent: 0 is below 1'],
    [{ cpuPercent: 7.5 }, 'Autoscaling.between: cpuPercent: 7.5 is not a whole number'],
    [{ memoryPercent: 0 }, 'Autoscaling.between: memoryPercent: 0 is below 1'],
    [
      { cpuPercent: 1, scaleUp: { per: Duration.seconds(5) } },
      'Autoscaling.between: scaleUp: per has no effect without atMost; give both',
    ],
    [
      { cpuPercent: 1, scaleDown: { per: Duration.seconds(5) } },
      'Autoscaling.between: scaleDown: per has no effect without atMost; give both',
    ],
    [
      { cpuPercent: 1, scaleUp: { stabilization: Duration.seconds(3601) } },
      'Autoscaling.between: scaleUp: stabilization: 3601s is outside 0s to 3600s',
    ],
    [{ cpuPercent: 1, scaleUp: { atMost: count(0) } }, 'Autoscaling.between: scaleUp: atMost: 0 is below 1'],
    [
      { cpuPercent: 1, scaleUp: { atMost: count(1), per: Duration.seconds(0) } },
      'Autoscaling.between: scaleUp: per: 0s is outside 1s to 1800s',
    ],
    [
      { cpuPercent: 1, scaleUp: { atMost: count(1), per: Duration.seconds(1801) } },
      'Autoscaling.between: scaleUp: per: 1801s is outside 1s to 1800s',
    ],
  ])('with %j is refused: %s', (options, message) => {
    expect(thrown(() => resolveAutoscaling(1, 2, options))).toBe(message);
  });
});

describe('a scaled object', () => {
  const triggers = [{ type: 'rabbitmq', metadata: { queueName: 'mails' } }];

  test('has its triggers, and leaves the times to KEDA', () => {
    expect(resolveKeda(0, 5, { triggers })).toEqual({
      min: 0,
      max: 5,
      utilization: [],
      metrics: [],
      scaleUp: undefined,
      scaleDown: undefined,
      keda: { triggers, polling: undefined, cooldown: undefined },
    });
  });

  test('takes what is given, as a copy', () => {
    const metadata: Record<string, string> = { queueName: 'mails' };
    const given = [{ type: 'rabbitmq', metadata, authentication: 'broker' }];
    const times = { polling: Duration.seconds(10), cooldown: Duration.minutes(2) };
    const intent = resolveKeda(1, 1, { triggers: given, ...times });
    metadata.queueName = 'other';
    expect(intent.keda).toEqual({
      triggers: [{ type: 'rabbitmq', metadata: { queueName: 'mails' }, authenticationRef: { name: 'broker' } }],
      polling: 10,
      cooldown: 120,
    });
    expect(Object.isFrozen(intent)).toBe(true);
  });

  test.each([
    [-1, 3, { triggers }, 'Autoscaling.keda: min: -1 is outside 0 to 2147483647'],
    [0, 0, { triggers }, 'Autoscaling.keda: max: 0 is outside 1 to 2147483647'],
    [4, 3, { triggers }, 'Autoscaling.keda: min 4 is above max 3; raise max to 4 or more'],
    [0, 3, { triggers: [] }, 'Autoscaling.keda: no trigger says when to scale; give at least one'],
    [0, 3, { triggers, polling: Duration.seconds(0) }, 'Autoscaling.keda: polling: 0s is below 1s'],
    [0, 3, { triggers, cooldown: Duration.seconds(0) }, 'Autoscaling.keda: cooldown: 0s is below 1s'],
  ])('from %d to %d with %j is refused: %s', (min, max, options, message) => {
    expect(thrown(() => resolveKeda(min, max, options))).toBe(message);
  });
});
