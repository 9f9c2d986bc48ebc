// For Kubernetes 1.33 with Istio 1.30 (sidecars), Calico 3.31, and Prometheus in namespace monitoring.
import { Chart, Duration, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const network = p.ClusterNetwork.of({ calico: '3.31', mesh: p.MeshMode.SIDECAR });
const app = new p.ProductionApp({
  target: p.TargetCluster.of({ istio: '1.30', prometheus: 'http://prometheus.monitoring:9090', network }),
});
const shop = new Chart(app, 'shop', { namespace: 'shop' });
const common = {
  port: 8080,
  replicas: 4,
  resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
};

const frontend = new p.WebApp(shop, 'frontend', { image: 'registry.example.com/frontend:2.1.0', ...common });
const checkout = new p.WebApp(shop, 'checkout', { image: 'registry.example.com/checkout:1.4.2', ...common });
checkout.monitor();

const fence = new p.NamespaceFence(shop, 'fence', {
  engine: p.FenceEngine.calico({ tier: 'apps', logsDenied: true }),
  scrapedBy: [p.Peer.podsIn('monitoring', { 'app.kubernetes.io/name': 'prometheus' })],
});
fence.allow(p.Peer.istioGateway('istio-system/public'), p.Peer.workload(frontend));
fence.allow(p.Peer.workload(frontend), p.Peer.workload(checkout));

new p.CanaryRelease(shop, 'checkout-release', {
  app: checkout,
  candidate: 'registry.example.com/checkout:1.5.0',
  plan: p.CanaryPlan.of(
    p.CanaryStep.weight(p.Weight.percent(25)),
    p.CanaryStep.pause(Duration.minutes(10)),
    p.CanaryStep.gate(p.Gate.successRate(99)),
    p.CanaryStep.weight(p.Weight.percent(100)),
  ),
  expects: p.Traffic.requestsPerSecond(50),
  engine: p.CanaryEngine.istio(),
  stage: p.CanaryStage.step(1),
});

app.synth();
