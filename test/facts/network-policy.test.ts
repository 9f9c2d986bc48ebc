import type { NetworkPolicyFact } from '../../lib/facts/network-policy';
import { worldOf } from '../support/facts';

test.each([
  ['networking.k8s.io/v1', 'NetworkPolicy', 1],
  ['crd.projectcalico.org/v1', 'NetworkPolicy', 0],
  ['networking.k8s.io/v1', 'Ingress', 0],
])('%s %s: %i policies', (apiVersion, kind, count) => {
  expect(worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).policies).toHaveLength(count);
});

const policy = (spec: string) =>
  worldOf(`{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: ${spec} }`).policies[0] as NetworkPolicyFact;

test('the pods that it isolates are those of its selector', () => {
  expect(String(policy('{ podSelector: { matchLabels: { app: web } } }').selector)).toBe('app=web');
  expect(policy('{ podSelector: {} }').selector.isEmpty).toBe(true);
});

test.each([
  ['{}', true, false],
  ['{ ingress: [] }', true, false],
  ['{ egress: [{}] }', true, true],
  ['{ ingress: [{}], egress: [{}] }', true, true],
  ['{ policyTypes: [] }', true, false],
  ['{ policyTypes: [], egress: [{}] }', true, true],
  ['{ policyTypes: null, egress: [{}] }', true, true],
  ['{ policyTypes: 7 }', true, false],
  ['{ policyTypes: Egress }', true, false],
  ['{ policyTypes: [7, null] }', true, false],
  ['{ policyTypes: [Ingress] }', true, false],
  ['{ policyTypes: [Ingress], egress: [{}] }', true, false],
  ['{ policyTypes: [Egress] }', false, true],
  ['{ policyTypes: [Egress], egress: [] }', false, true],
  ['{ policyTypes: [Ingress, Egress] }', true, true],
  ['null', true, false],
  ['7', true, false],
])('a policy with the spec %s isolates ingress: %j, egress: %j', (spec, ingress, egress) => {
  expect([policy(spec).isolatesIngress, policy(spec).isolatesEgress]).toEqual([ingress, egress]);
});
