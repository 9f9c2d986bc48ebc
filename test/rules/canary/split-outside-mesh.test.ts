import { splitOutsideMesh as rule } from '../../../lib/rules/canary/split-outside-mesh';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/split-outside-mesh: spec.http[0].route: no workload of namespace default is in the mesh, so that no proxy applies the weights 90, 10 and every pod gets the same share; label the namespace of the callers istio-injection: enabled, or route them through a gateway',
  ]);
});

test('where the manifests do not say it, nothing can be said', () => {
  expect(findingsOf(rule, varied(rule.bad, 'labels: { istio-injection: disabled }', 'labels: {}'))).toEqual([]);
});

test('pods may say it themselves', () => {
  const pods = (value: string) =>
    varied(
      varied(rule.bad, 'istio-injection: disabled', 'other: label'),
      'labels: { app: web } }\n    spec',
      `labels: { app: web, sidecar.istio.io/inject: "${value}" } }\n    spec`,
    );
  expect(findingsOf(rule, pods('false'))).toHaveLength(1);
  expect(findingsOf(rule, pods('true'))).toEqual([]);
});

const workload = (namespace: string, inject: string) => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: other, namespace: ${namespace} }
spec: { template: { metadata: { labels: { app: other, sidecar.istio.io/inject: "${inject}" } } } }
`;

test('one workload in the mesh may be the caller', () => {
  const unlabelled = varied(
    rule.bad,
    'labels: { app: web } }\n    spec',
    'labels: { app: web, sidecar.istio.io/inject: "false" } }\n    spec',
  );
  const open = varied(unlabelled, 'istio-injection: disabled', 'other: label');
  expect(findingsOf(rule, open + workload('default', 'false'))).toHaveLength(1);
  expect(findingsOf(rule, open + workload('default', 'true'))).toEqual([]);
});

test('so may one beside the Service that the route leads to', () => {
  const far = varied(rule.bad, 'host: web,', 'host: web.shop.svc.cluster.local,');
  expect(findingsOf(rule, far)).toHaveLength(1);
  expect(findingsOf(rule, far + workload('shop', 'true'))).toEqual([]);
  expect(findingsOf(rule, far + workload('shop', 'false'))[0]).toContain('no workload of namespace default, shop is');
  expect(findingsOf(rule, far + workload('ops', 'true'))).toHaveLength(1);
});

test('a host elsewhere has no namespace', () => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web, subset: canary', 'host: example.com'))).toHaveLength(1);
});

test('without workloads nothing is known', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: Other'))).toEqual([]);
});

test('a gateway applies weights', () => {
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [mesh, edge]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [edge]'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'hosts: [web]', 'hosts: [web]\n  gateways: [mesh]'))).toHaveLength(1);
});

test.each(['weight: 0', 'other: 10', 'weight: "10"'])('%s divides nothing', (weight) => {
  expect(findingsOf(rule, varied(rule.bad, 'weight: 10', weight))).toEqual([]);
});

test('a weight that is not written is 0', () => {
  const third = varied(rule.bad, ', weight: 10 }', ', weight: 10 }\n        - { destination: { host: web } }');
  expect(findingsOf(rule, third)[0]).toContain('the weights 90, 10, 0 and');
});

test('each route that divides is named', () => {
  const split = '- { destination: { host: web }, weight: 1 }';
  const more = `${rule.bad}    - route: [{ destination: { host: web } }]\n    - route:\n        ${split}\n        ${split}\n`;
  expect(findingsOf(rule, more)).toEqual([
    expect.stringContaining(': spec.http[0].route: '),
    expect.stringContaining(': spec.http[2].route: '),
  ]);
});
