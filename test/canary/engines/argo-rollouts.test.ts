import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { Manifests } from '../../../lib';
import type { EngineName } from '../../../lib/canary/engines/capabilities';
import { chartIn, thrown } from '../../support/apps';
import { CANDIDATE, objectsOf, pause, released, type Variation, weight } from '../../support/releases';
import { objects } from '../../support/rules';

const canaryOf = (engine: EngineName, variation: Variation = {}) =>
  Manifests.of(released(engine, variation).chart).one('Rollout').spec.strategy.canary;

const ANALYSIS = {
  analysis: {
    templates: [{ templateName: 'web-success-rate' }, { templateName: 'web-latency-p99' }],
    args: [{ name: 'window', value: '600s' }],
  },
};

test('the plan is translated step by step', () => {
  expect(canaryOf('argoRollouts').steps).toEqual([
    { setWeight: 5 },
    { pause: { duration: '600s' } },
    ANALYSIS,
    { setWeight: 25 },
    { pause: { duration: '600s' } },
    ANALYSIS,
    { pause: {} },
    { setWeight: 100 },
  ]);
});

test('the Rollout runs the Deployment’s template, and the Deployment gives up its number of pods', () => {
  const manifests = Manifests.of(released('argoRollouts').chart);
  const { spec } = manifests.one('Rollout');
  expect(spec.workloadRef).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    scaleDown: 'progressively',
  });
  expect([spec.replicas, spec.minReadySeconds, spec.progressDeadlineSeconds]).toEqual([20, 5, 600]);
  expect(manifests.one('Deployment').spec.replicas).toBeUndefined();
  expect(manifests.one('Deployment').spec.template.spec.containers[0].image).toBe(CANDIDATE);
  expect(manifests.all('Service').map(({ metadata }) => metadata.name)).toEqual(['web']);
});

test('without a router the limits of the Deployment’s roll-out hold', () => {
  const { maxSurge, maxUnavailable, trafficRouting } = canaryOf('argoRollouts');
  expect([maxSurge, maxUnavailable, trafficRouting]).toEqual(['25%', '25%', undefined]);
});

test('track is set by the controller on the pods of each version', () => {
  const { stableMetadata, canaryMetadata } = canaryOf('argoRollouts with istio');
  expect(stableMetadata).toEqual({ labels: { track: 'stable' } });
  expect(canaryMetadata).toEqual({ labels: { track: 'canary' } });
});

test('the controller writes the selectors and the weights', () => {
  const { chart, release } = released('argoRollouts with istio');
  const manifests = Manifests.of(chart);
  for (const name of ['web-stable', 'web-canary']) {
    const { selector, ports } = manifests.one('Service', name).spec;
    expect(selector).toBeUndefined();
    expect(ports.length).toBe(1);
  }
  for (const name of ['web', 'web-public']) {
    const [route] = manifests.one('VirtualService', name).spec.http;
    expect([route.name, ...route.route.map((one: any) => [one.destination.host, one.weight])]).toEqual([
      'split',
      ['web-stable.shop.svc.cluster.local', 100],
      ['web-canary.shop.svc.cluster.local', 0],
    ]);
  }
  expect(release.controllerFields()).toEqual([
    { group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'] },
    { group: '', kind: 'Service', name: 'web-stable', jsonPointers: ['/spec/selector'] },
    { group: '', kind: 'Service', name: 'web-canary', jsonPointers: ['/spec/selector'] },
    { group: 'networking.istio.io', kind: 'VirtualService', name: 'web', jsonPointers: ['/spec/http'] },
    { group: 'networking.istio.io', kind: 'VirtualService', name: 'web-public', jsonPointers: ['/spec/http'] },
  ]);
});

test('with a router no version has only one pod', () => {
  const { minPodsPerReplicaSet, stableService, canaryService, trafficRouting } = canaryOf('argoRollouts with istio');
  expect([minPodsPerReplicaSet, stableService, canaryService]).toEqual([2, 'web-stable', 'web-canary']);
  expect(trafficRouting).toEqual({
    istio: {
      virtualServices: [
        { name: 'web', routes: ['split'] },
        { name: 'web-public', routes: ['split'] },
      ],
    },
  });
  const single = { app: { replicas: 1 }, release: { plan: p.CanaryPlan.of(weight(5), pause(1), weight(100)) } };
  expect(canaryOf('argoRollouts with istio', single).minPodsPerReplicaSet).toBe(1);
});

test('the plugin for the Gateway API is told the route', () => {
  expect(canaryOf('argoRollouts with gatewayApi').trafficRouting).toEqual({
    plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'web-release' }], namespace: 'shop' } },
  });
  const grpc = { app: { protocol: p.AppProtocol.GRPC } };
  expect(canaryOf('argoRollouts with gatewayApi', grpc).trafficRouting.plugins['argoproj-labs/gatewayAPI']).toEqual({
    grpcRoutes: [{ name: 'web-release' }],
    namespace: 'shop',
  });
});

