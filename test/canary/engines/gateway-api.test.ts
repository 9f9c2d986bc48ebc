import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { Manifests } from '../../../lib';
import { thrown, WEB } from '../../support/apps';
import { commonPlan, pause, released, releaseOf, weight } from '../../support/releases';

const at = (stage: p.CanaryStage, more: Partial<p.CanaryReleaseProps> = {}, app: Partial<p.WebAppProps> = {}) =>
  Manifests.of(released('gatewayApi', { app, release: { stage, ...more } }).chart);

test('each track has a Service of its own, and the route divides between them', () => {
  const manifests = at(p.CanaryStage.step(1));
  for (const track of ['stable', 'canary']) {
    const { selector, ports } = manifests.one('Service', `web-${track}`).spec;
    expect(selector).toEqual({ 'app.kubernetes.io/instance': 'web', track });
    expect(ports).toEqual(manifests.one('Service', 'web').spec.ports);
  }
  expect(manifests.one('HTTPRoute').spec).toEqual({
    parentRefs: [{ namespace: 'infra', name: 'public' }],
    hostnames: ['shop.example.com'],
    rules: [
      {
        backendRefs: [
          { name: 'web-stable', port: 8080, weight: 95 },
          { name: 'web-canary', port: 8080, weight: 5 },
        ],
      },
    ],
  });
});

test('the Services of a track are not scraped twice', () => {
  const { chart, web } = released('gatewayApi');
  web.monitor();
  const manifests = Manifests.of(chart);
  const { matchLabels } = manifests.one('ServiceMonitor').spec.selector;
  const found = manifests
    .all('Service')
    .filter(({ metadata }) => Object.entries(matchLabels).every(([key, value]) => metadata.labels[key] === value));
  expect(found.map(({ metadata }) => metadata.name)).toEqual(['web']);
});

test('without a Gateway the route is one of the mesh', () => {
  const { parentRefs, hostnames } = at(p.CanaryStage.stable(), { engine: p.CanaryEngine.gatewayApi() }).one(
    'HTTPRoute',
  ).spec;
  expect(parentRefs).toEqual([{ group: '', kind: 'Service', name: 'web', port: 8080 }]);
  expect(hostnames).toBeUndefined();
});

test('testers come first', () => {
  const testers = p.Testers.header('x-canary', 'always');
  const [first] = at(p.CanaryStage.prepared(), { testers }).one('HTTPRoute').spec.rules;
  expect(first).toEqual({
    matches: [{ headers: [{ type: 'Exact', name: 'x-canary', value: 'always' }] }],
    backendRefs: [{ name: 'web-canary', port: 8080 }],
  });
  expect(at(p.CanaryStage.aborted(), { testers }).one('HTTPRoute').spec.rules.length).toBe(1);
});

test('gRPC has a route of its own', () => {
  const manifests = at(p.CanaryStage.step(1), {}, { protocol: p.AppProtocol.GRPC });
  expect(manifests.all('HTTPRoute')).toEqual([]);
  expect(manifests.one('GRPCRoute').spec.rules[0].backendRefs[1]).toEqual({
    name: 'web-canary',
    port: 8080,
    weight: 5,
  });
});

test.each([
  [10, { percent: 10 }],
  [100, {}],
])('%i %% of the requests are copied before the first weight', (percent, more) => {
  const plan = p.CanaryPlan.of(p.CanaryStep.mirror(p.Weight.percent(percent)), pause(1), weight(5), weight(100));
  const rule = (stage: p.CanaryStage) => at(stage, { plan }).one('HTTPRoute').spec.rules[0];
  expect(rule(p.CanaryStage.prepared()).filters).toEqual([
    { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web-canary', port: 8080 }, ...more } },
  ]);
  expect(rule(p.CanaryStage.step(1)).filters).toBeUndefined();
});

test('every rule has the timeout, and the listener is named', () => {
  const engine = p.CanaryEngine.gatewayApi({ gateway: 'public', listener: 'https', timeout: Duration.seconds(8) });
  const { parentRefs, rules } = at(p.CanaryStage.step(1), { engine, testers: p.Testers.header('a', 'b') }).one(
    'HTTPRoute',
  ).spec;
  expect(parentRefs).toEqual([{ name: 'public', sectionName: 'https' }]);
  expect(rules.map(({ timeouts }: any) => timeouts)).toEqual([{ request: '8s' }, { request: '8s' }]);
});

test('a second route for the app is refused, since the older one would win', () => {
  const { chart } = released('gatewayApi');
  const shop = new p.WebApp(chart, 'shop', { ...WEB, replicas: 20 });
  shop.expose(p.Exposure.httpRoute({ gateway: 'infra/public', hostnames: ['shop.example.com'] }));
  expect(thrown(() => releaseOf(chart, shop, 'gatewayApi', { plan: commonPlan() }))).toBe(
    '[shop/shop-release] engine: HTTPRoute shop leads to the app too: of two routes for one host the older one wins; remove expose(Exposure.httpRoute(...)), and give its gateway and hosts to the engine',
  );
});
