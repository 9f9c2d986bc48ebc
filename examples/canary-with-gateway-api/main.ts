// For Kubernetes 1.33 with the Gateway API 1.3, a Gateway infra/public, and a Prometheus that scrapes the app.
import { Chart, Duration, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const app = new p.ProductionApp({
  target: p.TargetCluster.of({ gatewayApi: '1.3', prometheus: 'http://prometheus.monitoring:9090' }),
});
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const checkout = new p.WebApp(shop, 'checkout', {
  image: 'registry.example.com/checkout:1.4.2',
  port: 8080,
  replicas: 6,
  resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: p.HealthCheck.http('/ready', { alivePath: '/live', startsWithin: Duration.seconds(30) }),
});
checkout.monitor();

new p.CanaryRelease(shop, 'checkout-release', {
  app: checkout,
  candidate: 'registry.example.com/checkout:1.5.0',
  plan: p.CanaryPlan.of(
    p.CanaryStep.weight(p.Weight.percent(5)),
    p.CanaryStep.pause(Duration.minutes(10)),
    p.CanaryStep.gate(p.Gate.successRate(99.5), p.Gate.latency(p.Quantile.P99, Duration.millis(400))),
    p.CanaryStep.weight(p.Weight.percent(25)),
    p.CanaryStep.approval(),
    p.CanaryStep.weight(p.Weight.percent(100)),
  ),
  testers: p.Testers.header('x-canary', 'always'),
  expects: p.Traffic.requestsPerSecond(50),
  engine: p.CanaryEngine.gatewayApi({ gateway: 'infra/public', hosts: ['shop.example.com'] }),
  stage: p.CanaryStage.step(1),
});

app.synth();
