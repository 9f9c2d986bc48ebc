import { affinityHidesShare as rule } from '../../../lib/rules/canary/affinity-hides-share';
import { httpRoute, virtualService } from '../../../lib/rules/canary/route-snippet';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Service web: canary/affinity-hides-share: spec.sessionAffinity: web-stable and web-canary share the Service, and each client address keeps one of them, so that the share of the requests is not that of the pods; use sessionAffinity: None, or routes that divide the requests',
  ]);
});

test.each(['None', 'null', 'clientip'])('sessionAffinity: %s keeps nobody', (value) => {
  expect(findingsOf(rule, varied(rule.bad, 'ClientIP', value))).toEqual([]);
});

test('one version has no share', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, 'selector: { app: web }\n  ports', 'selector: { app: web, track: stable }\n  ports'),
    ),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'track: canary', 'track: stable'))).toEqual([]);
});

test('routes may divide the requests', () => {
  const istio = `---${virtualService('hosts: [web]', 'http:', '  - route: [{ destination: { host: web } }]')}`;
  expect(findingsOf(rule, rule.bad + istio)).toEqual([]);
  expect(
    findingsOf(rule, rule.bad + varied(istio, 'hosts: [web]', 'hosts: [api]').replaceAll('host: web', 'host: api'))
      .length,
  ).toBe(1);
  const gateway = `---${httpRoute('parentRefs: [{ name: edge }]', 'rules: [{ backendRefs: [{ name: web, port: 80 }] }]')}`;
  expect(findingsOf(rule, rule.bad + gateway)).toEqual([]);
});

test('so may controllers', () => {
  const canary = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec: { targetRef: { kind: Deployment, name: web-canary }, service: { port: 80 } }
`;
  expect(findingsOf(rule, rule.bad + canary)).toEqual([]);
  const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web-stable }, strategy: { canary: {} } }
`;
  expect(findingsOf(rule, rule.bad + rollout)).toEqual([]);
});
