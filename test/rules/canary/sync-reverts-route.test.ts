import { syncRevertsRoute as rule } from '../../../lib/rules/canary/sync-reverts-route';
import { findingsOf, varied } from '../../support/rules';

const IGNORED = '{ group: networking.istio.io, kind: VirtualService, jsonPointers: [/spec/http] }';
const ignoring = (one: string) => varied(rule.good, IGNORED, one);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Rollout web: canary/sync-reverts-route: spec.strategy.canary.trafficRouting.istio.virtualService: Application web syncs VirtualService web, whose weights this Rollout writes, and does not ignore how they differ from Git; give the Application ignoreDifferences: [{ group: networking.istio.io, kind: VirtualService, name: web, jsonPointers: [/spec/http] }] and syncOptions: [RespectIgnoreDifferences=true]',
  ]);
});

test('what is ignored is written all the same by the next sync', () => {
  const next = varied(rule.good, 'syncOptions: [RespectIgnoreDifferences=true]', 'syncOptions: [CreateNamespace=true]');
  expect(findingsOf(rule, next)).toEqual([expect.stringContaining('and ignores it until the next sync; give')]);
  expect(
    findingsOf(rule, varied(rule.good, 'RespectIgnoreDifferences=true', 'RespectIgnoreDifferences=false')),
  ).toEqual([expect.stringContaining('ignores it until the next sync')]);
});

test.each([
  '{ group: networking.istio.io, kind: VirtualService, name: web, jqPathExpressions: [".spec.http[].route[].weight"] }',
  '{ group: "*", kind: VirtualService, jsonPointers: [/spec/http] }',
  '{ group: networking.istio.io, kind: "*", jsonPointers: [/spec/http] }',
  '{ group: networking.istio.io, kind: VirtualService, managedFieldsManagers: [rollouts-controller] }',
])('ignores it: %s', (one) => {
  expect(findingsOf(rule, ignoring(one))).toEqual([]);
});

test.each([
  '{ group: networking.istio.io, kind: VirtualService }',
  '{ group: networking.istio.io, kind: VirtualService, jsonPointers: [] }',
  '{ group: networking.istio.io, kind: VirtualService, name: api, jsonPointers: [/spec/http] }',
  '{ group: networking.istio.io, kind: DestinationRule, jsonPointers: [/spec/http] }',
  '{ group: apps, kind: VirtualService, jsonPointers: [/spec/http] }',
  '{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }',
  '{ kind: VirtualService, jsonPointers: [/spec/http] }',
  'null',
])('ignores something else: %s', (one) => {
  expect(findingsOf(rule, ignoring(one))).toEqual([expect.stringContaining('does not ignore how they differ')]);
});

test('one of several is enough, and each Application is looked at', () => {
  expect(
    findingsOf(rule, ignoring(`{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }, ${IGNORED}`)),
  ).toEqual([]);
  const second = rule.bad.slice(rule.bad.indexOf('---\napiVersion: argoproj.io/v1alpha1\nkind: Application'));
  expect(
    findingsOf(rule, rule.good + varied(second, 'name: web, namespace: argocd', 'name: other, namespace: argocd')),
  ).toEqual([expect.stringContaining('Application other syncs VirtualService web')]);
});

test('an Application for another namespace syncs other objects', () => {
  expect(findingsOf(rule, varied(rule.bad, 'namespace: default }', 'namespace: shop }'))).toEqual([]);
});

test('a VirtualService that is not in the input may have another home', () => {
  const elsewhere = varied(rule.bad, 'virtualService: { name: web,', 'virtualService: { name: api,');
  expect(findingsOf(rule, elsewhere)).toEqual([]);
  const other = varied(rule.bad, 'virtualService: { name: web,', 'virtualService: { name: web.infra,');
  expect(findingsOf(rule, other)).toEqual([]);
});
