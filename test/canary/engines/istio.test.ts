import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { Manifests } from '../../../lib';
import { WEB } from '../../support/apps';
import { CANDIDATE, pause, released, releaseOf, weight } from '../../support/releases';

const HOST = 'web.shop.svc.cluster.local';
const at = (stage: p.CanaryStage, more: Partial<p.CanaryReleaseProps> = {}) =>
  Manifests.of(released('istio', { release: { stage, ...more } }).chart);
const shares = (manifests: Manifests, name = 'web') =>
  manifests
    .one('VirtualService', name)
    .spec.http.at(-1)
    .route.map((route: any) => [route.destination.subset, route.weight]);

test.each([
  [p.CanaryStage.stable(), 0, 0, '1.0.0'],
  [p.CanaryStage.prepared(), 0, 2, '1.0.0'],
  [p.CanaryStage.step(1), 5, 5, '1.0.0'],
  [p.CanaryStage.step(2), 25, 20, '1.0.0'],
  [p.CanaryStage.step(3), 100, 20, '1.0.0'],
  [p.CanaryStage.promoting(), 100, 20, '1.1.0'],
  [p.CanaryStage.promoted(), 0, 0, '1.1.0'],
  [p.CanaryStage.aborted(), 0, 0, '1.0.0'],
])(
  'at %s the candidate has %i %% of the requests and %i pods, enough for the next stage',
  (stage, share, pods, stable) => {
    const manifests = at(stage);
    const routes = [
      ['stable', 100 - share],
      ['canary', share],
    ];
    expect(shares(manifests)).toEqual(routes);
    expect(shares(manifests, 'web-public')).toEqual(routes);
    expect(manifests.one('Deployment', 'web-canary').spec.replicas).toBe(pods);
    expect(manifests.one('Deployment', 'web').spec.replicas).toBe(20);
    expect(manifests.one('Deployment', 'web').spec.template.spec.containers[0].image).toMatch(stable);
  },
);

