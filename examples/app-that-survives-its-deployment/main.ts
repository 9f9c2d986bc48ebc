import { Chart, Duration, Size } from 'cdk8s';
import {
  Autoscaling,
  HealthCheck,
  KubernetesVersion,
  ProductionApp,
  Resources,
  Shutdown,
  Sidecar,
  TargetCluster,
  WebApp,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const checkout = new WebApp(shop, 'checkout', {
  image: 'registry.example.com/checkout:1.4.2',
  port: 8080,
  resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: HealthCheck.http('/ready', {
    alivePath: '/live',
    startsWithin: Duration.seconds(45),
    restartsWithin: Duration.seconds(30),
  }),
  shutdown: Shutdown.graceful({ drain: Duration.seconds(25) }),
  autoscaling: Autoscaling.between(3, 12, { cpuPercent: 70 }),
});
const logs = checkout.addScratch('logs', { path: '/var/log/app', sizeLimit: Size.mebibytes(256) });
checkout.addSidecar(
  Sidecar.of('log-shipper', {
    image: 'registry.example.com/shipper:2.1',
    resources: Resources.request({ cpuMillis: 20, memory: Size.mebibytes(64) }),
    reads: logs,
  }),
);

app.synth();
