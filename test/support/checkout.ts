import { Chart, Duration, Size } from 'cdk8s';
import * as p from '../../lib';

/** The program at the top of the README, for one Kubernetes version. */
export function checkout(kubernetes: p.KubernetesVersion): { app: p.ProductionApp; shop: Chart; checkout: p.WebApp } {
  const app = new p.ProductionApp({ target: p.TargetCluster.of({ kubernetes }) });
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  const web = new p.WebApp(shop, 'checkout', {
    image: 'registry.example.com/checkout:1.4.2',
    port: 8080,
    resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
    health: p.HealthCheck.http('/ready', {
      alivePath: '/live',
      startsWithin: Duration.seconds(45),
      restartsWithin: Duration.seconds(30),
    }),
    shutdown: p.Shutdown.graceful({ drain: Duration.seconds(25) }),
    autoscaling: p.Autoscaling.between(3, 12, { cpuPercent: 70 }),
  });
  const logs = web.addScratch('logs', { path: '/var/log/app', sizeLimit: Size.mebibytes(256) });
  const resources = p.Resources.request({ cpuMillis: 20, memory: Size.mebibytes(64) });
  web.addSidecar(p.Sidecar.of('log-shipper', { image: 'registry.example.com/shipper:2.1', resources, reads: logs }));
  return { app, shop, checkout: web };
}
