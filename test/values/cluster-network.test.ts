import * as p from '../../lib';
import { thrown } from '../support/apps';

test('what is not said is unknown', () => {
  const network = p.ClusterNetwork.of();
  expect([network.pods, network.services, network.nodes, network.controlPlane]).toEqual([[], [], [], []]);
  expect([network.apiServer, network.nodeLocalDns, network.mesh, network.calico]).toEqual([
    [],
    [],
    undefined,
    undefined,
  ]);
  expect(network.dataPlane).toBe(p.DataPlane.IPTABLES);
  expect(p.TargetCluster.of().network).toBeUndefined();
});

test.each([
  ['3.27', '3.27'],
  ['3.32', '3.32'],
  ['v3.31.2', '3.31'],
])('Calico %s is %s', (written, release) => {
  expect(p.ClusterNetwork.of({ calico: written }).calico).toBe(release);
});

test.each(['3.26', '3.33', '2.31', '3', 'newest', ''])('Calico `%s` is refused', (calico) => {
  expect(thrown(() => p.ClusterNetwork.of({ calico }))).toBe(
    `ClusterNetwork.of: calico: \`${calico}\` is no release of Calico from 3.27 to 3.32; use calico: '3.31'`,
  );
});

test.each(['192.0.2.10:6443', '[fd00::1]:443'])('%s is an address of the API server', (one) => {
  expect(p.ClusterNetwork.of({ apiServer: [one] }).apiServer).toEqual([one]);
});

test.each(['192.0.2.10', 'kubernetes:443', '192.0.2.10:66000', '192.0.2.300:443'])('%s is none', (one) => {
  expect(thrown(() => p.ClusterNetwork.of({ apiServer: [one] }))).toBe(
    `ClusterNetwork.of: apiServer: \`${one}\` is no address with a port; use apiServer: ['192.0.2.10:6443']`,
  );
});

test.each(['pods', 'services', 'nodes', 'controlPlane', 'nodeLocalDns'] as const)('%s holds networks', (field) => {
  expect(p.ClusterNetwork.of({ [field]: ['10.0.0.0/8', 'fd00::/8'] })[field]).toEqual(['10.0.0.0/8', 'fd00::/8']);
  expect(thrown(() => p.ClusterNetwork.of({ [field]: ['10.0.0'] }))).toBe(
    `ClusterNetwork.of: ${field}: \`10.0.0\` is no network; use ${field}: ['10.244.0.0/16']`,
  );
});
