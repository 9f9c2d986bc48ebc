// For Kubernetes 1.33; needs no controller beyond those of Kubernetes.
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

// A Java service that warms its caches before it serves: 4 minutes on the slowest node that was ever measured
new WebApp(shop, 'search', {
  image: 'registry.example.com/search:5.2.0',
  port: 8080,
  replicas: 3,
  resources: Resources.request({ cpuMillis: 1000, memory: Size.gibibytes(2) }),
  health: HealthCheck.http('/actuator/health/readiness', {
    alivePath: '/actuator/health/liveness',
    startsWithin: Duration.minutes(4),
    restartsWithin: Duration.seconds(45),
  }),
  shutdown: Shutdown.graceful({ drain: Duration.seconds(30) }),
});

app.synth();
