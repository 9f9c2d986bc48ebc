import { gatewaysBesideSourceLabels as rule } from '../../../lib/rules/canary/gateways-beside-source-labels';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/gateways-beside-source-labels: spec.http[0].match[0].sourceLabels: app=front, version=v2 is ignored beside `gateways`, so that every caller takes this route; remove gateways: [mesh] from this match',
  ]);
});

const LABELS = 'sourceLabels: { app: front, version: v2 }';

test('the namespace of the caller is ignored as well', () => {
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'sourceNamespace: front'))).toEqual([
    'VirtualService web: canary/gateways-beside-source-labels: spec.http[0].match[0].sourceNamespace: front is ignored beside `gateways`, so that every caller takes this route; remove gateways: [mesh] from this match',
  ]);
  expect(findingsOf(rule, varied(rule.bad, LABELS, `${LABELS}, sourceNamespace: front`))).toEqual([
    expect.stringContaining('match[0].sourceLabels: app=front'),
  ]);
});

test.each(['sourceLabels: {}', 'sourceLabels: null', 'sourceNamespace: ""', 'sourceNamespace: 7', 'port: 80'])(
  '%s asks for no caller',
  (condition) => {
    expect(findingsOf(rule, varied(rule.bad, LABELS, condition))).toEqual([]);
  },
);

test.each(['[]', 'null', '[7]'])('gateways that are %s name none', (gateways) => {
  expect(findingsOf(rule, varied(rule.bad, 'gateways: [mesh]', `gateways: ${gateways}`))).toEqual([]);
});

test('all gateways are named in the fix', () => {
  expect(findingsOf(rule, varied(rule.bad, '[mesh]', '[mesh, edge]'))[0]).toMatch(
    /; remove gateways: \[mesh, default\/edge\] from this match$/,
  );
});

test('gateways of the VirtualService take nothing from the labels', () => {
  expect(findingsOf(rule, varied(rule.good, 'hosts: [web]', 'hosts: [web]\n  gateways: [mesh, edge]'))).toEqual([]);
});
