import { ClusterNetwork, Overlay } from '../../../lib';
import { addressAndPort, asNetwork, nodeNeeds } from '../../../lib/facts';

const needs = (addresses: string[], network?: ClusterNetwork) =>
  nodeNeeds(addresses, network).map(
    ({ name, direction, port, protocol, peers }) => `${direction} ${port}/${protocol} ${peers.join(' ')}: ${name}`,
  );
const ALWAYS = ['ingress 22/TCP : SSH', 'egress 53/UDP : names', 'egress 123/UDP : time', 'egress 443/TCP : images'];

test('of a cluster of which nothing is known', () => {
  const [ssh, ...others] = ALWAYS;
  expect(needs(['192.0.2.11'])).toEqual([ssh, 'ingress 10250/TCP : the kubelet: logs, exec, metrics', ...others]);
});

test('with the addresses of a cluster', () => {
  const network = ClusterNetwork.of({
    nodes: ['192.0.2.0/24'],
    controlPlane: ['198.51.100.0/28'],
    apiServer: ['198.51.100.3:443', '[fd00::3]:6443'],
  });
  expect(needs(['192.0.2.11'], network)).toEqual([
    'ingress 22/TCP : SSH',
    'ingress 10250/TCP 198.51.100.0/28 192.0.2.0/24: the kubelet: logs, exec, metrics',
    'egress 443/TCP 198.51.100.3: the API server',
    'egress 6443/TCP fd00::3: the API server',
    'egress 53/UDP : names',
    'egress 123/UDP : time',
    'egress 443/TCP : images',
  ]);
});

test.each([
  [Overlay.NONE, true],
  [Overlay.IPIP, true],
  [Overlay.VXLAN, false],
  [undefined, false],
])('with overlay %s nodes tell each other routes: %s', (overlay, isBgp) => {
  const found = needs([], ClusterNetwork.of({ overlay, nodes: ['192.0.2.0/24'] })).filter((one) => one.includes('BGP'));
  const bgp = ['ingress', 'egress'].map((direction) => `${direction} 179/TCP 192.0.2.0/24: routes of pods (BGP)`);
  expect(found).toEqual(isBgp ? bgp : []);
});

test('a host with the address of an API server is one, and one of several is a member of etcd', () => {
  const nodes = ['192.0.2.0/24'];
  const one = ClusterNetwork.of({ nodes, apiServer: ['192.0.2.11:6443'] });
  expect(needs(['192.0.2.11'], one).slice(-1)).toEqual([
    'ingress 6443/TCP 192.0.2.0/24: the API server, for the nodes',
  ]);
  const three = ClusterNetwork.of({ nodes, apiServer: ['192.0.2.11:6443', '192.0.2.12:6443', '192.0.2.13:6443'] });
  expect(needs(['192.0.2.11'], three).slice(-5)).toEqual([
    'ingress 6443/TCP 192.0.2.0/24: the API server, for the nodes',
    'ingress 2379/TCP 192.0.2.12 192.0.2.13: etcd',
    'egress 2379/TCP 192.0.2.12 192.0.2.13: etcd',
    'ingress 2380/TCP 192.0.2.12 192.0.2.13: etcd',
    'egress 2380/TCP 192.0.2.12 192.0.2.13: etcd',
  ]);
  expect(needs(['192.0.2.14'], three).some((need) => need.includes('etcd'))).toBe(false);
});

test('addresses, as they are written', () => {
  expect([addressAndPort('192.0.2.10:6443'), addressAndPort('[fd00::1]:443')]).toEqual([
    { address: '192.0.2.10', port: 6443 },
    { address: 'fd00::1', port: 443 },
  ]);
  expect(['192.0.2.0/24', '192.0.2.1', 'fd00::1', 'fd00::/8'].map(asNetwork)).toEqual([
    '192.0.2.0/24',
    '192.0.2.1/32',
    'fd00::1/128',
    'fd00::/8',
  ]);
});
