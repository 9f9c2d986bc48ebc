import { autoscalerChangesShare as rule } from '../../../lib/rules/canary/autoscaler-changes-share';
import { virtualService } from '../../../lib/rules/canary/route-snippet';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HorizontalPodAutoscaler web: canary/autoscaler-changes-share: spec.scaleTargetRef: scales web-canary and not web-stable, between which the number of pods divides the requests of Service web, so that each scaling changes the share; use a fixed number of replicas during the release, or routes that divide the requests',
  ]);
});

test('the stable one scales as badly', () => {
  const other = varied(rule.bad, 'kind: Deployment, name: web-canary', 'kind: Deployment, name: web-stable');
  expect(findingsOf(rule, other)).toEqual([expect.stringContaining('scales web-stable and not web-canary')]);
});

test('two Services of one pair are one reason', () => {
  const second = rule.bad.slice(
    rule.bad.indexOf('apiVersion: v1\nkind: Service'),
    rule.bad.indexOf('---\napiVersion: policy'),
  );
  expect(findingsOf(rule, `${rule.bad}---\n${second.replace('name: web }', 'name: web2 }')}`).length).toBe(1);
});

test('an autoscaler of something else, or of nothing in the input, changes no share', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web-canary', 'kind: Deployment, name: api')),
  ).toEqual([]);
});

test('routes may divide the requests', () => {
  const routed = `${rule.bad}---${virtualService('hosts: [web]', 'http:', '  - route: [{ destination: { host: web } }]')}`;
  expect(findingsOf(rule, routed)).toEqual([]);
});

test('one version has no share', () => {
  expect(findingsOf(rule, varied(rule.bad, 'track: stable', 'track: canary'))).toEqual([]);
});