test('testers reach pods before the first weight', () => {
  const testers = p.Testers.header('x-canary', 'always');
  const { steps, trafficRouting } = canaryOf('argoRollouts with istio', { release: { testers } });
  expect(trafficRouting.managedRoutes).toEqual([{ name: 'testers' }]);
  expect(steps.slice(0, 4)).toEqual([
    { setCanaryScale: { replicas: 2 } },
    {
      setHeaderRoute: { name: 'testers', match: [{ headerName: 'x-canary', headerValue: { exact: 'always' } }] },
    },
    { setWeight: 5 },
    { setCanaryScale: { matchTrafficWeight: true } },
  ]);
});

test('an autoscaler scales the Rollout', () => {
  const autoscaling = p.Autoscaling.between(20, 40, { cpuPercent: 70 });
  const manifests = Manifests.of(released('argoRollouts', { app: { replicas: undefined, autoscaling } }).chart);
  expect(manifests.one('HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    name: 'web',
  });
  expect(manifests.one('Rollout').spec.replicas).toBeUndefined();
});

test('a gate is one template, however often it is asked', () => {
  const templates = Manifests.of(released('argoRollouts').chart).all('AnalysisTemplate');
  expect(templates.map(({ metadata }) => metadata.name)).toEqual(['web-success-rate', 'web-latency-p99']);
  expect(templates[0].spec).toEqual({
    args: [{ name: 'window' }],
    metrics: [
      {
        name: 'success-rate',
        count: 1,
        failureLimit: 0,
        successCondition: 'len(result) > 0 && !isNaN(result[0]) && result[0] >= 99.5',
        provider: {
          prometheus: {
            address: 'http://prometheus.monitoring:9090',
            query:
              '100 * sum(rate(http_requests_total{namespace="shop",container="web",track="canary",code!~"5.*"}[{{args.window}}])) / sum(rate(http_requests_total{namespace="shop",container="web",track="canary"}[{{args.window}}]))',
          },
        },
      },
    ],
  });
});

test('gates that look back differently are asked one after the other; a webhook is asked by its address', () => {
  const short = p.CanaryStep.gate(
    p.Gate.query('errors', 'errors[{{window}}]', { max: 1, min: 0 }, { passesWithoutData: true }),
    p.Gate.webhook('smoke', 'https://ci.example.com/smoke'),
  );
  const plan = p.CanaryPlan.of(weight(25), pause(10), short, weight(100));
  const { chart } = released('argoRollouts', { release: { plan } });
  const [errors, smoke] = Manifests.of(chart).all('AnalysisTemplate');
  expect(errors.spec.metrics[0].successCondition).toBe(
    'len(result) == 0 || isNaN(result[0]) || (result[0] >= 0 && result[0] <= 1)',
  );
  expect(smoke.spec.metrics[0].provider).toEqual({ web: { method: 'POST', url: 'https://ci.example.com/smoke' } });
});

