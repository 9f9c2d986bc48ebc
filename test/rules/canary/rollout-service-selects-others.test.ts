import { rolloutServiceSelectsOthers as rule } from '../../../lib/rules/canary/rollout-service-selects-others';
import { findings, findingsOf, varied } from '../../support/rules';

const FIELD = 'Rollout web: canary/rollout-service-selects-others: spec.strategy.canary';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.canaryService: Service web-canary selects tier=front, and the pods of the template have no label tier, so that Argo refuses the whole Rollout; select app: web alone`,
  ]);
  expect(findingsOf(rule, selector('{ app: wev }'))).toEqual([
    `${FIELD}.canaryService: Service web-canary selects app=wev, and the pods of the template have app=web, so that Argo refuses the whole Rollout; select app: web alone`,
  ]);
});

function selector(text: string): string {
  return varied(rule.bad, '{ app: web, tier: front }', text);
}

test('each label is told', () => {
  expect(findingsOf(rule, selector('{ app: wev, tier: front }'))).toHaveLength(2);
});

test.each(['{ app: web }', '{ app: web, rollouts-pod-template-hash: abc }', '{}', 'null'])('%s is fine', (text) => {
  expect(findingsOf(rule, selector(text))).toEqual([]);
});

test('no other rule calls such a Service empty: Argo writes its selector', () => {
  expect(findings(selector('{ app: wev }'))).toHaveLength(1);
});

test.each([
  ['{ canary: { stableService: web-canary } }', 'canary.stableService'],
  ['{ canary: { pingPong: { pingService: web-canary, pongService: b } } }', 'canary.pingPong.pingService'],
  ['{ canary: { pingPong: { pingService: b, pongService: web-canary } } }', 'canary.pingPong.pongService'],
  ['{ blueGreen: { activeService: web-canary } }', 'blueGreen.activeService'],
  ['{ blueGreen: { activeService: web, previewService: web-canary } }', 'blueGreen.previewService'],
])('strategy %s', (strategy, field) => {
  const yaml = varied(rule.bad, '{ canary: { stableService: web, canaryService: web-canary } }', strategy);
  expect(findingsOf(rule, yaml)).toEqual([expect.stringContaining(`: spec.strategy.${field}: Service web-canary`)]);
});

test('a Service that is not named, not in the input, or elsewhere', () => {
  expect(findingsOf(rule, varied(rule.bad, 'canaryService: web-canary', 'canaryService: web-next'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'metadata: { name: web-canary }', 'metadata: { name: web-canary, namespace: ops }'),
    ),
  ).toEqual([]);
});

const borrowed = (ref: string) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: shop }, spec: { workloadRef: ${ref}, strategy: { canary: { canaryService: web-canary } } } }\n---${varied(rule.bad, 'argoproj.io/v1alpha1\nkind: Rollout', 'apps/v1\nkind: Deployment')}`;

test('a template that lies in a Deployment is looked up', () => {
  expect(findingsOf(rule, borrowed('{ apiVersion: apps/v1, kind: Deployment, name: web }'))).toEqual([
    expect.stringContaining(
      'Rollout shop: canary/rollout-service-selects-others: spec.strategy.canary.canaryService: Service web-canary selects tier=front',
    ),
  ]);
  expect(findingsOf(rule, borrowed('{ apiVersion: apps/v1, kind: Deployment, name: other }'))).toEqual([]);
  expect(findingsOf(rule, borrowed('{ apiVersion: apps/v1, kind: ReplicaSet, name: web }'))).toEqual([]);
});

test('a template without labels has none to propose', () => {
  expect(findingsOf(rule, varied(rule.bad, 'metadata: { labels: { app: web } }', 'metadata: {}'))[0]).toMatch(
    /; select a label of the pods alone$/,
  );
});
