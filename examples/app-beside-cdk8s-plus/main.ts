// For Kubernetes 1.33 with a metrics server and a network plugin that enforces NetworkPolicy.
import { ApiObject, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { DisruptionGuard, HealthCheck, ProductionApp, Resources, WebApp } from 'cdk8s-patterns';
import * as kplus from 'cdk8s-plus-27';

const app = new ProductionApp();
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const checkout = new WebApp(shop, 'checkout', {
  image: 'registry.example.com/checkout:1.4.2',
  port: 8080,
  resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
  health: HealthCheck.http('/ready', { alivePath: '/live' }),
  env: { CATALOG: 'catalog:8080' },
});

const catalog = new kplus.Deployment(shop, 'Catalog', { metadata: { name: 'catalog' }, minReady: Duration.seconds(5) });
catalog.addContainer({
  image: 'registry.example.com/catalog:7.1.0',
  ports: [{ number: 8080, name: 'http' }],
  readiness: kplus.Probe.fromHttpGet('/ready', { port: 8080 }),
  lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '10']) },
});
// What the level `restricted` of Pod Security asks for and cdk8s-plus-27 has no prop for
const pod = '/spec/template/spec';
ApiObject.of(catalog).addJsonPatch(
  JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
  JsonPatch.add(`${pod}/containers/0/securityContext/capabilities`, { drop: ['ALL'] }),
);
catalog.scheduling.spread({ topology: kplus.Topology.HOSTNAME, weight: 100 });
catalog.exposeViaService({ name: 'catalog' });

new DisruptionGuard(shop, 'catalog', { protects: catalog });
new kplus.HorizontalPodAutoscaler(shop, 'CatalogScaler', { target: catalog, minReplicas: 2, maxReplicas: 6 });
const rules = [{ peer: checkout, ports: [kplus.NetworkPolicyPort.tcp(8080)] }];
new kplus.NetworkPolicy(shop, 'CatalogTraffic', { selector: catalog, ingress: { rules } });

app.synth();
