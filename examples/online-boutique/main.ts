import { Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  Autoscaling,
  Exposure,
  Findings,
  HealthCheck,
  KubernetesVersion,
  ProductionApp,
  Resources,
  Shutdown,
  TargetCluster,
  WebApp,
  type WebAppProps,
  Worker,
} from 'cdk8s-patterns';

const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
const boutique = new Chart(app, 'online-boutique', { namespace: 'boutique' });

// What the makers give to all pods, or to most of them
const user = { userId: 1000, groupId: 1000, volumeGroupId: 1000 };
const small = resources({ cpu: [100, 200], memory: [64, 128] });
const brief = Shutdown.graceful({ drain: Duration.seconds(5) });

// Each of these is the address of a service: what is not made cannot be called
const catalog = grpcService('productcatalogservice', 3550, {
  env: { PORT: '3550', DISABLE_PROFILER: '1' },
  hasShell: false,
});
const currency = grpcService('currencyservice', 7000, { env: { PORT: '7000', DISABLE_PROFILER: '1' } });
const payment = grpcService('paymentservice', 50051, { env: { PORT: '50051', DISABLE_PROFILER: '1' } });
const shipping = grpcService('shippingservice', 50051, {
  env: { PORT: '50051', DISABLE_PROFILER: '1' },
  hasShell: false,
  shutdown: Shutdown.graceful(),
});
const email = grpcService('emailservice', 8080, {
  servicePort: 5000,
  env: { PORT: '8080', DISABLE_PROFILER: '1' },
});
const ads = grpcService('adservice', 9555, {
  env: { PORT: '9555' },
  // A JVM on a fifth of a core
  health: HealthCheck.grpc({ restartCures: true, startsWithin: Duration.seconds(120) }),
  resources: resources({ cpu: [200, 300], memory: [180, 300] }),
});
const recommendations = grpcService('recommendationservice', 8080, {
  env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: catalog, DISABLE_PROFILER: '1' },
  resources: resources({ cpu: [100, 200], memory: [220, 450] }),
});

// One pod, since two would have half of the carts each
const redis = new WebApp(boutique, 'redis-cart', {
  image: 'redis:8.2-alpine',
  port: 6379,
  singleWriter: true,
  health: HealthCheck.tcp({ restartCures: true }),
  resources: resources({ cpu: [70, 125], memory: [200, 256] }),
  ...user,
});
// Twice the memory limit: Redis writes a new dump beside the old one
redis.addScratch('redis-data', { path: '/data', sizeLimit: Size.mebibytes(512) });
Findings.of(redis).acknowledge('availability/single-replica', 'two Redis pods would have half of the carts each');

const cart = grpcService('cartservice', 7070, {
  env: { REDIS_ADDR: `${redis.name}:6379` },
  // It answers for its store too, and its restart would not bring Redis back: readiness only
  health: HealthCheck.grpc(),
  resources: resources({ cpu: [200, 300], memory: [64, 128] }),
});
const checkout = grpcService('checkoutservice', 5050, {
  env: {
    PORT: '5050',
    PRODUCT_CATALOG_SERVICE_ADDR: catalog,
    SHIPPING_SERVICE_ADDR: shipping,
    PAYMENT_SERVICE_ADDR: payment,
    EMAIL_SERVICE_ADDR: email,
    CURRENCY_SERVICE_ADDR: currency,
    CART_SERVICE_ADDR: cart,
  },
  hasShell: false,
  shutdown: Shutdown.graceful(),
});

const frontend = new WebApp(boutique, 'frontend', {
  image: image('frontend'),
  port: 8080,
  servicePort: 80,
  env: {
    PORT: '8080',
    PRODUCT_CATALOG_SERVICE_ADDR: catalog,
    CURRENCY_SERVICE_ADDR: currency,
    CART_SERVICE_ADDR: cart,
    RECOMMENDATION_SERVICE_ADDR: recommendations,
    SHIPPING_SERVICE_ADDR: shipping,
    CHECKOUT_SERVICE_ADDR: checkout,
    AD_SERVICE_ADDR: ads,
    // Has to be set, and is not called unless ENABLE_ASSISTANT is
    SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
    ENABLE_PROFILER: '0',
  },
  hasShell: false,
  health: HealthCheck.http('/_healthz', {
    headers: { Cookie: 'shop_session-id=x-readiness-probe' },
    restartCures: true,
  }),
  resources: small,
  autoscaling: Autoscaling.between(2, 8, { cpuPercent: 70 }),
  podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
  ...user,
});
// The access log tells the probes apart
const cookie = '/livenessProbe/httpGet/httpHeaders/0/value';
frontend.patchContainer('frontend', JsonPatch.replace(cookie, 'shop_session-id=x-liveness-probe'));
frontend.expose(Exposure.loadBalancer());

// A second copy would double the load, be it only for the time of a roll-out
const load = new Worker(boutique, 'loadgenerator', {
  image: image('loadgenerator'),
  singleWriter: true,
  env: { FRONTEND_ADDR: `${frontend.name}:80`, USERS: '10', RATE: '1' },
  health: HealthCheck.exitsOnFatal(),
  resources: resources({ cpu: [300, 500], memory: [256, 512] }),
  shutdown: brief,
  ...user,
});
load.addInitContainer('frontend-check', {
  image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
  resources: resources({ cpu: [10, 100], memory: [16, 32] }),
  env: { FRONTEND_ADDR: `${frontend.name}:80` },
  // wget saves the page in the folder in which it runs
  workingDirectory: '/tmp',
  command: [
    '/bin/sh',
    '-exc',
    `MAX_RETRIES=12
RETRY_INTERVAL=10
for i in $(seq 1 $MAX_RETRIES); do
  echo "Attempt $i: Pinging frontend: $FRONTEND_ADDR..."
  STATUSCODE=$(wget --server-response http://$FRONTEND_ADDR 2>&1 | awk '/^  HTTP/{print $2}')
  if [ $STATUSCODE -eq 200 ]; then
      echo "Frontend is reachable."
      exit 0
  fi
  echo "Error: Could not reach frontend - Status code: $STATUSCODE"
  sleep $RETRY_INTERVAL
done
echo "Failed to reach frontend after $MAX_RETRIES attempts."
exit 1
`,
  ],
});

app.synth();

function grpcService(name: string, port: number, props: Partial<WebAppProps>): string {
  const service = new WebApp(boutique, name, {
    image: image(name),
    port,
    health: HealthCheck.grpc({ restartCures: true }),
    resources: small,
    shutdown: brief,
    ...user,
    ...props,
  });
  return `${service.name}:${props.servicePort ?? port}`;
}

function image(name: string): string {
  return `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:v0.10.6`;
}

/** Request and limit, in thousandths of a core and in MiB. */
function resources({ cpu, memory }: Record<'cpu' | 'memory', [number, number]>): Resources {
  return Resources.request({
    cpuMillis: cpu[0],
    cpuLimitMillis: cpu[1],
    memory: Size.mebibytes(memory[0]),
    memoryLimit: Size.mebibytes(memory[1]),
  });
}
