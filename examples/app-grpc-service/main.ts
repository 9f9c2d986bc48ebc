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

new WebApp(shop, 'pricing', {
  image: 'registry.example.com/pricing:2.8.1',
  port: 9000,
  // Built from scratch: there is nothing in it but the server
  hasShell: false,
  resources: Resources.request({ cpuMillis: 250, memory: Size.mebibytes(128) }),
  // The server answers for each service of its own: the whole of pricing needs the database, its process does not
  health: HealthCheck.grpc({
    readyService: 'shop.pricing.v1.Pricing',
    aliveService: 'process',
    startsWithin: Duration.seconds(20),
  }),
  // The longest deadline that a client sets
  shutdown: Shutdown.graceful({ drain: Duration.seconds(15) }),
});

app.synth();
