import { variantsDiffer as rule } from '../../../lib/rules/canary/variants-differ';
import { findingsOf, varied } from '../../support/rules';

const AT =
  'Deployment web-canary: canary/variants-differ: spec.template: differs from Deployment web-stable in more than its version';

/** The good pair with another text in the canary alone. */
function canary(from: string, to: string): string {
  const at = rule.good.indexOf('name: web-canary');
  return rule.good.slice(0, at) + varied(rule.good.slice(at), from, to);
}

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}: ServiceAccount other for default; give both the same, as web-stable has it`,
  ]);
});

test.each([
  ['    spec:\n', '    spec:\n      terminationGracePeriodSeconds: 45\n', 'a grace period of 45s for 30s'],
  ['          readinessProbe: { httpGet: { path: /ready, port: 8080 } }\n', '', 'no readiness probe'],
  [
    'selector: { matchLabels: { app: web } }\n',
    'selector: { matchLabels: { app: web, track: stable } }\n',
    'not covered by budget web',
  ],
])('%#: another %s', (from, to, difference) => {
  expect(findingsOf(rule, canary(from, to))).toEqual([
    `${AT}: ${difference}; give both the same, as web-stable has it`,
  ]);
});

test('several differences are told together', () => {
  const both = canary(
    '    spec:\n',
    '    spec:\n      serviceAccountName: a\n      terminationGracePeriodSeconds: 45\n',
  );
  expect(findingsOf(rule, both)).toEqual([
    `${AT}: ServiceAccount a for default, a grace period of 45s for 30s; give both the same, as web-stable has it`,
  ]);
});

test('a readiness probe that only the canary has is no harm', () => {
  const at = rule.good.indexOf('name: web-canary');
  const without = varied(
    rule.good.slice(0, at),
    '          readinessProbe: { httpGet: { path: /ready, port: 8080 } }\n',
    '',
  );
  expect(findingsOf(rule, without + rule.good.slice(at))).toEqual([]);
});

test.each([
  ['track: canary', 'track: next'],
  ['track: stable', 'track: old'],
  ['selector: { app: web }\n', 'selector: { app: web, track: canary }\n'],
])('%j as %j: there is no pair', (from, to) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toEqual([]);
});

test('of two stable ones none is the one to compare with', () => {
  const start = rule.bad.indexOf('apiVersion: apps/v1');
  const stable = rule.bad
    .slice(start, rule.bad.indexOf('---', start))
    .replace('name: web-stable', 'name: web-stable-2');
  expect(findingsOf(rule, `${rule.bad}---\n${stable}`)).toEqual([]);
});
