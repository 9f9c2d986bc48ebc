import { type NetworkPolicyFact, type ObjectFact, Selector, type WorkloadFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

const names = (facts: readonly ObjectFact[]) => facts.map(({ name }) => name);

const workload = (name: string, { namespace = 'shop', spec = '{ containers: [{ name: web }] }' } = {}) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { metadata: { labels: { app: ${name}, tier: front } }, spec: ${spec} } }
`;

const policy = (name: string, spec: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`;

test('workloads are found by namespace and labels', () => {
  const world = worldOf(workload('web') + workload('api') + workload('web', { namespace: 'ops' }));
  expect(world.workloadsIn('shop', Selector.parse({ matchLabels: { app: 'web' } }))).toEqual([world.workloads[0]]);
  expect(names(world.workloadsIn('shop', Selector.parse({})))).toEqual(['web', 'api']);
  expect(names(world.workloadsIn('none', Selector.parse({})))).toEqual([]);
});

const APPS = workload('web') + workload('api') + workload('db') + workload('api', { namespace: 'ops' });

test.each([
  ['{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ namespaceSelector: {} }] }] }', ['web']],
  ['{ podSelector: {}, ingress: [{}] }', ['web', 'api', 'db']],
  ['{ policyTypes: [Egress], egress: [{}] }', []],
  ['{ policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }] }] }', ['api']],
  [
    '{ policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }, { podSelector: {} }] }] }',
    ['db', 'web', 'api'],
  ],
  ['{ policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }, { namespaceSelector: {} }] }] }', []],
  ['{ policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: {}, podSelector: {} }] }] }', []],
  ['{ policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }] }] }', []],
])('the ports of a rule of %s belong to %j', (spec, expected) => {
  const world = worldOf(APPS + policy('web', spec));
  const fact = world.policies[0] as NetworkPolicyFact;
  expect(fact.effective.map((rule) => names(world.listenersOf(fact, rule)))).toEqual([expected]);
});

test.each([
  ['{ containers: [{ name: web }] }', ['egress', 'both']],
  ['{ initContainers: [{ name: web }] }', ['egress', 'both']],
  ['{ hostNetwork: true, containers: [{ name: web }] }', []],
  ['{ hostNetwork: false, containers: [{ name: web }] }', ['egress', 'both']],
  ['{}', []],
])('pods with the spec %s are fenced by %j', (spec, expected) => {
  const world = worldOf(
    workload('web', { spec }) +
      policy('ingress', '{ policyTypes: [Ingress] }') +
      policy('egress', '{ policyTypes: [Egress] }') +
      policy('both', '{ policyTypes: [Ingress, Egress] }') +
      policy('other', '{ podSelector: { matchLabels: { app: api } }, policyTypes: [Egress] }'),
  );
  expect(names(world.fencesOf(world.workloads[0] as WorkloadFact))).toEqual(expected);
});

test('Flagger makes copies where a Canary lies', () => {
  const { delivery } = worldOf('{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { namespace: shop } }');
  expect([delivery.releasesIn('shop'), delivery.releasesIn('ops')]).toEqual([true, false]);
});
