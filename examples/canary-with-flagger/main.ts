// For Kubernetes 1.33 with Flagger 1.44, Istio 1.30, sidecars in namespace shop, and a Gateway infra/public.
import { Chart, Duration, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const app = new p.ProductionApp({
  target: p.TargetCluster.of({ istio: '1.30', prometheus: 'http://prometheus.monitoring:9090' }),
});
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const checkout = new p.WebApp(shop, 'checkout', {
  image: 'registry.example.com/checkout:1.4.2',
  port: 8080,
  autoscaling: p.Autoscaling.between(4, 12, { cpuPercent: 70 }),
  resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: p.HealthCheck.http('/ready', { alivePath: '/live', startsWithin: Duration.seconds(30) }),
});

const gates = () => p.CanaryStep.gate(p.Gate.successRate(99.5), p.Gate.latency(p.Quantile.P99, Duration.millis(400)));
const istio = p.CanaryEngine.istio({ gateways: ['infra/public'], hosts: ['shop.example.com'] });
new p.CanaryRelease(shop, 'checkout-release', {
  app: checkout,
  candidate: 'registry.example.com/checkout:1.5.0',
  plan: p.CanaryPlan.of(
    p.CanaryStep.weight(p.Weight.percent(5)),
    p.CanaryStep.pause(Duration.minutes(10)),
    gates(),
    p.CanaryStep.weight(p.Weight.percent(25)),
    p.CanaryStep.pause(Duration.minutes(10)),
    gates(),
    p.CanaryStep.approval(),
    p.CanaryStep.weight(p.Weight.percent(100)),
  ),
  expects: p.Traffic.requestsPerSecond(50),
  engine: p.CanaryEngine.flagger({ router: istio }),
});

app.synth();
