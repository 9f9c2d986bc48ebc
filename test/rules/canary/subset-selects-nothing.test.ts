import { subsetSelectsNothing as rule } from '../../../lib/rules/canary/subset-selects-nothing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/subset-selects-nothing: spec.http[0].route[1].destination.subset: `canary` means pods with version=v3, and no workload behind Service web makes any, so that its share of the requests is answered with 503; use labels that pods bear (version: v1, v2) in spec.subsets[1] of DestinationRule web',
  ]);
});

const CANARY = '{ version: v3 }';
const labelled = (labels: string) => varied(rule.bad, CANARY, labels);

test('each label has to be there, in one pod', () => {
  expect(findingsOf(rule, labelled('{ version: v2, app: web }'))).toEqual([]);
  expect(findingsOf(rule, labelled('{ version: v2, track: canary }'))[0]).toMatch(
    /pods with version=v2, track=canary, .*; use labels that pods bear in spec\.subsets\[1\] of DestinationRule web$/,
  );
});

test('two labels that no pod has together leave the fix open', () => {
  const both = varied(
    labelled('{ version: v2, track: canary }'),
    'app: web, version: v1 } }',
    'app: web, version: v1, track: canary } }',
  );
  expect(findingsOf(rule, both)[0]).toMatch(
    /; use labels that pods bear in spec\.subsets\[1\] of DestinationRule web$/,
  );
});

test('a subset without labels is all pods', () => {
  expect(findingsOf(rule, labelled('{}'))).toEqual([]);
});

test('a subset that no route uses is harmless', () => {
  const unused = varied(rule.bad, '      - { destination: { host: web, subset: canary }, weight: 10 }\n', '');
  expect(findingsOf(rule, unused)).toEqual([]);
});

test('a mirror uses a subset', () => {
  const mirror = varied(
    rule.bad,
    '      - { destination: { host: web, subset: canary }, weight: 10 }\n',
    '    mirror: { host: web, subset: canary }\n',
  );
  expect(findingsOf(rule, mirror)[0]).toContain(': spec.http[0].mirror.subset: ');
});

test('pods of other Services, and of other namespaces, are not behind this one', () => {
  const pods = (labels: string, namespace = 'default') => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: other, namespace: ${namespace} }
spec: { template: { metadata: { labels: { ${labels} } } } }
`;
  expect(findingsOf(rule, rule.bad + pods('version: v3, app: web'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + pods('version: v3'))).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + pods('version: v3, app: web', 'shop'))).toHaveLength(1);
});

test('without the Service, without a rule of its host, or without pods behind it, nothing can be said', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Service\n', 'kind: Other\n'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '  host: web\n', '  host: api\n'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment\n', 'kind: Other\n'))).toEqual([]);
});

test('a second rule of the host may have the subset with other labels', () => {
  const second = (version: string) =>
    `---\n{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: more }, spec: { host: web, subsets: [{ name: canary, labels: { version: ${version} } }] } }`;
  expect(findingsOf(rule, rule.bad + second('v2'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + second('v4'))).toHaveLength(1);
});

test.each([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
  'kubernetes.io/hostname',
  'service.istio.io/canonical-revision',
  'istio.io/rev',
])('the label %s is not in the template', (label) => {
  expect(findingsOf(rule, labelled(`{ version: v3, ${label}: a }`))).toEqual([]);
});

test.each(['example.io/rev', 'myistio.io/rev', 'istio.io.example.com/rev'])('the label %s is', (label) => {
  expect(findingsOf(rule, labelled(`{ version: v3, ${label}: a }`))).toHaveLength(1);
});

test('an Argo Rollout writes the labels of the rule that it names', () => {
  const rollout = (name: string) =>
    `---\n{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: a }, spec: { strategy: { canary: { trafficRouting: { istio: { destinationRule: { name: ${name} } } } } } } }`;
  expect(findingsOf(rule, rule.bad + rollout('web'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + rollout('api'))).toHaveLength(1);
  const second =
    '---\n{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: api }, spec: { host: web, subsets: [{ name: canary, labels: { version: v4 } }] } }\n';
  expect(findingsOf(rule, rule.bad + second)).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + second + rollout('api'))).toEqual([]);
});

test('Flagger writes over the Service that it makes', () => {
  const flagger =
    '---\n{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: a }, spec: { targetRef: { kind: Deployment, name: web } } }';
  expect(findingsOf(rule, rule.bad + flagger)).toEqual([]);
});

test('a value that no pod has is listed with those that pods have, each once', () => {
  expect(findingsOf(rule, labelled('{ app: wev }'))[0]).toContain('(app: web) in');
});
