// For Kubernetes 1.33 with KEDA 2, which scales the worker.
import { Chart, Duration, Size } from 'cdk8s';
import {
  Autoscaling,
  HealthCheck,
  KubernetesVersion,
  ProductionApp,
  Resources,
  Shutdown,
  TargetCluster,
  Worker,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const QUEUE = 'invoices';

new Worker(shop, 'invoicer', {
  image: 'registry.example.com/invoicer:1.12.0',
  resources: Resources.request({ cpuMillis: 500, memory: Size.mebibytes(512) }),
  env: { QUEUE },
  envFromSecrets: ['rabbitmq-connection'],
  // Touched at least every 10 seconds, in the middle of a task too
  health: HealthCheck.heartbeat('/tmp/heartbeat', Duration.seconds(30)),
  longestTask: Duration.minutes(2),
  shutdown: Shutdown.graceful({ drain: Duration.minutes(2) }),
  autoscaling: Autoscaling.keda(2, 20, {
    triggers: [
      {
        type: 'rabbitmq',
        metadata: { queueName: QUEUE, mode: 'QueueLength', value: '10' },
        authentication: 'rabbitmq',
      },
    ],
  }),
});

app.synth();
