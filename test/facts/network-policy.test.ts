import { type NetworkPolicyFact, World } from '../../lib/facts';
import { changed, readings, without, worldOf } from '../support/facts';
import { objects } from '../support/rules';

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
  ['{ egress: {} }', true, false],
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

test('a missing selector, or one of a wrong type, isolates the namespace', () => {
  expect(
    ['{}', 'null', '7', '{ podSelector: null }', '{ podSelector: 7 }'].map((spec) => policy(spec).selector.isEmpty),
  ).toEqual(Array(5).fill(true));
});

const FULL = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - { podSelector: { matchLabels: { app: front } } }
        - { namespaceSelector: { matchLabels: { team: ops } }, podSelector: { matchLabels: { app: probe } } }
        - { namespaceSelector: {} }
        - { ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }
      ports: [{ port: 8080 }, { port: metrics, protocol: TCP }, { port: 30000, endPort: 30100, protocol: UDP }, { protocol: SCTP }]
    - {}
  egress:
    - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]
      ports: [{ port: 443 }]
`;

/** Its rules, with selectors as texts; `null` where one is not written. */
const rulesOf = (rules: NetworkPolicyFact['ingress']) =>
  rules.map(({ field, peers, ports }) => ({
    field,
    peers: peers.map((peer) => [
      peer.field,
      ...[peer.namespaces, peer.pods].map((selector) => (selector.isNull ? null : String(selector))),
      peer.cidr,
    ]),
    ports: ports.map((port) => [port.field, port.port, port.end, port.protocol]),
  }));

test('rules, peers and ports of ingress are read, each at its field', () => {
  expect(rulesOf((worldOf(FULL).policies[0] as NetworkPolicyFact).ingress)).toEqual([
    {
      field: 'spec.ingress[0]',
      peers: [
        ['spec.ingress[0].from[0]', null, 'app=front', undefined],
        ['spec.ingress[0].from[1]', 'team=ops', 'app=probe', undefined],
        ['spec.ingress[0].from[2]', '', null, undefined],
        ['spec.ingress[0].from[3]', null, null, '10.0.0.0/8'],
      ],
      ports: [
        ['spec.ingress[0].ports[0]', 8080, undefined, 'TCP'],
        ['spec.ingress[0].ports[1]', 'metrics', undefined, 'TCP'],
        ['spec.ingress[0].ports[2]', 30000, 30100, 'UDP'],
        ['spec.ingress[0].ports[3]', undefined, undefined, 'SCTP'],
      ],
    },
    { field: 'spec.ingress[1]', peers: [], ports: [] },
  ]);
});

test('rules, peers and ports of egress are read, each at its field', () => {
  expect(rulesOf((worldOf(FULL).policies[0] as NetworkPolicyFact).egress)).toEqual([
    {
      field: 'spec.egress[0]',
      peers: [['spec.egress[0].to[0]', null, null, '0.0.0.0/0']],
      ports: [['spec.egress[0].ports[0]', 443, undefined, 'TCP']],
    },
  ]);
});

test('each direction has its own side', () => {
  const peer = '{ ipBlock: { cidr: 10.0.0.0/8 } }';
  expect(policy(`{ ingress: [{ to: [${peer}] }] }`).ingress[0].peers).toEqual([]);
  expect(policy(`{ egress: [{ from: [${peer}] }] }`).egress[0].peers).toEqual([]);
});

test.each([
  '{}',
  'null',
  '7',
  '{ ingress: null, egress: null }',
  '{ ingress: 7, egress: 7 }',
  '{ ingress: {}, egress: {} }',
])('%s allows nothing', (spec) => {
  expect([policy(spec).ingress, policy(spec).egress]).toEqual([[], []]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ from: null, ports: null }',
  '{ from: 7, ports: 7 }',
  '{ from: {}, ports: {} }',
])('a rule that is %s allows anyone and every port', (rule) => {
  expect(policy(`{ ingress: [${rule}] }`).ingress).toEqual([{ field: 'spec.ingress[0]', peers: [], ports: [] }]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ namespaceSelector: null, podSelector: null, ipBlock: null }',
  '{ ipBlock: 7 }',
  '{ ipBlock: { cidr: 7 } }',
])('a peer that is %s names nobody', (peer) => {
  const [read] = policy(`{ ingress: [{ from: [${peer}] }] }`).ingress[0].peers;
  expect([read.field, read.namespaces.isNull, read.pods.isNull, read.cidr]).toEqual([
    'spec.ingress[0].from[0]',
    true,
    true,
    undefined,
  ]);
});

test.each([
  '{}',
  'null',
  '7',
  '[a]',
  '{ port: null, endPort: null, protocol: null }',
  '{ port: true, endPort: "90", protocol: 7 }',
  '{ port: 1.5, endPort: 1.5, protocol: "" }',
])('a port that is %s is every one of TCP', (port) => {
  expect(policy(`{ ingress: [{ ports: [${port}] }] }`).ingress[0].ports).toEqual([
    { field: 'spec.ingress[0].ports[0]', port: undefined, end: undefined, protocol: 'TCP' },
  ]);
});

test.each([
  'spec',
  'spec.policyTypes',
  'spec.ingress',
  'spec.ingress.0.from',
  'spec.ingress.0.from.3.ipBlock',
  'spec.ingress.0.from.3.ipBlock.cidr',
  'spec.ingress.0.ports',
  'spec.ingress.0.ports.0.port',
  'spec.ingress.0.ports.2.endPort',
  'spec.ingress.0.ports.2.protocol',
  'spec.egress',
  'spec.egress.0.to',
  'spec.egress.0.ports',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const read = (changedManifest: unknown) => readings(new World([{ manifest: changedManifest }]).policies);
  const missing = read(without(manifest, path));
  expect(missing).not.toEqual(read(manifest));
  for (const wrong of [null, 1.5, true, {}]) expect(read(changed(manifest, path, wrong))).toEqual(missing);
});
