import { Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { chartIn, thrown, WEB } from '../support/apps';
import {
  CANDIDATE,
  pause,
  type Released,
  released,
  releaseOf,
  successGate,
  type Variation,
  weight,
} from '../support/releases';

const PLAN = () => p.CanaryPlan.of(weight(25), pause(10), weight(100));

/** A cdk8s-plus Deployment that could be released, and what is different about it. */
function plusDeployment(chart: Chart, props: Partial<kplus.DeploymentProps>, name: string | undefined = 'web') {
  const labels = { 'app.kubernetes.io/instance': 'web', 'app.kubernetes.io/name': 'web' };
  const deployment = new kplus.Deployment(chart, 'plus', {
    select: false,
    replicas: 20,
    metadata: { name: 'web' },
    podMetadata: { labels },
    containers: [
      {
        image: 'registry.example.com/web:1.0.0',
        portNumber: 8080,
        securityContext: { user: 1000 },
        readiness: kplus.Probe.fromHttpGet('/ready'),
      },
    ],
    ...props,
  });
  if (name !== undefined) deployment.select(kplus.LabelSelector.of({ labels: { 'app.kubernetes.io/name': name } }));
  return deployment;
}

function plusRelease(props: Partial<kplus.DeploymentProps>, name?: string, more: Partial<p.CanaryReleaseProps> = {}) {
  const { chart } = chartIn();
  const app = plusDeployment(chart, props, name);
  return new p.CanaryRelease(chart, 'release', {
    app,
    candidate: CANDIDATE,
    plan: PLAN(),
    engine: p.CanaryEngine.replicaRatio(),
    ...more,
  });
}

/** The same, with a Service for both versions. */
function plusServed(props: Partial<kplus.DeploymentProps>) {
  const { chart } = chartIn();
  const app = plusDeployment(chart, props);
  const labels = { 'app.kubernetes.io/instance': 'web' };
  const selector = kplus.Pods.select(chart, 'pods', { labels });
  const service = new kplus.Service(chart, 'service', { selector, ports: [{ port: 80 }] });
  const engine = p.CanaryEngine.istio();
  return new p.CanaryRelease(chart, 'release', { app, service, candidate: CANDIDATE, plan: PLAN(), engine });
}

test.each<[string, () => Released, string]>([
  [
    'the stable image',
    () => released('istio', { release: { candidate: WEB.image } }),
    'candidate: `registry.example.com/web:1.0.0` is the stable image, so that there is nothing to compare; name the new version, or remove the release',
  ],
  [
    'an image without a tag',
    () => released('istio', { release: { candidate: 'registry.example.com/web' } }),
    'candidate: `registry.example.com/web` has no tag, so that each pull may bring another build; use `registry.example.com/web:1.0.0` or a digest',
  ],
  [
    'no image',
    () => released('istio', { release: { candidate: undefined } }),
    "candidate: nothing says what the new version is; use candidate: 'registry.example.com/app:1.1.0'",
  ],
  [
    'no app',
    () => released('istio', { release: { app: undefined } }),
    'app: nothing says what is released; give app, or target for an app that is made elsewhere',
  ],
  [
    'app and target',
    () => released('argoRollouts', { release: { target: p.ReleaseTarget.named('Deployment', 'web') } }),
    'app: both app and target say what is released; give app, or target for an app that is made elsewhere',
  ],
  [
    'target with an engine that needs the manifests',
    () =>
      released('istio', {
        release: { app: undefined, candidate: undefined, target: p.ReleaseTarget.named('Deployment', 'web') },
      }),
    'target: not with istio: an app that is made elsewhere; use CanaryEngine.argoRollouts(), CanaryEngine.argoRollouts({ router: CanaryEngine.istio() }), CanaryEngine.argoRollouts({ router: CanaryEngine.gatewayApi() }), CanaryEngine.flagger({ router: CanaryEngine.istio() }), CanaryEngine.flagger({ router: CanaryEngine.gatewayApi() }), or give app',
  ],
  [
    'target and an image',
    () => released('argoRollouts', { release: { app: undefined, target: p.ReleaseTarget.named('Deployment', 'web') } }),
    'candidate: has no effect with target, whose own manifests bring the new version; remove candidate',
  ],
  [
    'testers where nothing looks at requests',
    () => released('replicaRatio', { release: { testers: p.Testers.header('x-canary', 'always') } }),
    'testers: not with replicaRatio: chance alone says where a request goes; use CanaryEngine.istio(), CanaryEngine.gatewayApi(), CanaryEngine.argoRollouts({ router: CanaryEngine.istio() }), CanaryEngine.argoRollouts({ router: CanaryEngine.gatewayApi() }), or remove testers',
  ],
  [
    'a share that the pods cannot make',
    () => released('replicaRatio', { app: { replicas: 3 } }),
    'plan: 5% of 3 pods is 0 of them, which is 0.0%, and a share may be missed by 0.5 points; use replicas: 20, or an engine whose share does not depend on the number of pods: CanaryEngine.istio(), CanaryEngine.gatewayApi()',
  ],
  [
    'an autoscaler where pods make the share',
    () =>
      released('replicaRatio', {
        app: { replicas: undefined, autoscaling: p.Autoscaling.between(20, 40, { cpuPercent: 70 }) },
      }),
    'app: not with replicaRatio: an autoscaler changes the number of its pods, and with it the share; use CanaryEngine.istio(), CanaryEngine.gatewayApi(), CanaryEngine.argoRollouts(), CanaryEngine.argoRollouts({ router: CanaryEngine.istio() }), CanaryEngine.argoRollouts({ router: CanaryEngine.gatewayApi() }), CanaryEngine.flagger({ router: CanaryEngine.istio() }), CanaryEngine.flagger({ router: CanaryEngine.gatewayApi() }), or give the app replicas in place of autoscaling',
  ],
  [
    'KEDA, which starts pods of a candidate that has none',
    () =>
      released('istio', {
        app: {
          replicas: undefined,
          autoscaling: p.Autoscaling.keda(2, 5, { triggers: [{ type: 'cron', metadata: { desiredReplicas: '3' } }] }),
        },
      }),
    'app: KEDA starts pods of the candidate before its release, and after it; use Autoscaling.between, or CanaryEngine.argoRollouts or flagger',
  ],
  [
    'a gate without traffic',
    () => released('istio', { release: { expects: undefined } }),
    'expects: gate `success-rate` counts requests, and nothing says how many there are; use expects: Traffic.requestsPerSecond(50)',
  ],
  [
    'a gate that sees too little',
    () => released('istio', { release: { expects: p.Traffic.requestsPerSecond(5) } }),
    'gate `success-rate`: sees 150 requests (5 in a second, 5% of them, for 600s), and lets a candidate with 1 % bad requests pass in 22 % of cases; pause for Duration.minutes(80) before it, use a greater weight, or a greater catchesPercent',
  ],
  [
    'a gate that nothing answers',
    () => released('istio', { target: { prometheus: undefined } }),
    "plan: gate `success-rate` asks a Prometheus, and nothing says where it is; use TargetCluster.of({ prometheus: 'http://prometheus.monitoring:9090' })",
  ],
  [
    'a stage that the controller decides',
    () => released('argoRollouts', { release: { stage: p.CanaryStage.step(1) } }),
    'stage: `step-1` has no effect with argoRollouts, whose controller walks the plan; remove stage, or use CanaryStage.aborted() or CanaryStage.promoted()',
  ],
  [
    'a stage behind the end',
    () => released('istio', { release: { stage: p.CanaryStage.step(4) } }),
    'stage: the plan has 3 weights, and no step 4; use CanaryStage.step(3) or less',
  ],
])('%s is refused', (_, work, message) => {
  expect(thrown(work)).toBe(`[shop/web-release] ${message}`);
});

const FLAGGER_PLANS: readonly [string, p.CanaryPlan, string][] = [
  [
    'a first weight that does not wait',
    p.CanaryPlan.of(weight(5), weight(25), pause(1), weight(100)),
    'plan: the first weight holds for 0s, and Flagger looks every 10s at most; put CanaryStep.pause(Duration.seconds(10)) after it',
  ],
  [
    'unequal pauses',
    p.CanaryPlan.of(weight(5), pause(1), weight(25), pause(2), weight(100)),
    'plan: Flagger has one interval: 25% holds for 120s, and the first weight for 60s; pause for 60s after each weight below 100%, or use an engine that can: CanaryEngine.argoRollouts(), CanaryEngine.istio()',
  ],
  [
    'a gate at one weight only',
    p.CanaryPlan.of(weight(5), pause(10), successGate(), weight(25), pause(10), weight(100)),
    'plan: Flagger asks every gate after each weight, and the plan asks others after 25% than after 5%; ask the same gates after each weight below 100%, or use an engine that can: CanaryEngine.argoRollouts(), CanaryEngine.istio()',
  ],
  [
    'a step at 100 %',
    p.CanaryPlan.of(weight(5), pause(1), weight(100), pause(1)),
    'plan: Flagger replaces the stable pods as soon as the last weight below 100% has passed, so that nothing can happen at 100%; remove what follows CanaryStep.weight(Weight.percent(100))',
  ],
  [
    'an approval in the middle',
    p.CanaryPlan.of(weight(5), pause(1), p.CanaryStep.approval(), weight(25), pause(1), weight(100)),
    'plan: Flagger waits for a person before the first weight and before 100%, and the plan does after 5%; move CanaryStep.approval() there, or use an engine that can: CanaryEngine.argoRollouts(), CanaryEngine.istio()',
  ],
];

test.each(FLAGGER_PLANS)('Flagger refuses %s', (_, plan, message) => {
  expect(thrown(() => released('flagger with istio', { release: { plan } }))).toBe(`[shop/web-release] ${message}`);
});

test('Flagger refuses an app without an autoscaler', () => {
  expect(thrown(() => released('flagger with istio', { app: { autoscaling: undefined, replicas: 4 } }))).toBe(
    '[shop/web-release] app: Flagger sets the pods of the Deployment to none, and without an autoscaler nothing says how many its copy has; use autoscaling: Autoscaling.between(2, 6, { cpuPercent: 70 })',
  );
});

test('an app that nobody connects to is released by pods, and by nothing that divides requests', () => {
  const worker = (engine: p.CanaryEngine) => {
    const { chart } = chartIn();
    const { port: _, ...props } = WEB;
    const app = new p.Worker(chart, 'mailer', {
      ...props,
      replicas: 4,
      health: p.HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30)),
    });
    return new p.CanaryRelease(chart, 'release', { app, candidate: CANDIDATE, plan: PLAN(), engine });
  };
  expect(() => worker(p.CanaryEngine.replicaRatio())).not.toThrow();
  expect(thrown(() => worker(p.CanaryEngine.istio()))).toBe(
    '[shop/release] app: not with istio: nobody connects to it: it has no Service; use CanaryEngine.replicaRatio(), CanaryEngine.argoRollouts(), or release a WebApp',
  );
});