test('the candidate is the stable Deployment with another image, name and track', () => {
  const manifests = at(p.CanaryStage.prepared());
  const [stable, candidate] = ['web', 'web-canary'].map((name) => manifests.one('Deployment', name));
  expect(candidate.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web-canary' } });
  expect(candidate.spec.template.metadata.labels).toEqual({
    'app.kubernetes.io/instance': 'web',
    'app.kubernetes.io/name': 'web-canary',
    track: 'canary',
  });
  const { image, ...container } = candidate.spec.template.spec.containers[0];
  expect(image).toBe(CANDIDATE);
  expect(stable.spec.template.spec.containers[0]).toEqual({ ...container, image: WEB.image });
  expect({ ...candidate.spec.template.spec, containers: [] }).toEqual({ ...stable.spec.template.spec, containers: [] });
});

test('patches and sidecars of the app, also later ones, are the candidate’s too', () => {
  const { chart, web } = released('istio');
  web.addSidecar(
    p.Sidecar.restartable('shipper', { image: 'registry.example.com/shipper:2.0.0', resources: WEB.resources }),
  );
  const { spec } = Manifests.of(chart).one('Deployment', 'web-canary').spec.template;
  expect(spec.initContainers.map(({ name, image }: any) => [name, image])).toEqual([
    ['shipper', 'registry.example.com/shipper:2.0.0'],
  ]);
});

test('subsets are told apart by track', () => {
  expect(at(p.CanaryStage.prepared()).one('DestinationRule').spec).toEqual({
    host: HOST,
    subsets: [
      { name: 'stable', labels: { track: 'stable' } },
      { name: 'canary', labels: { track: 'canary' } },
    ],
    trafficPolicy: {
      outlierDetection: {
        baseEjectionTime: '30s',
        consecutive5xxErrors: 5,
        interval: '10s',
        maxEjectionPercent: 50,
      },
    },
  });
});

test('while the candidate has no pods its subset means the stable ones, so that nobody finds it empty', () => {
  for (const stage of [p.CanaryStage.stable(), p.CanaryStage.promoted(), p.CanaryStage.aborted()]) {
    expect(at(stage).one('DestinationRule').spec.subsets[1]).toEqual({ name: 'canary', labels: { track: 'stable' } });
  }
});

test('hosts of gateways have a VirtualService of their own, since those of the mesh are others', () => {
  const manifests = at(p.CanaryStage.stable());
  expect(manifests.one('VirtualService', 'web').spec.hosts).toEqual([HOST]);
  expect(manifests.one('VirtualService', 'web').spec.gateways).toBeUndefined();
  const { gateways, hosts } = manifests.one('VirtualService', 'web-public').spec;
  expect([gateways, hosts]).toEqual([['infra/public'], ['shop.example.com']]);
  const inside = at(p.CanaryStage.stable(), { engine: p.CanaryEngine.istio() });
  expect(inside.all('VirtualService').length).toBe(1);
});

test('testers come first, and only while there is a candidate', () => {
  const testers = p.Testers.header('X-Canary', 'always');
  const [first, last] = at(p.CanaryStage.prepared(), { testers }).one('VirtualService', 'web-public').spec.http;
  expect(first).toEqual({
    name: 'testers',
    match: [{ headers: { 'x-canary': { exact: 'always' } } }],
    route: [{ destination: { host: HOST, subset: 'canary', port: { number: 8080 } } }],
  });
  expect(last.name).toBe('split');
  expect(at(p.CanaryStage.stable(), { testers }).one('VirtualService', 'web').spec.http.length).toBe(1);
});

test('every route has the retries and the timeout that were asked for', () => {
  const engine = p.CanaryEngine.istio({
    retries: 0,
    timeout: Duration.seconds(8),
    ejectAfterErrors: 0,
    maxOpenRequests: 64,
  });
  const manifests = at(p.CanaryStage.step(1), { engine, testers: p.Testers.header('a', 'b') });
  for (const route of manifests.one('VirtualService').spec.http) {
    expect(route).toMatchObject({ retries: { attempts: 0 }, timeout: '8s' });
    expect(route.retries).not.toHaveProperty('retryOn');
  }
  expect(manifests.one('DestinationRule').spec.trafficPolicy).toEqual({
    connectionPool: { http: { http2MaxRequests: 64 } },
  });
});

test('requests are copied before the first weight, and no longer', () => {
  const plan = p.CanaryPlan.of(p.CanaryStep.mirror(p.Weight.percent(10)), pause(5), weight(50), weight(100));
  const route = (stage: p.CanaryStage) => at(stage, { plan }).one('VirtualService', 'web').spec.http[0];
  const destination = { host: HOST, subset: 'canary', port: { number: 8080 } };
  expect(route(p.CanaryStage.prepared()).mirrors).toEqual([{ destination, percentage: { value: 10 } }]);
  expect(route(p.CanaryStage.step(1)).mirrors).toBeUndefined();
});

test('the candidate has an autoscaler like that of the app', () => {
  const autoscaling = p.Autoscaling.between(4, 12, { cpuPercent: 70 });
  const scaled = (stage: p.CanaryStage) =>
    Manifests.of(released('istio', { app: { replicas: undefined, autoscaling }, release: { stage } }).chart);
  const step = scaled(p.CanaryStage.step(1));
  expect(step.one('Deployment', 'web-canary').spec.replicas).toBeUndefined();
  const { scaleTargetRef, minReplicas, maxReplicas, metrics } = step.one('HorizontalPodAutoscaler', 'web-canary').spec;
  expect(scaleTargetRef.name).toBe('web-canary');
  expect([minReplicas, maxReplicas]).toEqual([2, 12]);
  expect(metrics).toEqual(step.one('HorizontalPodAutoscaler', 'web').spec.metrics);
  const idle = scaled(p.CanaryStage.stable());
  expect(idle.one('Deployment', 'web-canary').spec.replicas).toBe(0);
  expect(idle.one('HorizontalPodAutoscaler', 'web-canary').spec.minReplicas).toBe(1);
});

test.each([
  ['1.21', 'networking.istio.io/v1beta1'],
  ['1.22', 'networking.istio.io/v1'],
  [undefined, 'networking.istio.io/v1'],
])('for Istio %s the API is %s', (istio, apiVersion) => {
  const { chart } = released('istio', { target: { istio } });
  const manifests = Manifests.of(chart);
  expect(manifests.one('DestinationRule').apiVersion).toBe(apiVersion);
  expect(manifests.one('VirtualService', 'web').apiVersion).toBe(apiVersion);
});

describe('a release that follows its caller', () => {
  const pair = (caller: p.CanaryStage, own: p.CanaryStage) => {
    const { chart, release } = released('istio', { release: { stage: caller } });
    const backend = new p.WebApp(chart, 'backend', { ...WEB, replicas: 20 });
    releaseOf(chart, backend, 'istio', { follows: [release], stage: own });
    return Manifests.of(chart);
  };

  test('pins callers of each version to its own', () => {
    const { http } = pair(p.CanaryStage.step(1), p.CanaryStage.prepared()).one('VirtualService', 'backend').spec;
    const from = (track: string) => ({ 'app.kubernetes.io/instance': 'web', track });
    expect(http.map(({ name, match, route }: any) => [name, match?.[0], route[0].destination.subset])).toEqual([
      ['from-web-canary', { sourceLabels: from('canary'), sourceNamespace: 'shop' }, 'canary'],
      ['from-web-stable', { sourceLabels: from('stable'), sourceNamespace: 'shop' }, 'stable'],
      ['split', undefined, 'stable'],
    ]);
  });

  test('leaves gateways alone, which bear no labels of a caller', () => {
    const { http } = pair(p.CanaryStage.step(1), p.CanaryStage.prepared()).one('VirtualService', 'backend-public').spec;
    expect(http.map(({ name }: any) => name)).toEqual(['split']);
  });

  test('has pods enough for the share of its caller', () => {
    const pods = (caller: p.CanaryStage) =>
      pair(caller, p.CanaryStage.prepared()).one('Deployment', 'backend-canary').spec.replicas;
    expect(pods(p.CanaryStage.stable())).toBe(2);
    expect(pods(p.CanaryStage.step(1))).toBe(5);
    expect(pods(p.CanaryStage.step(3))).toBe(20);
  });

  test('pins nobody to a candidate that has no pods', () => {
    const { http } = pair(p.CanaryStage.step(1), p.CanaryStage.stable()).one('VirtualService', 'backend').spec;
    expect(http.map(({ name }: any) => name)).toEqual(['split']);
  });
});
