import { clientAddressHidden as rule } from '../../../lib/rules/network/client-address-hidden';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));
const NET = '203.0.113.0/24';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Service web: network/client-address-hidden: spec.externalTrafficPolicy: hides the addresses of clients behind those of nodes, so that NetworkPolicy web, which allows 203.0.113.0/24, denies them; use externalTrafficPolicy: Local, or allow the network of the nodes and guard the NodePort: new NodePortGuard(...)',
  ]);
});

test.each([
  [NET, '10.0.0.0/24', 0],
  [NET, '172.20.0.0/16', 0],
  [NET, '192.168.7.0/24', 0],
  [NET, '100.64.1.0/24', 0],
  [NET, 'fd00::/64', 0],
  [NET, '0.0.0.0/0', 0],
  [NET, '2001:db8::/32', 1],
  [`{ cidr: ${NET} } }`, `{ cidr: ${NET} } }, { podSelector: {} }`, 1],
  [`{ cidr: ${NET} } }`, `{ cidr: ${NET} } }, { ipBlock: { cidr: 10.0.0.0/8 } }`, 0],
  ['type: NodePort', 'type: LoadBalancer', 1],
  ['type: NodePort', 'type: ClusterIP', 0],
  ['ports: [{ port: 8080 }]', 'ports: [{ port: 9090 }]', 0],
  [', ports: [{ port: 8080 }]', '', 1],
  ['ports: [{ port: 8080 }]', 'ports: [{ protocol: TCP }]', 1],
  ['matchLabels: { app: web } }\n  policyTypes', 'matchLabels: { app: api } }\n  policyTypes', 0],
])('%j as %j: %d', (from, to, found) => {
  expect(vary(from, to).length).toBe(found);
});

test('networks that the target names are those of nodes', () => {
  for (const field of ['nodes', 'pods', 'tunnels']) {
    expect(findingsOf(rule, rule.bad, { network: { [field]: ['203.0.113.128/25'] } })).toEqual([]);
  }
  expect(findingsOf(rule, rule.bad, { network: { nodes: ['192.0.2.0/24'] } }).length).toBe(1);
});

test('what leaves is no matter of Services', () => {
  const leaving = varied(
    rule.bad,
    'policyTypes: [Ingress]\n  ingress: [{ from',
    'policyTypes: [Egress]\n  egress: [{ to',
  );
  expect(findingsOf(rule, leaving)).toEqual([]);
});

test('policies of Calico are looked at too', () => {
  const calico = (
    nets: string,
    action = 'Allow',
  ) => `${rule.bad.split('apiVersion: networking.k8s.io')[0]}apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: closed }
spec: { selector: "app == 'web'", types: [Ingress], ingress: [{ action: ${action}, protocol: TCP, source: { nets: [${nets}] }, destination: { ports: [8080] } }] }
`;
  expect(findingsOf(rule, calico('203.0.113.0/24'))).toEqual([expect.stringContaining('NetworkPolicy closed')]);
  expect(findingsOf(rule, calico('203.0.113.0/24, 10.1.0.0/16'))).toEqual([]);
  expect(findingsOf(rule, calico('203.0.113.0/24', 'Deny'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      calico('203.0.113.0/24').replace('source: { nets: [203.0.113.0/24] }', 'source: { selector: all() }'),
    ),
  ).toEqual([]);
});

test('pods in the network of their node are no matter of policies', () => {
  expect(vary('    spec:\n', '    spec:\n      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n')).toEqual(
    [],
  );
});
