// For Kubernetes 1.33 with a network plugin that enforces NetworkPolicy.
import { Chart, Duration, Size } from 'cdk8s';
import { HealthCheck, ProductionApp, PullPolicy, Resources, WebApp } from 'cdk8s-patterns';
import { Namespaces, NetworkPolicy, NetworkPolicyPort, Pods } from 'cdk8s-plus-27';

const app = new ProductionApp();
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const cards = new WebApp(shop, 'cards', {
  image: 'registry.example.com/cards@sha256:9f1a3c5b7d2e4f60819a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70',
  pullPolicy: PullPolicy.ALWAYS,
  hasShell: false,
  userId: 20001,
  groupId: 20001,
  port: 8443,
  resources: Resources.request({
    cpuMillis: 200,
    memory: Size.mebibytes(256),
    ephemeralStorage: Size.mebibytes(128),
  }),
  tmp: Size.mebibytes(64),
  health: HealthCheck.https('/ready', { alivePath: '/live', startsWithin: Duration.seconds(30) }),
});

const checkout = Pods.select(shop, 'Checkout', { labels: { 'app.kubernetes.io/instance': 'checkout' } });
const dns = Namespaces.select(shop, 'Dns', { labels: { 'kubernetes.io/metadata.name': 'kube-system' } });
new NetworkPolicy(shop, 'CardsTraffic', {
  metadata: { name: 'cards' },
  selector: cards,
  ingress: { rules: [{ peer: checkout, ports: [NetworkPolicyPort.tcp(8443)] }] },
  egress: { rules: [{ peer: dns, ports: [NetworkPolicyPort.udp(53), NetworkPolicyPort.tcp(53)] }] },
});

app.synth();
