import { madeByFlagger as rule } from '../../../lib/rules/canary/made-by-flagger';
import { findingsOf, varied } from '../../support/rules';

const CANARY = rule.bad.slice(rule.bad.indexOf('---'));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/made-by-flagger: spec.targetRef.name: Flagger makes and overwrites Service web, so that each apply undoes its selector and ports until Flagger looks again; remove Service web, or set spec.service.name to web-release',
  ]);
});

const made = (apiVersion: string, kind: string, name: string, more = '') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name} }${more} }\n${CANARY}`;

const ISTIO = 'networking.istio.io/v1';
const GATEWAY = 'gateway.networking.k8s.io/v1';

test.each([
  ['v1', 'Service', 'web', 'selector and ports', ', or set spec.service.name to web-release'],
  ['v1', 'Service', 'web-primary', 'selector and ports', ', or set spec.service.name to web-release'],
  ['v1', 'Service', 'web-canary', 'selector and ports', ', or set spec.service.name to web-release'],
  [ISTIO, 'VirtualService', 'web', 'routes and weights', ', and give its hosts and gateways to spec.service'],
  [ISTIO, 'DestinationRule', 'web-primary', 'host and policy', ', and give its policy to spec.service.trafficPolicy'],
  [ISTIO, 'DestinationRule', 'web-canary', 'host and policy', ', and give its policy to spec.service.trafficPolicy'],
  [GATEWAY, 'HTTPRoute', 'web', 'routes and weights', ', and give its hosts and gatewayRefs to spec.service'],
  ['apps/v1', 'Deployment', 'web-primary', 'pods', ''],
])('%s %s %s is made by Flagger', (apiVersion, kind, name, contents, instead) => {
  expect(findingsOf(rule, made(apiVersion, kind, name))).toEqual([
    `Canary web: canary/made-by-flagger: spec.targetRef.name: Flagger makes and overwrites ${kind} ${name}, so that each apply undoes its ${contents} until Flagger looks again; remove ${kind} ${name}${instead}`,
  ]);
});

test.each([
  [ISTIO, 'DestinationRule', 'web'],
  [ISTIO, 'VirtualService', 'web-primary'],
  [GATEWAY, 'HTTPRoute', 'web-canary'],
  [GATEWAY, 'GRPCRoute', 'web'],
  ['v1', 'Service', 'web-preview'],
  ['apps/v1', 'Deployment', 'web'],
  ['apps/v1', 'Deployment', 'web-canary'],
  ['apps/v1', 'StatefulSet', 'web-primary'],
  ['appmesh.k8s.aws/v1beta2', 'VirtualService', 'web'],
  ['serving.knative.dev/v1', 'Service', 'web'],
])('%s %s %s is not', (apiVersion, kind, name) => {
  expect(findingsOf(rule, made(apiVersion, kind, name))).toEqual([]);
});

test('nor is anything in another namespace', () => {
  expect(
    findingsOf(
      rule,
      varied(
        rule.bad,
        'kind: Service\nmetadata: { name: web }',
        'kind: Service\nmetadata: { name: web, namespace: ops }',
      ),
    ),
  ).toEqual([]);
});

test.each([
  ['istio', [ISTIO, 'VirtualService', 'web'], 1],
  ['istio', [ISTIO, 'DestinationRule', 'web-canary'], 1],
  ['istio', [GATEWAY, 'HTTPRoute', 'web'], 0],
  ['gatewayapi:v1', [GATEWAY, 'HTTPRoute', 'web'], 1],
  ['gatewayapi:v1beta1', [GATEWAY, 'HTTPRoute', 'web'], 1],
  ['gatewayapi:v1', [ISTIO, 'VirtualService', 'web'], 0],
  ['kubernetes', [ISTIO, 'VirtualService', 'web'], 0],
  ['kubernetes', [ISTIO, 'DestinationRule', 'web-canary'], 0],
  ['kubernetes', [GATEWAY, 'HTTPRoute', 'web'], 0],
  ['kubernetes', ['v1', 'Service', 'web-primary'], 1],
])('with the provider %s, %j: %i findings', (provider, [apiVersion = '', kind = '', name = ''], count) => {
  const yaml = varied(
    made(apiVersion, kind, name),
    'spec:\n  targetRef',
    `spec:\n  provider: ${provider}\n  targetRef`,
  );
  expect(findingsOf(rule, yaml)).toHaveLength(count);
});

test('each object is told, in the order in which they came', () => {
  const two = `{ apiVersion: v1, kind: Service, metadata: { name: web-canary } }\n---${rule.bad}`;
  expect(findingsOf(rule, two)).toEqual([
    expect.stringContaining('overwrites Service web-canary'),
    expect.stringContaining('overwrites Service web,'),
  ]);
});

const named = (yaml: string) => varied(yaml, 'service: { port', 'service: { name: shop, port');

test('a name of its own for the Service of Flagger leaves ours alone', () => {
  expect(findingsOf(rule, named(rule.bad))).toEqual([]);
  expect(findingsOf(rule, named(made('v1', 'Service', 'shop-primary')))).toEqual([
    expect.stringMatching(
      /spec\.service\.name: .* Service shop-primary.*; remove .* spec\.service\.name to web-release$/,
    ),
  ]);
  expect(findingsOf(rule, named(made('apps/v1', 'Deployment', 'web-primary')))).toEqual([
    expect.stringContaining(' spec.targetRef.name: '),
  ]);
});

test.each(['HorizontalPodAutoscaler', 'ScaledObject'])('the copy of a %s is made by Flagger', (kind) => {
  const api = kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2';
  const scaler = made(api, kind, 'cpu-primary', ', spec: { scaleTargetRef: { name: web-primary } }');
  expect(findingsOf(rule, scaler)).toEqual([]);
  const ref = `${scaler}  autoscalerRef: { apiVersion: ${api}, kind: ${kind}, name: cpu }\n`;
  expect(findingsOf(rule, ref)).toEqual([
    `Canary web: canary/made-by-flagger: spec.autoscalerRef.name: Flagger makes and overwrites ${kind} cpu-primary, so that each apply undoes its limits until Flagger looks again; remove ${kind} cpu-primary`,
  ]);
});

test('of a Service as the target, Flagger makes only the routes', () => {
  const service = (yaml: string) => varied(yaml, 'kind: Deployment, name', 'kind: Service, name');
  expect(findingsOf(rule, service(rule.bad))).toEqual([]);
  expect(findingsOf(rule, service(made('v1', 'Service', 'web-primary')))).toEqual([]);
  expect(findingsOf(rule, service(made(ISTIO, 'VirtualService', 'web')))).toHaveLength(1);
});
