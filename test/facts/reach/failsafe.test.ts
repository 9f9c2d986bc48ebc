import { outside, World } from '../../../lib/facts';
import { Failsafe } from '../../../lib/facts/reach/failsafe';
import { Network } from '../../../lib/values/ip-network';
import { objects } from '../../support/rules';

const configuration = (name: string, spec: string, kind = 'FelixConfiguration') => `
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { name: ${name} }
spec: ${spec}
---`;
const peer = (address: string) => outside(Network.parse(address) as Network);
const ANYBODY = peer('198.51.100.7');

function failsafe(yaml: string) {
  const known = new Failsafe(new World(objects(yaml).map((manifest) => ({ manifest }))));
  return (port: number, { protocol = 'TCP', direction = 'ingress', node = 'n1', from = ANYBODY } = {}) =>
    known.lets(node, direction as 'ingress' | 'egress', from, port, protocol);
}
const OTHER = configuration('default', '{ logSeverityScreen: Info }');

test.each([
  ['ingress', 'TCP', [22, 179, 2379, 2380, 5473, 6443, 6666, 6667], [21, 23, 53, 10250]],
  ['ingress', 'UDP', [68], [22, 53, 67]],
  ['egress', 'TCP', [179, 2379, 2380, 5473, 6443, 6666, 6667], [22, 53, 443]],
  ['egress', 'UDP', [53, 67], [68, 123]],
] as const)('%s over %s, where nothing is configured', (direction, protocol, open, closed) => {
  for (const lets of [failsafe(OTHER), failsafe(configuration('default', '{ failsafeInboundHostPorts: null }'))]) {
    expect(open.map((port) => lets(port, { direction, protocol }))).toEqual(open.map(() => true));
    expect(closed.map((port) => lets(port, { direction, protocol }))).toEqual(closed.map(() => false));
  }
});

test('what is configured counts in its direction alone', () => {
  const lets = failsafe(
    configuration('default', '{ failsafeInboundHostPorts: [{ protocol: tcp, port: 2222 }, { port: 23 }] }'),
  );
  expect([lets(2222), lets(23), lets(22), lets(2222, { protocol: 'UDP' })]).toEqual([true, true, false, false]);
  expect([lets(179, { direction: 'egress' }), lets(2222, { direction: 'egress' })]).toEqual([true, false]);
  const none = failsafe(configuration('default', '{ failsafeOutboundHostPorts: [] }'));
  expect([none(179, { direction: 'egress' }), none(22)]).toEqual([false, true]);
});

test('that of a node counts before that of all', () => {
  const lets = failsafe(
    configuration('default', '{ failsafeInboundHostPorts: [{ protocol: TCP, port: 1 }] }') +
      configuration('node.n1', '{ failsafeInboundHostPorts: [{ protocol: TCP, port: 2 }] }') +
      configuration('node.n2', '{ logSeverityScreen: Info }'),
  );
  expect([lets(1), lets(2)]).toEqual([false, true]);
  expect([lets(1, { node: 'n2' }), lets(2, { node: 'n2' })]).toEqual([true, false]);
  expect([lets(1, { node: 'n3' }), lets(22, { node: 'n3' })]).toEqual([true, false]);
});

test('a port may be open to a network alone', () => {
  const lets = failsafe(
    configuration('default', '{ failsafeInboundHostPorts: [{ protocol: TCP, port: 22, net: 198.51.100.0/24 }] }'),
  );
  expect([lets(22), lets(22, { from: peer('203.0.113.9') }), lets(22, { from: peer('0.0.0.0/0') })]).toEqual([
    true,
    false,
    false,
  ]);
});

test('other kinds of that name configure nothing, and what cannot be read opens nothing', () => {
  const lets = failsafe(configuration('default', '{ failsafeInboundHostPorts: [] }', 'BGPConfiguration'));
  expect(lets(22)).toBe(true);
  expect(failsafe(configuration('default', '{ failsafeInboundHostPorts: [7, { port: ssh }] }'))(22)).toBe(false);
});

test('what is said of one node is said of no other', () => {
  const lets = failsafe(configuration('node.n2', '{ failsafeInboundHostPorts: [] }') + OTHER);
  expect([lets(22, { node: 'n2' }), lets(22, { node: 'n1' })]).toEqual([false, true]);
  const inbound = failsafe(OTHER + configuration('elsewhere', '{ failsafeInboundHostPorts: [] }'));
  expect(inbound(22)).toBe(true);
});
