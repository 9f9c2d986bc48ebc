import { TargetCluster } from '../../../lib';
import { EVERYBODY, HostReach, outside, Reach, World } from '../../../lib/facts';
import { ClusterNetwork } from '../../../lib/values';
import { Network } from '../../../lib/values/ip-network';
import { objects } from '../../support/rules';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  serviceAccountName: robot
  containers:
    - { name: web, image: "web:1.0", ports: [{ name: http, containerPort: 8080 }, { containerPort: 9090 }] }
    - { name: dns, image: "dns:1.0", ports: [{ name: dns, containerPort: 53, protocol: UDP }] }
`;
const AROUND = `---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: a } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: robot, namespace: shop, labels: { role: reader } }
`;
/** Has the names of those, and other labels. */
const NAMESAKES = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: shop, labels: { team: b } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: robot, namespace: shop, labels: { role: writer } }
`;
const network = ClusterNetwork.of({ pods: ['10.244.0.0/16', 'fd00::/8'] });

function endpointsOf(yaml: string, target = TargetCluster.of({})) {
  return Reach.of(new World(objects(yaml).map((manifest) => ({ manifest, target })))).endpoints;
}
const endpointOf = (yaml: string, target?: TargetCluster) => {
  const [endpoint] = endpointsOf(yaml, target);
  if (endpoint === undefined) throw new Error('no endpoint');
  return { ...endpoint, networks: endpoint.networks.map(String) };
};

test('pods have the labels of what they stand in, and the ports that their containers name', () => {
  expect(endpointOf(POD + AROUND + NAMESAKES)).toMatchObject({
    name: 'shop/web',
    namespace: 'shop',
    labels: { app: 'web' },
    namespaceLabels: { 'kubernetes.io/metadata.name': 'shop', team: 'a' },
    account: 'robot',
    accountLabels: { role: 'reader' },
    ports: [
      { name: 'http', number: 8080, protocol: 'TCP' },
      { name: 'dns', number: 53, protocol: 'UDP' },
    ],
    networks: [],
    kind: 'pod',
  });
});

test('where nothing is said, an account is the default one, and a namespace has its name', () => {
  expect(endpointOf(POD.replace('  serviceAccountName: robot\n', '') + AROUND)).toMatchObject({
    account: 'default',
    accountLabels: {},
  });
  expect(endpointOf(POD).namespaceLabels).toEqual({ 'kubernetes.io/metadata.name': 'shop' });
});

test('pods have their own addresses, each once, or lie in the networks of pods', () => {
  const status = '  podIP: 10.244.1.7\n  podIPs: [{ ip: 10.244.1.7 }, { ip: "fd00::7" }]\n';
  expect(endpointOf(`${POD}status:\n${status}`).networks).toEqual(['10.244.1.7', 'fd00::7']);
  expect(endpointOf(`${POD}status:\n${status}`, TargetCluster.of({ network })).networks).toHaveLength(2);
  expect(endpointOf(`${POD}status:\n  podIP: 10.244.1.7\n`).networks).toEqual(['10.244.1.7']);
  expect(endpointOf(`${POD}status:\n  podIPs: [{ ip: 10.244.1.7 }]\n`).networks).toEqual(['10.244.1.7']);
  expect(endpointOf(POD, TargetCluster.of({ network })).networks).toEqual(['10.244.0.0/16', 'fd00::/8']);
  expect(endpointOf(`${POD}status: { podIP: pending }\n`).networks).toEqual([]);
});

test('pods in the network of their node are addresses, and what makes no pods has none', () => {
  expect(endpointOf(POD.replace('spec:\n', 'spec:\n  hostNetwork: true\n')).kind).toBe('address');
  const service = `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: empty, namespace: shop }
spec: { template: { spec: {} } }
`;
  expect(endpointsOf(POD + service).map(({ name }) => name)).toEqual(['shop/web']);
});

test('somebody outside is an address, in no namespace', () => {
  const somebody = outside(Network.parse('203.0.113.0/24') as Network);
  expect({ ...somebody, networks: somebody.networks.map(String) }).toEqual({
    name: '203.0.113.0/24',
    workload: undefined,
    namespace: undefined,
    labels: {},
    namespaceLabels: {},
    account: '',
    accountLabels: {},
    networks: ['203.0.113.0/24'],
    ports: [],
    kind: 'address',
  });
  expect(EVERYBODY.map(({ name }) => name)).toEqual(['0.0.0.0/0']);
});

test('an interface of a node has the addresses that are expected there', () => {
  const yaml = `
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n1-eth0, labels: { role: edge } }
spec: { node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11, nonsense, "2001:db8::11"] }
`;
  const [host] = HostReach.of(new World(objects(yaml).map((manifest) => ({ manifest })))).hosts;
  expect({ ...host?.endpoint, networks: host?.endpoint.networks.map(String) }).toMatchObject({
    name: 'n1-eth0',
    namespace: undefined,
    labels: { role: 'edge' },
    networks: ['192.0.2.11', '2001:db8::11'],
    kind: 'host',
  });
});
