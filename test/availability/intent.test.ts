import { Duration } from 'cdk8s';
import { Autoscaling, AutoscalingMetric, CountOrPercent, Spread, UnhealthyPods } from '../../lib';
import { resolve, resolveAutoscaling, resolveKeda, resolveSpread } from '../../lib/availability/intent';
import { thrown } from '../support/apps';

describe('a budget', () => {
  test('lets one pod go, and unhealthy ones always', () => {
    expect(resolve('guard', { podLabels: { app: 'a' } })).toEqual({
      name: 'guard',
      labels: {},
      maxUnavailable: CountOrPercent.count(1),
      minAvailable: undefined,
      unhealthyPods: UnhealthyPods.ALWAYS_EVICT,
      quorum: false,
      podLabels: { app: 'a' },
    });
  });

  test('takes what it is given', () => {
    const minAvailable = CountOrPercent.percent(50);
    const unhealthyPods = UnhealthyPods.EVICT_IF_ENOUGH_OTHERS;
    const props = { podLabels: { app: 'a' }, name: 'n', labels: { b: 'c' }, minAvailable, unhealthyPods, quorum: true };
    expect(resolve('guard', props)).toEqual({ ...props, maxUnavailable: undefined });
    expect(resolve('guard', { podLabels: { app: 'a' }, evictable: minAvailable }).maxUnavailable).toBe(minAvailable);
    expect(resolve('guard', { protects: {} as never }).podLabels).toBeUndefined();
  });

  test('resolves the same to the same, and is frozen', () => {
    const props = { podLabels: { app: 'a' } };
    expect(resolve('guard', props)).toEqual(resolve('guard', props));
    expect(Object.isFrozen(resolve('guard', props))).toBe(true);
    expect(props).toEqual({ podLabels: { app: 'a' } });
  });

  test.each([
    [{}, 'DisruptionGuard: neither protects nor podLabels is given; give exactly one'],
    [
      { protects: {} as never, podLabels: { a: 'b' } },
      'DisruptionGuard: both protects and podLabels are given; give exactly one',
    ],
    [
      { podLabels: {} },
      'DisruptionGuard: podLabels: no label would select every pod of the namespace; name the labels',
    ],
    [
      { podLabels: { a: 'b' }, evictable: CountOrPercent.count(1), minAvailable: CountOrPercent.percent(50) },
      'DisruptionGuard: evictable 1 and minAvailable 50% are both given; give one: the cluster refuses a budget with two limits',
    ],
    [{ podLabels: { 'a b': 'c' } }, 'podLabels: `a b` is not a qualified name; use `name` or `dns.prefix/name`'],
    [
      { podLabels: { a: 'b' }, labels: { c: 'd e' } },
      'labels: `c: d e` is not a label value; use at most 63 letters, digits, `-`, `_` or `.`',
    ],
    [
      { podLabels: { a: 'b' }, name: 'A' },
      'name: `A` is not a DNS label; use lower-case letters, digits and inner hyphens',
    ],
  ])('refuses %j', (props, message) => {
    expect(thrown(() => resolve('guard', props))).toBe(message);
  });
});

