// For Kubernetes 1.33 with Istio 1.30 and sidecars in namespace shop.
import { Chart, Duration, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const app = new p.ProductionApp({ target: p.TargetCluster.of({ istio: '1.30' }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

/** An app and its release. */
function release(name: string, engine: p.CanaryEngine, follows: p.CanaryRelease[]): p.CanaryRelease {
  const web = new p.WebApp(shop, name, {
    image: `registry.example.com/${name}:1.0.0`,
    port: 8080,
    replicas: 4,
    resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
    health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
  });
  return new p.CanaryRelease(shop, `${name}-release`, {
    app: web,
    candidate: `registry.example.com/${name}:2.0.0`,
    plan: p.CanaryPlan.of(
      p.CanaryStep.weight(p.Weight.percent(10)),
      p.CanaryStep.pause(Duration.minutes(30)),
      p.CanaryStep.approval(),
      p.CanaryStep.weight(p.Weight.percent(100)),
    ),
    follows,
    engine,
    stage: p.CanaryStage.step(1),
  });
}

const gateway = { gateways: ['infra/public'], hosts: ['shop.example.com'] };
const frontend = release('frontend', p.CanaryEngine.istio(gateway), []);
release('backend', p.CanaryEngine.istio(), [frontend]);

app.synth();