test('cut short, the plan has no step left; taken back, the template is the stable one', () => {
  const promoted = released('argoRollouts', { release: { stage: p.CanaryStage.promoted() } }).chart;
  expect(Manifests.of(promoted).one('Rollout').spec.strategy.canary.steps).toEqual([]);
  const aborted = Manifests.of(released('argoRollouts', { release: { stage: p.CanaryStage.aborted() } }).chart);
  expect(aborted.one('Deployment').spec.template.spec.containers[0].image).toBe('registry.example.com/web:1.0.0');
  expect(aborted.one('Rollout').spec.strategy.canary.steps.length).toBe(8);
});

test('an app that is made elsewhere keeps its Deployment', () => {
  const { app, chart } = chartIn();
  new p.CanaryRelease(chart, 'release', {
    target: p.ReleaseTarget.named('Deployment', 'legacy', { port: 8080 }),
    plan: p.CanaryPlan.of(weight(5), pause(5), weight(100)),
    engine: p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.istio() }),
  });
  expect(objectsOf(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Rollout legacy',
    'Service legacy-stable',
    'Service legacy-canary',
    'VirtualService legacy',
  ]);
  expect(objects(app.synthYaml()).length).toBe(4);
});

test('copies of requests end with the first weight', () => {
  const plan = p.CanaryPlan.of(
    p.CanaryStep.mirror(p.Weight.percent(30)),
    pause(10),
    weight(50),
    pause(10),
    weight(100),
  );
  const { steps, trafficRouting } = canaryOf('argoRollouts with istio', { release: { plan } });
  expect(trafficRouting.managedRoutes).toEqual([{ name: 'mirror' }]);
  expect(steps.slice(0, 6)).toEqual([
    { setCanaryScale: { replicas: 10 } },
    { setMirrorRoute: { name: 'mirror', percentage: 30, match: [{ path: { prefix: '/' } }] } },
    { pause: { duration: '600s' } },
    { setMirrorRoute: { name: 'mirror' } },
    { setWeight: 50 },
    { setCanaryScale: { matchTrafficWeight: true } },
  ]);
});

test('testers and copies are two routes, and testers come first', () => {
  const plan = p.CanaryPlan.of(p.CanaryStep.mirror(p.Weight.percent(100)), weight(50), pause(10), weight(100));
  const testers = p.Testers.header('x-canary', 'always');
  const { steps, trafficRouting } = canaryOf('argoRollouts with istio', { release: { plan, testers } });
  expect(trafficRouting.managedRoutes).toEqual([{ name: 'testers' }, { name: 'mirror' }]);
  expect(steps[0]).toEqual({ setCanaryScale: { replicas: 20 } });
  expect(steps.slice(1, 3).map((step: object) => Object.keys(step)[0])).toEqual(['setHeaderRoute', 'setMirrorRoute']);
});

test('without a router nothing is scaled beside the share', () => {
  const plan = p.CanaryPlan.of(p.CanaryStep.approval(), weight(25), pause(10), weight(100));
  expect(canaryOf('argoRollouts', { release: { plan } }).steps).toEqual([
    { pause: {} },
    { setWeight: 25 },
    { pause: { duration: '600s' } },
    { setWeight: 100 },
  ]);
});

