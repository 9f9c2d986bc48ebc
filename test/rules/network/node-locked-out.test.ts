import { nodeLockedOut as rule } from '../../../lib/rules/network/node-locked-out';
import { findingsOf, varied } from '../../support/rules';

const AT =
  'HostEndpoint n1-eth0: network/node-locked-out: spec: closes the interface, and no policy lets through what the node needs:';
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.good, from, to));
const NETWORK = {
  nodes: ['192.0.2.0/24'],
  controlPlane: ['192.0.2.10/32'],
  apiServer: ['192.0.2.10:443', '192.0.2.12:443'],
};

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT} the kubelet: logs, exec, metrics (in, 10250/TCP); allow it in a policy that selects the HostEndpoint; with HostFence it is allowed, and more by HostFlow.into(...)`,
  ]);
});

test.each([
  ['{ action: Allow, protocol: TCP, destination: { ports: [443] } }', '{ action: Deny }', 'images (out, 443/TCP)'],
  ['[53, 123]', '[53]', 'time (out, 123/UDP)'],
  ["selector: role == 'edge'", "selector: role == 'other'", 'the kubelet'],
])('%j as %j', (from, to, lost) => {
  expect(vary(from, to)).toEqual([expect.stringContaining(lost)]);
});

test('SSH, names and etcd are failsafe, until the configuration of Calico says otherwise', () => {
  expect(vary('[53, 123]', '[123]')).toEqual([]);
  const configured = (ports: string) => `${rule.good}---
apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata: { name: default }
spec: { failsafeInboundHostPorts: ${ports} }
`;
  expect(findingsOf(rule, configured('[{ protocol: TCP, port: 22 }]'))).toEqual([]);
  expect(findingsOf(rule, configured('[]'))).toEqual([expect.stringContaining('SSH (in, 22/TCP)')]);
  const ofNode = configured('[]').replace('name: default', 'name: node.n1');
  expect(findingsOf(rule, ofNode)).toEqual([expect.stringContaining('SSH')]);
  const ofOther = configured('[]').replace('name: default', 'name: node.n2');
  expect(findingsOf(rule, ofOther)).toEqual([]);
  const within = '[{ protocol: TCP, port: 22, net: 198.51.100.0/24 }]';
  expect(findingsOf(rule, configured(within))).toEqual([expect.stringContaining('SSH')]);
  const allowed = configured(within).replace(
    'ports: [10250] } }',
    'ports: [10250] } }, { action: Allow, protocol: TCP, source: { nets: [198.51.100.0/24] }, destination: { ports: [22] } }',
  );
  expect(findingsOf(rule, allowed)).toEqual([]);
});

test('addresses that the target names have to get through, each of them', () => {
  expect(findingsOf(rule, rule.good, { network: NETWORK })).toEqual([]);
  const one = varied(rule.good, 'ports: [10250]', 'ports: [10250] }, source: { nets: [192.0.2.0/24]');
  expect(findingsOf(rule, one, { network: NETWORK })).toEqual([]);
  const other = varied(rule.good, 'ports: [10250]', 'ports: [10250] }, source: { nets: [192.0.2.10/32]');
  expect(findingsOf(rule, other, { network: NETWORK })).toEqual([expect.stringContaining('the kubelet')]);
  expect(findingsOf(rule, other)).toEqual([]);
  const closed = varied(rule.good, 'ports: [443]', 'ports: [443], nets: [192.0.2.10/32]');
  expect(findingsOf(rule, closed, { network: NETWORK })).toEqual([
    expect.stringContaining('the API server (out, 443/TCP)'),
  ]);
});

test('a host that is an API server needs its own port and the other members of etcd', () => {
  const network = { ...NETWORK, apiServer: ['192.0.2.11:8443', '192.0.2.12:8443'] };
  const found = findingsOf(rule, rule.good, { network });
  expect(found).toEqual([expect.stringContaining('the API server, for the nodes (in, 8443/TCP)')]);
  expect(found[0]).toContain('the API server (out, 8443/TCP)');
});

test('a profile leaves open what no policy looks at', () => {
  const open = varied(rule.bad, 'expectedIPs: [192.0.2.11]', 'expectedIPs: [192.0.2.11], profiles: [open]');
  expect(findingsOf(rule, open).length).toBe(1);
  expect(findingsOf(rule, varied(open, "role == 'edge'", "role == 'other'"))).toEqual([]);
});

test('rules of sets of networks are looked at, and policies before translation may close what others open', () => {
  const set = `${varied(rule.good, 'ports: [10250]', "ports: [10250] }, source: { selector: role == 'admin'")}---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: { name: admins, labels: { role: admin } }
spec: { nets: [198.51.100.0/24] }
`;
  expect(findingsOf(rule, set)).toEqual([]);
  const early = `${rule.good}---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: early }
spec: { preDNAT: true, applyOnForward: true, selector: all(), types: [Ingress], ingress: [{ action: Deny }] }
`;
  expect(findingsOf(rule, early)).toEqual([expect.stringContaining('the kubelet')]);
});

test('the fix names the side that is closed', () => {
  expect(vary('[53, 123]', '[53]')[0]).toContain('with HostFence it is allowed, and more by HostFlow.outOf(...)');
});
