// For Kubernetes 1.33 and a claim `ledger-data` that exists; needs no controller beyond those of Kubernetes.
import { Chart, Duration, Size } from 'cdk8s';
import {
  Findings,
  HealthCheck,
  KubernetesVersion,
  MountSource,
  ProductionApp,
  Resources,
  TargetCluster,
  WebApp,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const ledger = new WebApp(shop, 'ledger', {
  image: 'registry.example.com/ledger:4.0.3',
  port: 8080,
  singleWriter: true,
  resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: HealthCheck.http('/ready', { alivePath: '/live', startsWithin: Duration.seconds(30) }),
  // Owns the files on the claim, which the process could not write otherwise
  volumeGroupId: 10001,
});
ledger.mount('data', {
  path: '/var/lib/ledger',
  source: MountSource.claimNamed('ledger-data'),
  writable: true,
});
Findings.of(ledger).acknowledge(
  'availability/single-replica',
  'SQLite: one process may write, a minute of outage is fine',
);

app.synth();
