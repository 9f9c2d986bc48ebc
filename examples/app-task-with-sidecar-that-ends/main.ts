// For Kubernetes 1.29 or newer (native sidecars); needs no controller beyond those of Kubernetes.
import { Chart, Duration, Size } from 'cdk8s';
import {
  BatchTask,
  HealthCheck,
  KubernetesVersion,
  ProductionApp,
  Resources,
  Sidecar,
  TargetCluster,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const report = new BatchTask(shop, 'sales-report', {
  image: 'registry.example.com/sales-report:3.4.0',
  resources: Resources.request({ cpuMillis: 500, memory: Size.mebibytes(512) }),
  schedule: '30 3 * * *',
  timeZone: 'Europe/Berlin',
  deadline: Duration.hours(2),
  env: { DATABASE_URL: 'postgres://reports@localhost:5432/shop' },
});
report.addSidecar(
  Sidecar.restartable('database-proxy', {
    image: 'registry.example.com/database-proxy:1.9.2',
    resources: Resources.request({ cpuMillis: 50, memory: Size.mebibytes(64) }),
    ports: { postgres: 5432 },
    health: HealthCheck.tcp({ startsWithin: Duration.seconds(20) }),
    startsBeforeApp: true,
    stopsWithin: Duration.seconds(10),
  }),
);

app.synth();