describe('a spread', () => {
  const zone = { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' };
  const host = { ...zone, topologyKey: 'kubernetes.io/hostname' };

  test('is over zones and nodes, by one pod', () => {
    expect(resolveSpread('ScheduleAnyway', {})).toEqual({ constraints: [zone, host], onePodPerHost: false });
    expect(Object.isFrozen(resolveSpread('ScheduleAnyway', {}))).toBe(true);
  });

  test.each([
    [{ zones: false }, [host]],
    [{ hosts: false }, [zone]],
    [{ hosts: false, maxSkew: 3 }, [{ ...zone, maxSkew: 3 }]],
  ])('with %j', (options, constraints) => {
    expect(resolveSpread('ScheduleAnyway', options).constraints).toEqual(constraints);
  });

  test('has three strengths', () => {
    expect(Spread.soft()._intent).toEqual({ constraints: [zone, host], onePodPerHost: false });
    const hard = { ...zone, whenUnsatisfiable: 'DoNotSchedule' };
    expect(Spread.hard({ hosts: false })._intent).toEqual({ constraints: [hard], onePodPerHost: false });
    expect(Spread.onePodPerHost()._intent).toEqual({ constraints: [], onePodPerHost: true });
  });

  test.each([
    [
      { zones: false, hosts: false },
      'Spread: neither zones nor hosts: nothing would be spread; leave one of them true',
    ],
    [{ maxSkew: 0 }, 'Spread: maxSkew: 0 is below 1'],
  ])('refuses %j', (options, message) => {
    expect(thrown(() => Spread.soft(options))).toBe(message);
  });
});

describe('an autoscaler', () => {
  const none = { utilization: [], metrics: [], scaleUp: undefined, scaleDown: undefined, keda: undefined };
  const cpu = [{ resource: 'cpu', percent: 70 }];

  test('has its bounds and its metrics', () => {
    expect(resolveAutoscaling(2, 9, { cpuPercent: 70 })).toEqual({ ...none, min: 2, max: 9, utilization: cpu });
    const memory = { resource: 'memory', percent: 80 };
    expect(resolveAutoscaling(3, 3, { cpuPercent: 70, memoryPercent: 80 }).utilization).toEqual([...cpu, memory]);
    const rps = AutoscalingMetric.pods('rps', '10');
    expect(resolveAutoscaling(1, 1, { metrics: [rps] })).toEqual({ ...none, min: 1, max: 1, metrics: [rps._manifest] });
    expect(Object.isFrozen(resolveAutoscaling(1, 1, { cpuPercent: 1 }))).toBe(true);
  });

  test('knows pods, external values and their labels', () => {
    const target = { type: 'AverageValue', averageValue: '10' };
    expect(AutoscalingMetric.pods('rps', '10')._manifest).toEqual({
      type: 'Pods',
      pods: { metric: { name: 'rps' }, target },
    });
    expect(AutoscalingMetric.external('q', '10')._manifest).toEqual({
      type: 'External',
      external: { metric: { name: 'q' }, target },
    });
    expect(AutoscalingMetric.external('q', '10', { a: 'b' })._manifest).toEqual({
      type: 'External',
      external: { metric: { name: 'q', selector: { matchLabels: { a: 'b' } } }, target },
    });
  });

  test('has its speed', () => {
    const speed = (scaleUp: object) => resolveAutoscaling(1, 2, { cpuPercent: 70, scaleUp }).scaleUp;
    expect(speed({})).toEqual({ stabilization: undefined, limit: undefined });
    expect(speed({ stabilization: Duration.seconds(0) })).toEqual({ stabilization: 0, limit: undefined });
    expect(speed({ stabilization: Duration.hours(1), atMost: CountOrPercent.count(3) })).toEqual({
      stabilization: 3600,
      limit: { type: 'Pods', value: 3, period: 60 },
    });
    expect(speed({ atMost: CountOrPercent.percent(10), per: Duration.seconds(1800) })).toEqual({
      stabilization: undefined,
      limit: { type: 'Percent', value: 10, period: 1800 },
    });
    const scaleDown = { stabilization: Duration.seconds(5) };
    expect(resolveAutoscaling(1, 2, { cpuPercent: 70, scaleDown }).scaleDown).toEqual({
      stabilization: 5,
      limit: undefined,
    });
  });

  const between = (min: number, max: number, options: object) => () => Autoscaling.between(min, max, options);
  const keda = (min: number, max: number, options: object) => () => Autoscaling.keda(min, max, options as never);
  const trigger = { type: 'cron', metadata: { a: 'b' } };
  const B = 'Autoscaling.between';
  test.each([
    [between(0, 1, { cpuPercent: 1 }), `${B}: min: 0 is outside 1 to 2147483647`],
    [between(1, 1.5, { cpuPercent: 1 }), `${B}: max: 1.5 is not a whole number`],
    [between(3, 2, { cpuPercent: 1 }), `${B}: min 3 is above max 2; raise max to 3 or more`],
    [between(1, 2, {}), `${B}: no metric says when to scale; give cpuPercent: 70`],
    [between(1, 2, { cpuPercent: 0 }), `${B}: cpuPercent: 0 is below 1`],
    [between(1, 2, { memoryPercent: 0 }), `${B}: memoryPercent: 0 is below 1`],
    [
      between(1, 2, { cpuPercent: 1, scaleUp: { per: Duration.seconds(1) } }),
      `${B}: scaleUp: per has no effect without atMost; give both`,
    ],
    [
      between(1, 2, { cpuPercent: 1, scaleDown: { stabilization: Duration.seconds(3601) } }),
      `${B}: scaleDown: stabilization: 3601s is outside 0s to 3600s`,
    ],
    [
      between(1, 2, { cpuPercent: 1, scaleUp: { atMost: CountOrPercent.count(0) } }),
      `${B}: scaleUp: atMost: 0 is below 1`,
    ],
    [
      between(1, 2, { cpuPercent: 1, scaleUp: { atMost: CountOrPercent.count(1), per: Duration.seconds(1801) } }),
      `${B}: scaleUp: per: 1801s is outside 1s to 1800s`,
    ],
    [
      between(1, 2, { cpuPercent: 1, scaleUp: { atMost: CountOrPercent.count(1), per: Duration.seconds(0) } }),
      `${B}: scaleUp: per: 0s is outside 1s to 1800s`,
    ],
    [keda(-1, 1, { triggers: [trigger] }), 'Autoscaling.keda: min: -1 is outside 0 to 2147483647'],
    [keda(0, 0, { triggers: [trigger] }), 'Autoscaling.keda: max: 0 is outside 1 to 2147483647'],
    [keda(0, 1, { triggers: [] }), 'Autoscaling.keda: no trigger says when to scale; give at least one'],
    [keda(0, 1, { triggers: [trigger], polling: Duration.seconds(0) }), 'Autoscaling.keda: polling: 0s is below 1s'],
    [keda(0, 1, { triggers: [trigger], cooldown: Duration.seconds(0) }), 'Autoscaling.keda: cooldown: 0s is below 1s'],
  ])('refuses %#', (work, message) => {
    expect(thrown(work)).toBe(message);
  });

  test('of KEDA has triggers and times', () => {
    expect(resolveKeda(0, 5, { triggers: [trigger] })).toEqual({
      ...none,
      min: 0,
      max: 5,
      keda: { triggers: [trigger], polling: undefined, cooldown: undefined },
    });
    const options = {
      triggers: [{ ...trigger, authentication: 'auth' }],
      polling: Duration.seconds(10),
      cooldown: Duration.minutes(1),
    };
    expect(resolveKeda(1, 5, options).keda).toEqual({
      triggers: [{ ...trigger, authenticationRef: { name: 'auth' } }],
      polling: 10,
      cooldown: 60,
    });
    expect(Object.isFrozen(resolveKeda(1, 5, options))).toBe(true);
  });
});
