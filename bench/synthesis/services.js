// One service of 8 objects, described in several ways; all but cdk8s-plus give the same YAML.

/** With the constructs of this library. */
function constructs(scope, index, from = library()) {
  const { Duration, Size } = cdk8s();
  const { Autoscaling, Exposure, HealthCheck, MountSource, Resources, WebApp } = from;
  const name = nameOf(index);
  const app = new WebApp(scope, name, {
    image: imageOf(index),
    port: 8080,
    resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
    health: HealthCheck.http('/ready', { alivePath: '/live', startsWithin: Duration.seconds(45) }),
    autoscaling: Autoscaling.between(3, 12, { cpuPercent: 70 }),
    env: { LOG_LEVEL: 'info', UPSTREAM: upstreamOf(index) },
  });
  app.mount('settings', { path: '/etc/app', source: MountSource.config({ 'settings.json': settingsOf(index) }) });
  app.expose(Exposure.httpRoute({ gateway: 'infra/public', hostnames: [`${name}.example.com`] }));
  app.monitor();
  return app;
}

/** With `ApiObject` alone, as one writes it by hand. */
function apiObjects(scope, index) {
  const { ApiObject } = cdk8s();
  const { Construct } = constructsPackage();
  const service = new Construct(scope, nameOf(index));
  for (const manifest of manifests(index)) new ApiObject(service, manifest.kind, manifest);
  return service;
}

/** As plain objects; sorted as cdk8s sorts them, so that a writer has nothing left to do but to write. */
function plain(index) {
  return manifests(index).map(({ apiVersion, kind, metadata, ...body }) => ({
    apiVersion,
    kind,
    metadata: sorted({ ...metadata, namespace: NAMESPACE }),
    ...sorted(body),
  }));
}

/** With cdk8s-plus: the same kinds as far as it has them, with its own labels and defaults. */
function plus(scope, index) {
  const kplus = cdk8sPlus();
  const { ApiObject, Duration, Size } = cdk8s();
  const { Construct } = constructsPackage();
  const name = nameOf(index);
  const service = new Construct(scope, name);
  const account = new kplus.ServiceAccount(service, 'ServiceAccount', { metadata: { name } });
  const settings = new kplus.ConfigMap(service, 'ConfigMap', {
    metadata: { name: `${name}-settings` },
    data: { 'settings.json': settingsOf(index) },
  });
  const deployment = new kplus.Deployment(service, 'Deployment', { metadata: { name }, serviceAccount: account });
  const container = deployment.addContainer({
    name,
    image: imageOf(index),
    ports: [{ name: 'http', number: 8080 }],
    resources: {
      cpu: { request: kplus.Cpu.millis(200) },
      memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
    },
    envVariables: {
      LOG_LEVEL: kplus.EnvValue.fromValue('info'),
      UPSTREAM: kplus.EnvValue.fromValue(upstreamOf(index)),
    },
    startup: kplus.Probe.fromHttpGet('/live', { port: 8080, periodSeconds: Duration.seconds(3), failureThreshold: 16 }),
    readiness: kplus.Probe.fromHttpGet('/ready', { port: 8080, periodSeconds: Duration.seconds(5) }),
    liveness: kplus.Probe.fromHttpGet('/live', { port: 8080, periodSeconds: Duration.seconds(9) }),
  });
  container.mount('/etc/app', kplus.Volume.fromConfigMap(service, 'settings', settings), { readOnly: true });
  container.mount('/tmp', kplus.Volume.fromEmptyDir(service, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(256) }));
  deployment.scheduling.spread({ topology: kplus.Topology.ZONE });
  new kplus.Service(service, 'Service', { metadata: { name }, selector: deployment, ports: [{ port: 8080 }] });
  new kplus.HorizontalPodAutoscaler(service, 'Autoscaler', {
    metadata: { name },
    target: deployment,
    minReplicas: 3,
    maxReplicas: 12,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });
  const others = ['PodDisruptionBudget', 'HTTPRoute', 'ServiceMonitor'];
  for (const manifest of manifests(index).filter(({ kind }) => others.includes(kind))) {
    new ApiObject(service, manifest.kind, manifest);
  }
  return service;
}