test('an app in another namespace is refused', () => {
  const { app, web } = released('istio');
  const other = new p.WebApp(web.node.scope as Chart, 'other', WEB);
  const chart = new Chart(app, 'elsewhere', { namespace: 'elsewhere' });
  expect(thrown(() => releaseOf(chart, other, 'gatewayApi'))).toBe(
    '[elsewhere/other-release] app: is in namespace shop, and the release in elsewhere: routes and candidate belong beside the app; make the release in the chart of the app',
  );
});

test('two claims on the pods name both', () => {
  const { web } = released('replicaRatio');
  expect(thrown(() => web.markHasAutoscaler())).toBe(
    '[shop/web] replicas: a HorizontalPodAutoscaler of cdk8s-plus and shop/web-release both decide the number of pods; keep one of them',
  );
});

test('callers that Argo Rollouts or Flagger runs cannot be followed', () => {
  const { chart, release } = released('argoRollouts with istio');
  const backend = new p.WebApp(chart, 'backend', WEB);
  expect(thrown(() => releaseOf(chart, backend, 'istio', { follows: [release] }))).toBe(
    '[shop/backend-release] follows: the pods of shop/web-release do not say their version when they start, as argoRollouts with istio runs them; use CanaryEngine.replicaRatio(), CanaryEngine.istio(), CanaryEngine.gatewayApi() there, or remove it from follows',
  );
});

