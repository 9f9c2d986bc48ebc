import { mayReach, type NetworkPolicyFact, opens, type PolicyRule, reachesPods } from '../../lib/facts';
import { worldOf } from '../support/facts';

const policy = (spec: string) =>
  worldOf(`{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: ${spec} }`).policies[0] as NetworkPolicyFact;
const rule = (text: string) => policy(`{ egress: [${text}] }`).egress[0] as PolicyRule;

test.each([
  ['{ ingress: [{}], egress: [{}, {}] }', ['ingress 0', 'egress 0', 'egress 1']],
  ['{ policyTypes: [Ingress], ingress: [{}], egress: [{}] }', ['ingress 0']],
  ['{ policyTypes: [Egress], ingress: [{}], egress: [{}] }', ['egress 0']],
  ['{ policyTypes: [Egress] }', []],
  ['{}', []],
])('of %s the rules %j have an effect', (spec, expected) => {
  expect(policy(spec).effective.map(({ direction, field }) => `${direction} ${/\d+/.exec(field)}`)).toEqual(expected);
});

test('a rule that has an effect says what the rule says', () => {
  const fact = policy('{ ingress: [{ ports: [{ port: 80 }], from: [{ podSelector: {} }] }], egress: [{}] }');
  expect(fact.effective).toMatchObject([{ ports: [{ port: 80 }], peers: [{ field: 'spec.ingress[0].from[0]' }] }, {}]);
});

test.each([
  ['{}', true],
  ['{ ports: [{}] }', true],
  ['{ ports: [{ protocol: UDP }] }', false],
  ['{ ports: [{ port: 8080 }] }', true],
  ['{ ports: [{ port: 8080, protocol: TCP }] }', true],
  ['{ ports: [{ port: 8080, protocol: UDP }] }', false],
  ['{ ports: [{ port: 8079 }] }', false],
  ['{ ports: [{ port: 8081 }] }', false],
  ['{ ports: [{ port: 8081 }, { port: 8080 }] }', true],
  ['{ ports: [{ port: 8000, endPort: 8080 }] }', true],
  ['{ ports: [{ port: 8000, endPort: 8079 }] }', false],
  ['{ ports: [{ port: 8080, endPort: 8090 }] }', true],
  ['{ ports: [{ port: 8081, endPort: 8090 }] }', false],
  ['{ ports: [{ port: http }] }', true],
  ['{ ports: [{ port: web }] }', false],
  ['{ ports: [{ port: http, protocol: UDP }] }', false],
])('%s opens port 8080 of TCP, which is named http: %j', (text, expected) => {
  expect(opens(rule(text), 'TCP', 8080, ['admin', 'http'])).toBe(expected);
});

test('without names a named port opens nothing that is known', () => {
  expect(opens(rule('{ ports: [{ port: http }] }'), 'TCP', 8080)).toBe(false);
  expect(opens(rule('{ ports: [{ port: 8080 }] }'), 'TCP', 8080)).toBe(true);
});

test.each([
  ['{}', true],
  ['{ to: [{ podSelector: {} }] }', true],
  ['{ to: [{ namespaceSelector: {} }] }', true],
  ['{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }', false],
  ['{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { podSelector: {} }] }', true],
  ['{ to: [{}] }', false],
])('%s is about pods: %j', (text, expected) => {
  expect(reachesPods(rule(text))).toBe(expected);
});

const DNS = { protocol: 'UDP', numbers: [53, 5353], names: /dns/, namespace: 'kube-system' } as const;

test.each([
  ['{ ports: [{ port: 53, protocol: UDP }] }', true],
  ['{ ports: [{ port: 53 }] }', false],
  ['{ ports: [{ port: 5353, protocol: UDP }] }', true],
  ['{ ports: [{ port: 52, protocol: UDP }] }', false],
  ['{ ports: [{ port: 54, protocol: UDP }] }', false],
  ['{ ports: [{ port: 1, endPort: 53, protocol: UDP }] }', true],
  ['{ ports: [{ port: 53, endPort: 60, protocol: UDP }] }', true],
  ['{ ports: [{ port: 54, endPort: 60, protocol: UDP }] }', false],
  ['{ ports: [{ port: dns-local, protocol: UDP }] }', true],
  ['{ ports: [{ port: dns-local }] }', false],
  ['{ ports: [{ port: web, protocol: UDP }] }', false],
  ['{ ports: [{ port: 443 }, { port: 53, protocol: UDP }] }', true],
  ['{ to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 53, protocol: UDP }] }', true],
  ['{ to: [{ podSelector: { matchLabels: { app: db } } }] }', false],
  ['{ to: [{ podSelector: {} }], ports: [{ protocol: UDP }] }', false],
  ['{}', true],
  ['{ ports: [{ protocol: UDP }] }', true],
  ['{ ports: [{ protocol: TCP }] }', false],
  ['{ ports: [{ port: 80, protocol: UDP }, { protocol: UDP }] }', true],
  ['{ to: [{ namespaceSelector: {} }] }', true],
  ['{ to: [{ namespaceSelector: {}, podSelector: {} }] }', true],
  ['{ to: [{ podSelector: {} }, { namespaceSelector: {} }] }', true],
  ['{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }', true],
  ['{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }', false],
])('%s may let pods of the namespace shop reach DNS: %j', (text, expected) => {
  expect(mayReach(rule(text), DNS, 'shop')).toBe(expected);
});

test('pods of the namespace of the platform find it in their own', () => {
  expect(mayReach(rule('{ to: [{ podSelector: {} }] }'), DNS, 'kube-system')).toBe(true);
  expect(mayReach(rule('{ to: [{ podSelector: {} }], ports: [{ port: 80 }] }'), DNS, 'kube-system')).toBe(false);
});
