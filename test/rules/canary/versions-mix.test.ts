import { versionsMix as rule } from '../../../lib/rules/canary/versions-mix';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/versions-mix: spec.http[0].route: front calls it, new in 10% and old otherwise, and each meets a new version in 10%: 18% of the calls mix versions; put a route with sourceLabels: { track: canary } before the others, as follows of CanaryRelease does',
  ]);
});

test('half and half mix in half of the calls', () => {
  const half = varied(varied(rule.bad, 'weight: 90', 'weight: 50'), 'weight: 10', 'weight: 50');
  expect(findingsOf(rule, half)[0]).toContain('50% of the calls mix versions');
});

test.each([
  ['cdk8s-patterns/calls: web', 'cdk8s-patterns/calls: api'],
  ['cdk8s-patterns/calls: web', 'other: web'],
  ['host: front, subset: canary }, weight: 10', 'host: front, subset: canary }, weight: 0'],
  ['host: web, subset: canary }, weight: 10', 'host: web, subset: canary }, weight: 0'],
  ['hosts: [web]', 'hosts: [web]\n  gateways: [edge]'],
  ['hosts: [front]', 'hosts: [front]\n  gateways: [edge]'],
])('%j as %j: nothing is mixed inside the mesh', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('what is called may be one of several', () => {
  expect(vary('cdk8s-patterns/calls: web', 'cdk8s-patterns/calls: "api, web"').length).toBe(1);
});