test('what follows cannot be seen by every route', () => {
  const { chart, release } = released('istio');
  const backend = new p.WebApp(chart, 'backend', WEB);
  expect(thrown(() => releaseOf(chart, backend, 'gatewayApi', { follows: [release] }))).toBe(
    '[shop/backend-release] follows: not with gatewayApi: its routes cannot see which version calls; use CanaryEngine.istio(), or remove follows',
  );
});

test.each<[string, () => unknown, string]>([
  [
    'a generated selector',
    () => plusRelease({ select: true }, undefined),
    "app: selects its pods by the label `cdk8s.io/metadata.addr`, and so does everything that cdk8s-plus made for it: the pods of the candidate would match it, or be reached by nothing; use select: false, and deployment.select(LabelSelector.of({ labels: { 'app.kubernetes.io/name': 'web' } })) with that label on the pods",
  ],
  [
    'no instance label',
    () => plusRelease({ podMetadata: { labels: { 'app.kubernetes.io/name': 'web' } } }),
    "app: its pods have no label `app.kubernetes.io/instance`, by which Service, budget and policies cover both versions; use podMetadata: { labels: { 'app.kubernetes.io/instance': 'web' } }",
  ],
  [
    'no readiness',
    () => plusServed({ containers: [{ image: 'registry.example.com/web:1.0.0', portNumber: 8080 }] }),
    "app: container main has no readiness probe, so that requests go to a candidate that has not started; use readiness: Probe.fromHttpGet('/ready')",
  ],
])('of a cdk8s-plus Deployment with %s the release says so', (_, work, message) => {
  expect(thrown(work)).toBe(`[shop/release] ${message}`);
});

