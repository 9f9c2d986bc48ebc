import fc from 'fast-check';
import { KubernetesFeature } from '../../lib';
import { FlaggerCanaryFact, WorkloadFact, World } from '../../lib/facts';
import { changed, readings } from '../support/facts';
import { objects } from '../support/rules';

const META = 'metadata: { name: web, namespace: shop, labels: { app: web }, annotations: { a: b } }';
const POD = `{
  metadata: { labels: { app: web }, annotations: { cdk8s-patterns/drain: 5s } },
  spec: {
    os: { name: linux },
    terminationGracePeriodSeconds: 60,
    containers: [{
      name: web, image: "web:1.0", command: [a], args: [b], ports: [{ name: http, containerPort: 80, protocol: TCP }],
      env: [{ name: A, value: b }], resources: { requests: { cpu: 1 }, limits: { cpu: 1 } },
      volumeMounts: [{ name: tmp, readOnly: true, subPath: a }],
      lifecycle: { stopSignal: SIGTERM, preStop: { exec: { command: [sleep, "5"] }, sleep: { seconds: 5 } } },
      startupProbe: { exec: { command: [a] } }, livenessProbe: { grpc: { port: 80, service: a } },
      readinessProbe: { periodSeconds: 1, httpGet: { path: /, port: 80, host: a, httpHeaders: [{ name: Host, value: b }] } },
    }],
    initContainers: [{ name: log, restartPolicy: Always }],
    volumes: [{ name: tmp, emptyDir: { sizeLimit: 1Gi } }, { name: data, persistentVolumeClaim: { claimName: data } }],
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: a, labelSelector: {} }] } },
    topologySpreadConstraints: [{ topologyKey: a, labelSelector: { matchLabels: { app: web } }, matchLabelKeys: [a] }],
  },
}`;

const MANIFESTS = objects(`
{ apiVersion: apps/v1, kind: Deployment, ${META}, spec: { replicas: 2, strategy: { rollingUpdate: { maxSurge: 1 } }, template: ${POD} } }
---
{ apiVersion: batch/v1, kind: CronJob, ${META}, spec: { jobTemplate: { spec: { template: ${POD} } } } }
---
{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, ${META}, spec: { workloadRef: { name: web }, template: ${POD} } }
---
{ apiVersion: v1, kind: Service, ${META}, spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }] } }
---
{ apiVersion: policy/v1, kind: PodDisruptionBudget, ${META}, spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } } }
---
{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, ${META}, spec: { minReplicas: 2, maxReplicas: 5, scaleTargetRef: { kind: Deployment, name: web }, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization } } }] } }
---
{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, ${META}, spec: { scaleTargetRef: { name: web }, triggers: [{ type: cpu, metadata: { containerName: web } }] } }
---
{ apiVersion: networking.k8s.io/v1, kind: Ingress, ${META}, spec: { defaultBackend: { service: { name: web } }, rules: [{ http: { paths: [{ backend: { service: { name: web } } }] } }] } }
---
{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, ${META}, spec: { rules: [{ backendRefs: [{ name: web, kind: Service, namespace: shop }] }] } }
---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, ${META}, spec: { policyTypes: [Ingress], podSelector: { matchExpressions: [{ key: app, operator: In, values: [web] }] } } }
---
{ apiVersion: v1, kind: PersistentVolumeClaim, ${META}, spec: { accessModes: [ReadWriteOnce] } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled, istio.io/rev: a, istio.io/dataplane-mode: ambient } } }
---
{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, ${META}, spec: { strategy: { canary: {
  stableService: web, canaryService: next, maxSurge: 1, maxUnavailable: 0, steps: [{ setWeight: 5 }], pingPong: { pingService: a, pongService: b },
  trafficRouting: { maxTrafficWeight: 10, managedRoutes: [{ name: a }], istio: {
    virtualService: { name: web, routes: [a] }, virtualServices: [{ name: web, routes: [a] }],
    destinationRule: { name: web, stableSubsetName: a, canarySubsetName: b } } } }, blueGreen: { activeService: web, previewService: next } } } }
---
{ apiVersion: flagger.app/v1beta1, kind: Canary, ${META}, spec: { targetRef: { kind: Deployment, name: web }, autoscalerRef: { kind: ScaledObject, name: web },
  service: { name: web }, analysis: { stepWeight: 5, maxWeight: 50, stepWeights: [5], iterations: 5, metrics: [{ name: a }] } } }
---
{ apiVersion: networking.istio.io/v1, kind: VirtualService, ${META}, spec: { hosts: [web], gateways: [mesh, edge], tls: [{ route: [{ destination: { host: web } }] }], http: [{
  name: a, match: [{ uri: { prefix: / }, gateways: [edge], sourceLabels: { app: web } }], mirror: { host: a }, mirrors: [{ destination: { host: a } }],
  route: [{ destination: { host: web, subset: a, port: { number: 80 } }, weight: 10 }] }] } }
---
{ apiVersion: networking.istio.io/v1, kind: DestinationRule, ${META}, spec: { host: web, subsets: [{ name: a, labels: { version: a } }] } }
---
{ apiVersion: networking.istio.io/v1, kind: Gateway, ${META}, spec: { selector: { app: web }, servers: [{ port: { name: a, number: 80, protocol: HTTP }, hosts: [a] }] } }
---
{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, ${META}, spec: { listeners: [{ name: a, port: 80, protocol: HTTP, hostname: a, allowedRoutes: { namespaces: { from: All } } }] } }
---
{ apiVersion: gateway.networking.k8s.io/v1, kind: GRPCRoute, ${META}, spec: { hostnames: [a], parentRefs: [{ kind: Gateway, namespace: a, name: a, sectionName: a, port: 80 }],
  rules: [{ matches: [{ method: { service: a } }], backendRefs: [{ name: web, port: 80, weight: 5 }] }] } }
---
{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, ${META}, spec: { selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { "80": { mode: DISABLE } } } }
---
{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, ${META}, spec: { selector: { matchLabels: { app: web } } } }
---
{ apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, ${META}, spec: { selector: { matchLabels: { app: web } }, namespaceSelector: { any: false, matchNames: [shop] },
  podMetricsEndpoints: [{ port: a, targetPort: 80, portNumber: 80, scheme: https, tlsConfig: { ca: {} } }] } }
---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, ${META}, spec: { podSelector: { matchLabels: { app: web } },
  ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } }, ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 80, endPort: 90, protocol: TCP }] }],
  egress: [{ to: [{ podSelector: {} }], ports: [{ port: dns, protocol: UDP }] }] } }
---
{ apiVersion: v1, kind: List, items: [{ apiVersion: v1, kind: ConfigMap, ${META} }] }
`);

