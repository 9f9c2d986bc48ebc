// For Kubernetes 1.33 and a network plugin that enforces NetworkPolicy.
import { Chart, Duration, Size } from 'cdk8s';
import {
  HealthCheck,
  KubernetesVersion,
  ProductionApp,
  PullPolicy,
  Resources,
  TargetCluster,
  WebApp,
} from 'cdk8s-patterns';
import * as kplus from 'cdk8s-plus-27';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const vault = new WebApp(shop, 'card-vault', {
  image: 'registry.example.com/card-vault@sha256:9f1a3c5b7d2e4f60819a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70',
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

app.synth();
