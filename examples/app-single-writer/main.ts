// For Kubernetes 1.33 with a storage driver that knows ReadWriteOncePod.
import { Chart, Duration, Size } from 'cdk8s';
import { Findings, HealthCheck, MountSource, ProductionApp, Resources, WebApp } from 'cdk8s-patterns';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';

const app = new ProductionApp();
const shop = new Chart(app, 'shop', { namespace: 'shop' });

new PersistentVolumeClaim(shop, 'LedgerData', {
  metadata: { name: 'ledger-data' },
  accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE_POD],
  storage: Size.gibibytes(10),
});

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
