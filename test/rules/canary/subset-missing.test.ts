import { subsetMissing as rule } from '../../../lib/rules/canary/subset-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/subset-missing: spec.http[0].route[1].destination.subset: no DestinationRule of web makes `next`, so that its share of the requests is answered with 503; use one of stable, canary',
  ]);
});

test.each(['web.default.svc.cluster.local', 'web'])('the host of the rule may be written as %s', (host) => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web\n', `host: ${host}\n`))).toHaveLength(1);
});

test('a rule of another host, or of a Service of the same name elsewhere, makes no subset here', () => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web\n', 'host: api\n'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'host: web\n', 'host: web.other.svc.cluster.local\n'))).toEqual([]);
});

test('a second rule of the host may make the subset', () => {
  const second =
    '---\n{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: more }, spec: { host: web, subsets: [{ name: next }] } }';
  expect(findingsOf(rule, rule.bad + second)).toEqual([]);
});

test('where the rule makes no subsets at all, the message says which rule could', () => {
  const none = varied(rule.bad, /subsets:[\s\S]*?---/.exec(rule.bad)?.[0] ?? '', '\n---');
  expect(findingsOf(rule, none)).toEqual([
    expect.stringContaining('subset: no DestinationRule of web makes `stable`'),
    expect.stringMatching(/; add the subset to DestinationRule web$/),
  ]);
});

test('mirrors and routes of tcp and tls are looked at too', () => {
  const mirror =
    '        - { destination: { host: web, subset: canary }, weight: 10 }\n      mirror: { host: web, subset: next }\n';
  const line = '        - { destination: { host: web, subset: next }, weight: 10 }\n';
  expect(findingsOf(rule, varied(rule.bad, line, mirror))).toEqual([
    expect.stringContaining('spec.http[0].mirror.subset'),
  ]);
  for (const kind of ['tcp', 'tls']) {
    expect(findingsOf(rule, varied(rule.bad, '  http:', `  ${kind}:`))).toEqual([
      expect.stringContaining(`spec.${kind}[0].route[1].destination.subset`),
    ]);
  }
});

test('a destination without a subset means all pods', () => {
  expect(findingsOf(rule, varied(rule.bad, ', subset: next', ''))).toEqual([]);
});
