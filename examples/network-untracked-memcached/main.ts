// For Kubernetes 1.33 with Calico 3.31 or newer; namespace cache lets pods into the network of their node (Pod Security `privileged`).
import { Chart, Duration, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const network = p.ClusterNetwork.of({
  calico: '3.31',
  nodes: ['192.0.2.0/24'],
  controlPlane: ['192.0.2.10/32'],
  apiServer: ['192.0.2.10:6443'],
});
const app = new p.ProductionApp({ target: p.TargetCluster.of({ network }) });
const cache = new Chart(app, 'cache', { namespace: 'cache' });

new p.UntrackedService(cache, 'memcached', {
  image: 'registry.example.com/memcached:1.6.39',
  args: ['--memory-limit=7168', '--conn-limit=60000'],
  port: 11211,
  resources: p.Resources.request({ cpuMillis: 4000, memory: Size.gibibytes(8) }),
  health: p.HealthCheck.tcp({ startsWithin: Duration.seconds(10) }),
  hosts: [
    p.Host.of('cache-1', { ip: '192.0.2.21', device: 'eth0' }),
    p.Host.of('cache-2', { ip: '192.0.2.22', device: 'eth0' }),
  ],
  clients: [p.Peer.cidr('198.51.100.0/24'), p.Peer.hosts(p.HostSet.labelled({ role: 'web' }))],
  expects: p.ConnectionLoad.of({ perSecond: 50_000, simultaneous: 20_000 }),
});

app.synth();
