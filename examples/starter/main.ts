import { Chart, Duration, Size } from 'cdk8s';
import {
  HealthCheck,
  KubernetesVersion,
  ProductionApp,
  Resources,
  Shutdown,
  TargetCluster,
  WebApp,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

new WebApp(shop, 'storefront', {
  image: 'registry.example.com/storefront:2.3.0',
  port: 8080,
  replicas: 3,
  resources: Resources.request({ cpuMillis: 100, memory: Size.mebibytes(128) }),
  health: HealthCheck.http('/ready', { alivePath: '/live', startsWithin: Duration.seconds(20) }),
  shutdown: Shutdown.graceful({ drain: Duration.seconds(20) }),
});

app.synth();
