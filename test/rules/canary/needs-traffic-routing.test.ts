import { needsTrafficRouting as rule } from '../../../lib/rules/canary/needs-traffic-routing';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Rollout web: canary/needs-traffic-routing: spec.strategy.canary';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.steps[0].setCanaryScale: needs trafficRouting, and there is none, so that Argo refuses the whole Rollout; add a router to spec.strategy.canary.trafficRouting, or remove it`,
  ]);
  expect(findingsOf(rule, strategy('trafficRouting: { nginx: {} }, steps: [{ setMirrorRoute: { name: m } }]'))).toEqual(
    [
      `${FIELD}.steps[0].setMirrorRoute: needs trafficRouting by one of istio, and there is nginx, so that Argo refuses the whole Rollout; add istio to spec.strategy.canary.trafficRouting, or remove it`,
    ],
  );
  expect(findingsOf(rule, strategy('trafficRouting: {}, steps: [{ setHeaderRoute: { name: m } }]'))).toEqual([
    `${FIELD}.steps[0].setHeaderRoute: needs trafficRouting by one of istio, alb, apisix, plugins, and there is no router, so that Argo refuses the whole Rollout; add istio to spec.strategy.canary.trafficRouting, or remove it`,
  ]);
});

function strategy(text: string): string {
  return varied(rule.bad, 'steps: [{ setCanaryScale: { replicas: 1 } }, { pause: {} }]', `{ ${text} }`);
}

const WISHES = {
  delay: 'scaleDownDelaySeconds: 30',
  scale: 'dynamicStableScale: true',
  pods: 'steps: [{ setCanaryScale: { weight: 5 } }]',
  header: 'steps: [{ setHeaderRoute: { name: m } }]',
  mirror: 'steps: [{ setMirrorRoute: { name: m } }]',
  experiment: 'steps: [{ experiment: { templates: [{ name: a }, { name: b, weight: 5 }] } }]',
};

test.each([
  [WISHES.delay, 'scaleDownDelaySeconds'],
  [WISHES.scale, 'dynamicStableScale'],
  [WISHES.pods, 'steps[0].setCanaryScale'],
  [WISHES.header, 'steps[0].setHeaderRoute'],
  [WISHES.mirror, 'steps[0].setMirrorRoute'],
  [WISHES.experiment, 'steps[0].experiment.templates[1].weight'],
])('without a router %s is refused', (wish, field) => {
  expect(findingsOf(rule, strategy(wish))).toEqual([
    expect.stringContaining(`${FIELD}.${field}: needs trafficRouting`),
  ]);
  expect(findingsOf(rule, strategy(wish))[0]).toContain('and there is none');
});

const ALL = ['alb', 'ambassador', 'apisix', 'appMesh', 'istio', 'nginx', 'smi', 'traefik', 'plugins'];

test.each([
  [WISHES.delay, ALL],
  [WISHES.scale, ALL],
  [WISHES.pods, ALL],
  [WISHES.header, ['alb', 'apisix', 'istio', 'plugins']],
  [WISHES.mirror, ['istio']],
  [WISHES.experiment, ['alb', 'istio', 'smi', 'plugins']],
])('%s is done by %j', (wish, able) => {
  for (const router of ALL) {
    const found = findingsOf(rule, strategy(`${wish}, trafficRouting: { ${router}: { a: {} } }`));
    expect([router, found.length]).toEqual([router, able.includes(router) ? 0 : 1]);
  }
});

test('large weights are counted by nginx and plugins', () => {
  for (const router of ALL) {
    const found = findingsOf(rule, strategy(`trafficRouting: { ${router}: { a: {} }, maxTrafficWeight: 1000 }`));
    const fields = ['nginx', 'plugins'].includes(router)
      ? []
      : [expect.stringContaining('trafficRouting.maxTrafficWeight: ')];
    expect(found).toEqual(fields);
  }
});

test.each([
  'scaleDownDelaySeconds: null',
  'dynamicStableScale: false',
  'steps: [{ setCanaryScale: null, setHeaderRoute: null, setMirrorRoute: null, setWeight: 5 }]',
  'steps: [{ experiment: { templates: [{ name: a }] } }]',
  'steps: [{ experiment: { templates: [{ name: a, weight: null }] } }]',
  'trafficRouting: { istio: {}, maxTrafficWeight: null }',
])('%s asks for nothing', (text) => {
  expect(findingsOf(rule, strategy(text))).toEqual([]);
});

test('two routers that cannot are both named', () => {
  const both = strategy(
    'trafficRouting: { nginx: {}, smi: {}, plugins: {} }, steps: [{ setHeaderRoute: { name: m } }]',
  );
  expect(findingsOf(rule, both)[0]).toContain(', and there is nginx, smi, so that');
});
