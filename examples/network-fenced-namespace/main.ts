// For Kubernetes 1.33 with any network plugin that has policies, Istio's Gateway `public`, and Prometheus in namespace monitoring.
import { Chart, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const app = new p.ProductionApp();
const shop = new Chart(app, 'shop', { namespace: 'shop' });
const common = {
  port: 8080,
  resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
};

const frontend = new p.WebApp(shop, 'frontend', { image: 'registry.example.com/frontend:2.1.0', ...common });
const checkout = new p.WebApp(shop, 'checkout', { image: 'registry.example.com/checkout:1.4.2', ...common });
checkout.monitor({ port: 9090 });

const fence = new p.NamespaceFence(shop, 'fence', {
  scrapedBy: [p.Peer.podsIn('monitoring', { 'app.kubernetes.io/name': 'prometheus' })],
});
fence.allow(p.Peer.istioGateway('istio-system/public'), p.Peer.workload(frontend));
fence.allow(p.Peer.workload(frontend), p.Peer.workload(checkout));
fence.allow(p.Peer.workload(checkout), p.Peer.cidr('203.0.113.0/24'), p.Port.tcp(443));

app.synth();
