// For Kubernetes 1.33 with Calico 3.31 or newer; the edge nodes are known by name, address and interface.
import { Chart, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const network = p.ClusterNetwork.of({
  calico: '3.31',
  nodes: ['192.0.2.0/24'],
  pods: ['10.244.0.0/16'],
  tunnels: ['10.244.11.0/32', '10.244.12.0/32'],
  overlay: p.Overlay.VXLAN,
  controlPlane: ['192.0.2.10/32'],
  apiServer: ['192.0.2.10:6443'],
});
const app = new p.ProductionApp({ target: p.TargetCluster.of({ network }) });

const hosts = new Chart(app, 'hosts');
const labels = { role: 'edge' };
new p.HostFence(hosts, 'edge-nodes', {
  hosts: [
    p.Host.of('edge-1', { ip: '192.0.2.11', device: 'eth0', labels }),
    p.Host.of('edge-2', { ip: '192.0.2.12', device: 'eth0', labels }),
  ],
  allow: [p.HostFlow.into(p.Peer.cidr('192.0.2.0/24'), p.Port.tcp(9100))],
});

const shop = new Chart(app, 'shop', { namespace: 'shop' });
const orders = new p.WebApp(shop, 'orders', {
  image: 'registry.example.com/orders:3.2.0',
  port: 8080,
  resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
});
orders.expose(p.Exposure.nodePort({ nodePort: 31852 }));
new p.NamespaceFence(shop, 'fence', { engine: p.FenceEngine.calico() });
new p.NodePortGuard(shop, 'guard', {
  app: orders,
  nodePort: 31852,
  allowFrom: ['198.51.100.0/24'],
  hosts: p.HostSet.labelled(labels),
});

app.synth();