/** The paths of all fields and items below `value`, but for keys with dots, which a path cannot name. */
function paths(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const named = Object.entries(value).filter(([key]) => !key.includes('.'));
  return named.flatMap(([key, inner]) => [`${at}${key}`, ...paths(inner, `${at}${key}.`)]);
}

const PLACES = MANIFESTS.flatMap((manifest, index) => paths(manifest).map((path) => ({ index, path })));

/** Everything that can be asked of a world and of its objects. */
function everything(world: World): unknown[] {
  const about = world.workloads.map((one) => [
    world.budgetsOf(one).length,
    world.servicesOf(one).length,
    world.served(one).length,
    world.autoscalersOf(one).length,
    world.variantsOf(one).length,
    world.fewestPods(one),
    world.fewestPodsOfApp(one),
    world.redundantPods(one),
    world.isScaled(one),
    readings(world.replacementOf(one)),
    one.pod.serving({
      field: '',
      name: undefined,
      number: 80,
      target: 80,
      protocol: 'TCP',
      nodePort: undefined,
      appProtocol: undefined,
    })?.name,
    one.pod.sidecarStop('log'),
    world.policiesOf(one).length,
    world.selectingPrimaryOf(one).length,
    world.mesh.holds(one),
    world.mesh.mtlsOf(one, 80)?.modeOf(80),
    world.delivery.canaryOf(one)?.name,
    world.rolloutOf(one)?.name,
    FlaggerCanaryFact.labelOf(one),
    FlaggerCanaryFact.primaryLabels(one),
  ]);
  return [
    ...world.objects.map((one) => [readings(one), one.lacking(KubernetesFeature.NATIVE_SIDECARS)]),
    ...about,
    ...world.selecting.map((one) => world.workloadsOf(one).length),
    ...world.services.map((one) => world.routesOf(one).length),
    ...world.budgets.map((one) => [one.allowedEvictions(3), world.fewestPodsUnder(one)]),
  ];
}

const broken = fc.oneof(
  fc.constantFrom(null, 0, -1, 1.5, '', 'text', true, [], {}, [null], { a: null }),
  fc.jsonValue({ maxDepth: 2 }),
);

test('whatever stands in a field, nothing throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PLACES), broken, ({ index, path }, value) => {
      const manifests = MANIFESTS.map((manifest, at) => (at === index ? changed(manifest, path, value) : manifest));
      const world = new World(manifests.map((manifest) => ({ manifest })));
      expect(everything(world).length).toBeGreaterThan(world.objects.length);
    }),
  );
});

test('what is not broken is read: every manifest plays its role', () => {
  const world = new World(MANIFESTS.map((manifest) => ({ manifest })));
  expect(world.objects).toHaveLength(MANIFESTS.length);
  expect(world.objects.filter((one) => one instanceof WorkloadFact)).toHaveLength(4);
  expect(everything(world).length).toBeGreaterThan(MANIFESTS.length + 3);
});

test('facts do not depend on the order of the objects', () => {
  const shape = (manifests: readonly unknown[]) => {
    const world = new World(manifests.map((manifest) => ({ manifest })));
    return world.workloads
      .map((one) => [one.kind, world.fewestPods(one), world.servicesOf(one).length, world.budgetsOf(one).length])
      .sort();
  };
  const expected = shape(MANIFESTS);
  fc.assert(
    fc.property(fc.shuffledSubarray(MANIFESTS, { minLength: MANIFESTS.length }), (shuffled) => {
      expect(shape(shuffled)).toEqual(expected);
    }),
  );
});