/** As a template of helm over a list of names. */
function template() {
  const { stringify } = require('yaml');
  const texts = plain(MARK).map((manifest) => stringify(manifest, { lineWidth: 0, version: '1.1' }));
  const text = texts
    .join('---\n')
    .replaceAll(nameOf(MARK + 1), '{{ .upstream }}')
    .replaceAll(nameOf(MARK), '{{ .name }}');
  return `{{- range .Values.services }}\n---\n${text}{{- end }}\n`;
}

/** What the template is filled with. */
function names(index) {
  return { name: nameOf(index), upstream: nameOf(index + 1) };
}

function manifests(index) {
  const name = nameOf(index);
  const instance = { 'app.kubernetes.io/instance': name };
  const labels = {
    ...instance,
    'app.kubernetes.io/managed-by': 'cdk8s-patterns',
    'app.kubernetes.io/name': name,
  };
  const metadata = { name, labels };
  const spread = (topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    nodeTaintsPolicy: 'Honor',
    matchLabelKeys: ['pod-template-hash', 'rollouts-pod-template-hash'],
    labelSelector: { matchLabels: instance },
  });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        minReadySeconds: 5,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 5,
        selector: { matchLabels: { 'app.kubernetes.io/name': name } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
        template: {
          metadata: {
            annotations: {
              'cdk8s-patterns/config-hash': hashOf(index),
              'cdk8s-patterns/drain': '20s',
              'cdk8s-patterns/starts-within': '45s',
            },
            labels: { ...instance, 'app.kubernetes.io/name': name, track: 'stable' },
          },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            serviceAccountName: name,
            terminationGracePeriodSeconds: 35,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
            containers: [
              {
                name,
                image: imageOf(index),
                ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
                env: [
                  { name: 'LOG_LEVEL', value: 'info' },
                  { name: 'UPSTREAM', value: upstreamOf(index) },
                ],
                resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '256Mi' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                startupProbe: {
                  httpGet: { path: '/live', port: 'http' },
                  periodSeconds: 3,
                  timeoutSeconds: 2,
                  failureThreshold: 16,
                },
                readinessProbe: {
                  httpGet: { path: '/ready', port: 'http' },
                  periodSeconds: 5,
                  timeoutSeconds: 2,
                  failureThreshold: 2,
                },
                livenessProbe: {
                  httpGet: { path: '/live', port: 'http' },
                  periodSeconds: 9,
                  timeoutSeconds: 2,
                  failureThreshold: 3,
                  terminationGracePeriodSeconds: 15,
                },
                lifecycle: { preStop: { sleep: { seconds: 10 } } },
                volumeMounts: [
                  { name: 'tmp', mountPath: '/tmp' },
                  { name: 'settings', mountPath: '/etc/app', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
              { name: 'settings', configMap: { name: `${name}-settings` } },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: instance }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        minReplicas: 3,
        maxReplicas: 12,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              container: name,
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 70 },
            },
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: instance,
        ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${name}-settings`, labels },
      data: { 'settings.json': settingsOf(index) },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: {
        hostnames: [`${name}.example.com`],
        parentRefs: [{ name: 'public', namespace: 'infra' }],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name, port: 8080 }] }],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata,
      spec: {
        podTargetLabels: ['track'],
        endpoints: [{ interval: '30s', path: '/metrics', port: 'http' }],
        selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      },
    },
  ];
}

const NAMESPACE = 'shop';
/** No other number in the text looks like it. */
const MARK = 770_077;

const nameOf = (index) => `app-${index}`;
const imageOf = (index) => `registry.example.com/app-${index}:1.4.2`;
const upstreamOf = (index) => `http://app-${index + 1}`;
const settingsOf = () => '{\n  "listen": 8080,\n  "timeout": "5s"\n}\n';
/** What `WebApp` makes of the settings; by hand one would leave it out. */
const hashOf = () => '20ff7035ebfd35e0';

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** Loads a package at its first use, and looks for it only once. */
function lazily(load) {
  let loaded;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

const cdk8s = lazily(() => require('cdk8s'));
const constructsPackage = lazily(() => require('constructs'));
const cdk8sPlus = lazily(() => require('cdk8s-plus-27'));
const library = lazily(() => require('../../build/bundled'));

module.exports = { NAMESPACE, apiObjects, constructs, library, nameOf, names, plain, plus, template };
