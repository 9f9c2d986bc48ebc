import { sourceLabelsAtGateway as rule } from '../../../lib/rules/canary/source-labels-at-gateway';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    "VirtualService web: canary/source-labels-at-gateway: spec.http[0].match[0].sourceLabels: app=front, version=v2 is compared with the pods of Gateway default/edge, not with the callers', so that this match never holds; add mesh to spec.gateways, or match a header that the callers send",
  ]);
});

const LABELS = 'sourceLabels: { app: front, version: v2 }';

test('the namespace of the caller is not known there either', () => {
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'sourceNamespace: front'))).toEqual([
    "VirtualService web: canary/source-labels-at-gateway: spec.http[0].match[0].sourceNamespace: front is compared with the namespace of the pods of Gateway default/edge, not with the callers', so that this match never holds; add mesh to spec.gateways, or match a header that the callers send",
  ]);
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'sourceNamespace: default'))).toEqual([]);
  const two = varied(rule.bad, '[edge]', '[infra/edge, edge]');
  expect(findingsOf(rule, varied(two, LABELS, 'sourceNamespace: default'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'sourceNamespace: ""'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'sourceNamespace: 7'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, LABELS, `${LABELS}, sourceNamespace: front`))).toHaveLength(2);
});

const gateway = (labels: string) => `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge }
spec: { selector: { ${labels} } }
`;

test('labels of the gateway itself may be meant', () => {
  expect(findingsOf(rule, rule.bad + gateway('app: front, version: v2, istio: edge'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + gateway('app: front'))).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + gateway('app: front, version: v1'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, '[edge]', '[other]') + gateway('app: front, version: v2'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, '[edge]', '[other, edge]') + gateway('app: front, version: v2'))).toEqual(
    [],
  );
});

test('no labels ask for nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'sourceLabels: {}'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, LABELS, 'port: 80'))).toEqual([]);
});

test('beside gateways in the match the labels are ignored, which is another matter', () => {
  expect(findingsOf(rule, varied(rule.bad, LABELS, `${LABELS}, gateways: [edge]`))).toEqual([]);
});

test('in the mesh labels are compared with those of the caller', () => {
  expect(findingsOf(rule, varied(rule.bad, 'gateways: [edge]', 'gateways: [mesh]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '  gateways: [edge]\n', ''))).toEqual([]);
});

test('a delegate does not know its gateways', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: []'))).toEqual([]);
});
