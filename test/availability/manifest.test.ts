import { Duration } from 'cdk8s';
import { Autoscaling, AutoscalingMetric, CountOrPercent, Spread, UnhealthyPods } from '../../lib';
import { resolve } from '../../lib/availability/intent';
import { renderAutoscaler, renderBudget, renderScaledObject, renderSpread } from '../../lib/availability/manifest';

const selector = { matchLabels: { app: 'web' } };
const podLabels = { app: 'web' };
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

describe('a budget', () => {
  test.each([
    [{}, { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector }],
    [
      { evictable: CountOrPercent.percent(25) },
      { maxUnavailable: '25%', unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
    ],
    [
      { minAvailable: CountOrPercent.count(2), unhealthyPods: UnhealthyPods.EVICT_IF_ENOUGH_OTHERS },
      { minAvailable: 2, unhealthyPodEvictionPolicy: 'IfHealthyBudget', selector },
    ],
  ])('of %j is written with one limit', (props, spec) => {
    expect(renderBudget(resolve('web', { podLabels, ...props }), selector)).toStrictEqual(spec);
  });
});

describe('a spread', () => {
  test('does not count nodes that are drained, nor old pods with new ones', () => {
    expect(renderSpread(Spread.hard({ hosts: false, maxSkew: 2 })._intent, podLabels)).toStrictEqual({
      topologySpreadConstraints: [
        {
          topologyKey: 'topology.kubernetes.io/zone',
          maxSkew: 2,
          whenUnsatisfiable: 'DoNotSchedule',
          nodeTaintsPolicy: 'Honor',
          matchLabelKeys: ['pod-template-hash', 'rollouts-pod-template-hash'],
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    });
  });

  test('of one pod per host is an anti-affinity, and nothing else', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
    expect(renderSpread(Spread.onePodPerHost()._intent, podLabels)).toStrictEqual({
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
    });
  });
});

describe('a HorizontalPodAutoscaler', () => {
  const spec = (autoscaling: Autoscaling) => renderAutoscaler(autoscaling._intent, target, 'web');

  test('looks at the container of the app alone, and has no behaviour of its own', () => {
    expect(spec(Autoscaling.between(2, 5, { cpuPercent: 70 }))).toStrictEqual({
      minReplicas: 2,
      maxReplicas: 5,
      scaleTargetRef: target,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'web',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
      ],
    });
  });

  test('writes further metrics behind those of CPU and memory', () => {
    const metrics = [AutoscalingMetric.external('queue', '5'), AutoscalingMetric.external('q', '500m', { a: 'b' })];
    const average = (averageValue: string) => ({ type: 'AverageValue', averageValue });
    expect(spec(Autoscaling.between(2, 5, { memoryPercent: 80, metrics })).metrics).toStrictEqual([
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'memory',
          container: 'web',
          target: { type: 'Utilization', averageUtilization: 80 },
        },
      },
      { type: 'External', external: { metric: { name: 'queue' }, target: average('5') } },
      {
        type: 'External',
        external: { metric: { name: 'q', selector: { matchLabels: { a: 'b' } } }, target: average('500m') },
      },
    ]);
  });

  const policy = { type: 'Percent', value: 10, periodSeconds: 60 };
  const tenPercent = { atMost: CountOrPercent.percent(10) };
  test.each([
    [{ scaleUp: tenPercent }, { scaleUp: { policies: [policy] } }],
    [{ scaleDown: tenPercent }, { scaleDown: { policies: [policy] } }],
    [
      {
        scaleUp: { stabilization: Duration.seconds(0) },
        scaleDown: { ...tenPercent, stabilization: Duration.seconds(9) },
      },
      {
        scaleUp: { stabilizationWindowSeconds: 0 },
        scaleDown: { stabilizationWindowSeconds: 9, policies: [policy] },
      },
    ],
  ])('writes the speed %j', (speeds, behavior) => {
    expect(spec(Autoscaling.between(2, 5, { cpuPercent: 70, ...speeds })).behavior).toStrictEqual(behavior);
  });
});

describe('a ScaledObject', () => {
  const triggers = [{ type: 'cron', metadata: { timezone: 'UTC' } }];

  test('leaves to KEDA what nobody says', () => {
    expect(renderScaledObject(Autoscaling.keda(0, 5, { triggers })._intent, target)).toStrictEqual({
      minReplicaCount: 0,
      maxReplicaCount: 5,
      scaleTargetRef: target,
      triggers,
    });
  });

  test('writes the times that are given', () => {
    const times = { polling: Duration.seconds(10), cooldown: Duration.seconds(100) };
    expect(renderScaledObject(Autoscaling.keda(0, 5, { triggers, ...times })._intent, target)).toMatchObject({
      pollingInterval: 10,
      cooldownPeriod: 100,
    });
  });
});