describe('gates in the background', () => {
  const window = Duration.minutes(5);
  const background = [
    p.Gate.successRate(99, { window, name: 'errors' }),
    p.Gate.query('queue', 'max(queue_length)', { max: 9 }, { window: Duration.minutes(1) }),
  ];
  const watched = (gates: p.Gate[], more: Partial<p.CanaryReleaseProps> = {}) => {
    const engine = p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.istio(), background: gates });
    return released('argoRollouts with istio', { release: { engine, ...more } });
  };

  test('are asked from the first weight on, each as often as its window says', () => {
    const manifests = Manifests.of(watched(background).chart);
    const { analysis, steps } = manifests.one('Rollout').spec.strategy.canary;
    expect(analysis).toEqual({
      templates: [{ templateName: 'web-errors-background' }, { templateName: 'web-queue-background' }],
      startingStep: 1,
    });
    expect(steps[0]).toEqual({ setWeight: 5 });
    const { args, metrics } = manifests.one('AnalysisTemplate', 'web-errors-background').spec;
    expect(args).toBeUndefined();
    expect(metrics).toEqual([
      {
        name: 'errors',
        initialDelay: '300s',
        interval: '300s',
        failureLimit: 0,
        successCondition: 'len(result) > 0 && !isNaN(result[0]) && result[0] >= 99',
        provider: {
          prometheus: { address: 'http://prometheus.monitoring:9090', query: expect.stringContaining('[300s]') },
        },
      },
    ]);
    expect(manifests.one('AnalysisTemplate', 'web-queue-background').spec.metrics[0].interval).toBe('60s');
  });

  test('begin after what comes before the first weight', () => {
    const { chart } = watched(background, { testers: p.Testers.header('x-canary', 'always') });
    const { analysis, steps } = Manifests.of(chart).one('Rollout').spec.strategy.canary;
    expect(analysis.startingStep).toBe(3);
    expect(steps[2]).toEqual({ setWeight: 5 });
  });

  test('end with what is left of the plan', () => {
    const { chart } = watched(background, { stage: p.CanaryStage.promoted() });
    expect(Manifests.of(chart).one('Rollout').spec.strategy.canary.analysis).toBeUndefined();
  });

  test.each<[string, () => unknown, string]>([
    [
      'without a window',
      () => watched([p.Gate.successRate(99)]),
      'CanaryEngine.argoRollouts: background: gate `success-rate` does not say how often it is asked; give it window: Duration.minutes(5)',
    ],
    [
      'a template',
      () => watched([p.Gate.template('errors', { max: 1 }, { window })]),
      'CanaryEngine.argoRollouts: background: gate `errors` looks back to no time, after which it could be asked again; ask it in the plan, or use Gate.query',
    ],
    [
      'two of one name',
      () => watched([p.Gate.successRate(99, { window }), p.Gate.successRate(98, { window })]),
      'CanaryEngine.argoRollouts: background: two gates have the name `success-rate`; give one of them a name of its own by its option name',
    ],
    [
      'one that could not see a bad candidate at the lowest weight',
      () => watched([p.Gate.successRate(99.9, { window })]),
      '[shop/web-release] gate `success-rate`: sees 750 requests (50 in a second, 5% of them, for 300s), and lets a candidate with 0.2 % bad requests pass in 22 % of cases; give it window: Duration.minutes(40), use a greater weight, or a greater catchesPercent',
    ],
  ])('are refused: %s', (_, work, message) => {
    expect(thrown(work)).toBe(message);
  });

  test('are refused where nobody says which Prometheus to ask', () => {
    const engine = p.CanaryEngine.argoRollouts({ background: [p.Gate.query('queue', 'up', { min: 1 }, { window })] });
    const plan = p.CanaryPlan.of(weight(25), pause(10), weight(100));
    const work = () => released('argoRollouts', { release: { engine, plan }, target: { prometheus: undefined } });
    expect(thrown(work)).toContain('gate `queue` asks a Prometheus, and nothing says where it is');
  });
});

test('a template that is made elsewhere is asked with the good answers, and is not emitted', () => {
  const gates = [
    p.Gate.template('errors', { max: 1 }),
    p.Gate.template('speed', { min: 2, max: 9 }),
    p.Gate.successRate(99),
  ];
  const plan = p.CanaryPlan.of(weight(25), pause(10), p.CanaryStep.gate(...gates), weight(100));
  const manifests = Manifests.of(released('argoRollouts', { release: { plan } }).chart);
  const names = manifests.all('AnalysisTemplate').map(({ metadata }) => metadata.name);
  expect(names).toEqual(['web-success-rate']);
  const window = { name: 'window', value: '600s' };
  expect(manifests.one('Rollout').spec.strategy.canary.steps.slice(2, 5)).toEqual([
    { analysis: { templates: [{ templateName: 'errors' }], args: [window, { name: 'max', value: '1' }] } },
    {
      analysis: {
        templates: [{ templateName: 'speed' }],
        args: [window, { name: 'min', value: '2' }, { name: 'max', value: '9' }],
      },
    },
    { analysis: { templates: [{ templateName: 'web-success-rate' }], args: [window] } },
  ]);
});
