import { rolloutServicesMissing as rule } from '../../../lib/rules/canary/rollout-services-missing';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Rollout web: canary/rollout-services-missing: spec.strategy.canary';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.canaryService: is missing, while nginx shifts requests between two Services, so that Argo refuses the whole Rollout; set canaryService to web-canary`,
  ]);
});

test('the stable one is missed too', () => {
  expect(findingsOf(rule, varied(rule.bad, 'stableService: web, ', ''))).toEqual([
    expect.stringMatching(/\.stableService: is missing, .*; set stableService to web-stable$/),
    expect.stringContaining('.canaryService: is missing, '),
  ]);
  expect(findingsOf(rule, varied(rule.bad, 'stableService: web', 'canaryService: web-canary'))).toHaveLength(1);
});

const routing = (text: string) => varied(rule.bad, 'trafficRouting: { nginx: { stableIngress: web } }', text);

test.each([
  ['trafficRouting: { smi: {} }', 'smi'],
  ['trafficRouting: { apisix: {} }', 'apisix'],
  ['trafficRouting: { ambassador: {} }', 'ambassador'],
  ['trafficRouting: { appMesh: {} }', 'appMesh'],
  ['trafficRouting: { traefik: {} }', 'traefik'],
  ['trafficRouting: { alb: {} }', 'alb'],
  ['trafficRouting: { istio: { virtualService: { name: web } } }', 'istio'],
  ['trafficRouting: { istio: { virtualService: { name: web }, destinationRule: null } }', 'istio'],
  ['trafficRouting: { plugins: { a: {} }, nginx: {} }', 'nginx'],
  ['pingPong: {}, trafficRouting: { nginx: {} }', 'nginx'],
])('%s needs both', (text, router) => {
  expect(findingsOf(rule, routing(text))).toEqual([
    expect.stringContaining(`canaryService: is missing, while ${router} `),
  ]);
});

test.each([
  'trafficRouting: { istio: { virtualService: { name: web }, destinationRule: { name: web } } }',
  'trafficRouting: { plugins: { argoproj-labs/gatewayAPI: {} } }',
  'trafficRouting: {}',
  'trafficRouting: null',
  'trafficRouting: { nginx: null }',
  'pingPong: {}, trafficRouting: { alb: {} }',
  'pingPong: {}, trafficRouting: { istio: {} }',
  'steps: []',
])('%s does without', (text) => {
  expect(findingsOf(rule, routing(text))).toEqual([]);
});
