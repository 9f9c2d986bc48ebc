import { type Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { Manifests } from '../../lib';
import { candidateAutoscalerSpec, candidateSpec } from '../../lib/canary/candidate';
import { chartIn, thrown, WEB } from '../support/apps';
import { CANDIDATE, pause, released, weight } from '../support/releases';
import { objects } from '../support/rules';

const DEPLOYMENT = {
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web', 'app.kubernetes.io/instance': 'web' } },
    template: {
      metadata: { labels: { app: 'web', 'app.kubernetes.io/instance': 'web', team: 'shop' } },
      spec: {
        containers: [
          { name: 'web', image: 'web:1' },
          { name: 'helper', image: 'helper:1' },
        ],
      },
    },
  },
};

test('labels of the selector are the candidate’s own, but for the instance, and the others stay', () => {
  const spec = candidateSpec(DEPLOYMENT, 'web', 'web:2', 2) as any;
  expect(spec.selector.matchLabels).toEqual({ app: 'web-canary', 'app.kubernetes.io/instance': 'web' });
  expect(spec.template.metadata.labels).toEqual({
    app: 'web-canary',
    'app.kubernetes.io/instance': 'web',
    team: 'shop',
    track: 'canary',
  });
  expect(spec.template.spec.containers.map(({ image }: any) => image)).toEqual(['web:2', 'helper:1']);
  expect(spec.replicas).toBe(2);
});

test('what it is made from stays as it is', () => {
  const before = JSON.stringify(DEPLOYMENT);
  candidateSpec(DEPLOYMENT, 'web', 'web:2', undefined);
  expect(JSON.stringify(DEPLOYMENT)).toBe(before);
  expect('replicas' in candidateSpec(DEPLOYMENT, 'web', 'web:2', undefined)).toBe(false);
});

test.each([
  ['HorizontalPodAutoscaler', 'minReplicas', 'maxReplicas'],
  ['ScaledObject', 'minReplicaCount', 'maxReplicaCount'],
])('a %s for the candidate starts no more pods than it may', (kind, lowest, highest) => {
  const autoscaler = { kind, spec: { scaleTargetRef: { name: 'web' }, [lowest]: 2, [highest]: 6 } };
  expect(candidateAutoscalerSpec(autoscaler, 'web', 4)).toEqual({
    scaleTargetRef: { name: 'web-canary' },
    [lowest]: 4,
    [highest]: 6,
  });
  expect(candidateAutoscalerSpec(autoscaler, 'web', 9)).toMatchObject({ [lowest]: 6 });
});

test('an existing selector gets a value of its own too', () => {
  const { chart } = released('istio', { app: { existingSelector: { app: 'shop' } } });
  const deployment = Manifests.of(chart).one('Deployment', 'web-canary');
  expect(deployment.spec.selector.matchLabels).toEqual({ app: 'shop-canary' });
  expect(deployment.spec.template.metadata.labels).toMatchObject({ app: 'shop-canary', track: 'canary' });
});

/** A cdk8s-plus Deployment as one can release it. */
function plusApp() {
  const { chart } = chartIn();
  const labels = { 'app.kubernetes.io/instance': 'web', 'app.kubernetes.io/name': 'web' };
  const app = new kplus.Deployment(chart, 'plus', {
    select: false,
    replicas: 20,
    terminationGracePeriod: Duration.seconds(40),
    metadata: { name: 'web' },
    podMetadata: { labels },
    containers: [
      {
        image: 'registry.example.com/web:1.0.0',
        portNumber: 8080,
        readiness: kplus.Probe.fromHttpGet('/ready'),
        lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '10']) },
      },
    ],
  });
  app.select(kplus.LabelSelector.of({ labels: { 'app.kubernetes.io/name': 'web' } }));
  return { chart, app };
}

const PLAN = p.CanaryPlan.of(weight(5), pause(1), weight(100));

function plusRelease(chart: Chart, app: kplus.Deployment, more: Partial<p.CanaryReleaseProps> = {}) {
  const engine = p.CanaryEngine.istio();
  return new p.CanaryRelease(chart, 'release', { app, candidate: CANDIDATE, plan: PLAN, engine, ...more });
}

const serviceOf = (chart: Chart, labels: Record<string, string>) =>
  new kplus.Service(chart, 'service', {
    metadata: { name: 'web' },
    selector: kplus.Pods.select(chart, 'pods', { labels }),
    ports: [{ port: 80, targetPort: 8080 }],
  });

test('a cdk8s-plus Deployment without its Service has no port that a route could lead to', () => {
  const { chart, app } = plusApp();
  expect(thrown(() => plusRelease(chart, app))).toBe(
    '[shop/release] app: not with istio: nobody connects to it: it has no Service; use CanaryEngine.replicaRatio(), CanaryEngine.argoRollouts(), or release a WebApp',
  );
});

test('its Service has to select both versions', () => {
  const { chart, app } = plusApp();
  const service = serviceOf(chart, { 'app.kubernetes.io/name': 'web' });
  expect(thrown(() => plusRelease(chart, app, { service }))).toBe(
    "[shop/release] service: Service web does not select both versions; use selector: Pods.select(chart, 'pods', { labels: { 'app.kubernetes.io/instance': 'web' } })",
  );
});

test('with it a cdk8s-plus Deployment is released as an app of ours', () => {
  const { chart, app } = plusApp();
  const service = serviceOf(chart, { 'app.kubernetes.io/instance': 'web' });
  const stages = plusRelease(chart, app, { service }).stages();
  const images = stages.map(({ name, yaml }) => [
    name,
    ...objects(yaml)
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) => `${spec.replicas} ${spec.template.spec.containers[0].image.split(':')[1]}`),
  ]);
  expect(images).toEqual([
    ['stable', '20 1.0.0', '0 1.1.0'],
    ['prepared', '20 1.0.0', '2 1.1.0'],
    ['step-1', '20 1.0.0', '20 1.1.0'],
    ['step-2', '20 1.0.0', '20 1.1.0'],
    ['promoting', '20 1.1.0', '20 1.1.0'],
    ['promoted', '20 1.1.0', '0 1.1.0'],
    ['aborted', '20 1.0.0', '0 1.1.0'],
  ]);
});

test('under Argo Rollouts it gives up its number of pods', () => {
  const { chart, app } = plusApp();
  plusRelease(chart, app, { engine: p.CanaryEngine.argoRollouts() });
  const { replicas, template } = Manifests.of(chart).one('Deployment').spec;
  expect([replicas, template.spec.containers[0].image]).toEqual([undefined, CANDIDATE]);
});

test('an autoscaler of cdk8s-plus would leave the candidate without one', () => {
  const { chart, app } = plusApp();
  new kplus.HorizontalPodAutoscaler(chart, 'scaler', { target: app, maxReplicas: 9 });
  expect(thrown(() => plusRelease(chart, app))).toBe(
    '[shop/release] app: is scaled by an autoscaler of cdk8s-plus, of which the candidate gets none; use a WebApp with autoscaling: Autoscaling.between(2, 6, { cpuPercent: 70 })',
  );
});

test('an app of ours has its Service already', () => {
  const { chart } = chartIn();
  const service = serviceOf(chart, { 'app.kubernetes.io/instance': 'web' });
  const web = new p.WebApp(chart, 'web', WEB);
  expect(
    thrown(
      () =>
        new p.CanaryRelease(chart, 'release', {
          app: web,
          candidate: CANDIDATE,
          plan: PLAN,
          engine: p.CanaryEngine.istio(),
          service,
        }),
    ),
  ).toBe('[shop/release] service: has no effect on an app of this library, which has a Service; remove service');
});
