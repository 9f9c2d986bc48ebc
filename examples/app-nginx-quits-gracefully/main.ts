// For Kubernetes 1.33; needs no controller beyond those of Kubernetes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import {
  HealthCheck,
  KubernetesVersion,
  MountSource,
  ProductionApp,
  Resources,
  Shutdown,
  StopStrategy,
  TargetCluster,
  WebApp,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const downloads = new WebApp(shop, 'downloads', {
  image: 'nginxinc/nginx-unprivileged:1.28.0',
  port: 8080,
  resources: Resources.request({ cpuMillis: 100, memory: Size.mebibytes(128) }),
  health: HealthCheck.http('/healthz', { restartCures: true }),
  shutdown: Shutdown.graceful({ drain: Duration.seconds(60), stop: StopStrategy.nginx() }),
});
// What nginx writes: the bodies of requests and responses, and its process id
downloads.addScratch('cache', { path: '/var/cache/nginx', sizeLimit: Size.gibibytes(1) });
downloads.addScratch('run', { path: '/run', sizeLimit: Size.mebibytes(1) });
downloads.mount('nginx', {
  path: '/etc/nginx/nginx.conf',
  source: MountSource.config({ 'nginx.conf': readFileSync(join(__dirname, 'nginx.conf'), 'utf8') }),
  subPath: 'nginx.conf',
});

app.synth();