const OPTIONS: readonly [() => unknown, string][] = [
  [
    () => p.CanaryEngine.istio({ gateways: ['public'], hosts: ['a.example.com'] }),
    "CanaryEngine.istio: gateways: `public` is not a Gateway; use 'namespace/name'",
  ],
  [
    () => p.CanaryEngine.istio({ gateways: ['infra/public'] }),
    'CanaryEngine.istio: gateways: has no effect without hosts; give hosts, or remove gateways',
  ],
  [
    () => p.CanaryEngine.istio({ hosts: ['a.example.com'] }),
    'CanaryEngine.istio: hosts: has no effect without gateways; give gateways, or remove hosts',
  ],
  [() => p.CanaryEngine.istio({ retries: -1 }), 'CanaryEngine.istio: retries: -1 is outside 0 to 100'],
  [
    () => p.CanaryEngine.istio({ maxOpenRequests: 0 }),
    'CanaryEngine.istio: maxOpenRequests: 0 is outside 1 to 2147483647',
  ],
  [
    () => p.CanaryEngine.istio({ ejectAfterErrors: -1 }),
    'CanaryEngine.istio: ejectAfterErrors: -1 is outside 0 to 1000000',
  ],
  [
    () => p.CanaryEngine.gatewayApi({ listener: 'https' }),
    'CanaryEngine.gatewayApi: listener: has no effect without gateway; give gateway, or remove listener',
  ],
  [
    () => p.CanaryEngine.gatewayApi({ gateway: 'Public' }),
    'CanaryEngine.gatewayApi: gateway: `Public` is not a Gateway; use `name` or `namespace/name`',
  ],
  [
    () => p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.flagger() }),
    'CanaryEngine.argoRollouts: router: `flagger with istio` is no router; use CanaryEngine.istio() or CanaryEngine.gatewayApi()',
  ],
  [
    () => p.CanaryEngine.flagger({ router: p.CanaryEngine.replicaRatio() }),
    'CanaryEngine.flagger: router: `replicaRatio` is no router; use CanaryEngine.istio() or CanaryEngine.gatewayApi()',
  ],
  [() => p.CanaryEngine.flagger({ failedChecks: 0 }), 'CanaryEngine.flagger: failedChecks: 0 is below 1'],
];

test.each(OPTIONS)('options of engines are checked where they are given (%#)', (work, message) => {
  expect(thrown(work)).toBe(message);
});

test.each<[Variation, string]>([
  [
    { target: { gatewayApi: '1.0' }, app: { protocol: p.AppProtocol.GRPC } },
    'GRPCRoute needs Gateway API 1.1 or newer, the target is 1.0; use CanaryEngine.istio',
  ],
  [
    {
      target: { gatewayApi: '1.1' },
      release: { engine: p.CanaryEngine.gatewayApi({ timeout: Duration.seconds(3) }) },
    },
    'timeout needs Gateway API 1.2 or newer, the target is 1.1; remove timeout',
  ],
  [
    {
      target: { gatewayApi: '1.2' },
      release: { plan: p.CanaryPlan.of(p.CanaryStep.mirror(p.Weight.percent(9)), pause(1), weight(5), weight(100)) },
    },
    'to mirror 9% needs Gateway API 1.3 or newer, the target is 1.2; use Weight.percent(100)',
  ],
  [
    {
      app: { protocol: p.AppProtocol.GRPC },
      release: { engine: p.CanaryEngine.gatewayApi({ timeout: Duration.seconds(3) }) },
    },
    'timeout: has no effect on gRPC, whose routes have none; remove timeout',
  ],
])('what the target’s Gateway API lacks is refused (%#)', (variation, message) => {
  expect(thrown(() => released('gatewayApi', variation))).toContain(message);
});
