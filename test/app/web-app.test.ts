import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { chartIn, thrown, WEB, web } from '../support/apps';
import { SIDE } from '../support/parts';

const emitted = (app: p.WebApp): string[] =>
  Testing.synth(Chart.of(app)).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const deploymentOf = (app: p.WebApp) => p.Manifests.of(app).one('Deployment');
const podOf = (app: p.WebApp) => deploymentOf(app).spec.template.spec;
const make = (props: Partial<p.WebAppProps> = {}, target: p.TargetClusterProps = {}) =>
  new p.WebApp(chartIn({ target: p.TargetCluster.of(target) }).chart, 'checkout', { ...WEB, ...props });
const autoscaling = p.Autoscaling.between(3, 12, { cpuPercent: 70 });
const PAIR = ['ServiceAccount checkout', 'Deployment checkout'];

describe('emits', () => {
  test.each<[string, Partial<p.WebAppProps>, string[]]>([
    ['with two pods: a budget', {}, [...PAIR, 'PodDisruptionBudget checkout', 'Service checkout']],
    ['with one pod: none', { replicas: 1 }, [...PAIR, 'Service checkout']],
    ['for a single writer: none', { singleWriter: true }, [...PAIR, 'Service checkout']],
    [
      'with an autoscaler: that too',
      { autoscaling },
      [...PAIR, 'PodDisruptionBudget checkout', 'HorizontalPodAutoscaler checkout', 'Service checkout'],
    ],
    [
      'with KEDA: its object, and no budget where all pods may go',
      { autoscaling: p.Autoscaling.keda(0, 4, { triggers: [{ type: 'cron', metadata: {} }] }) },
      [...PAIR, 'ScaledObject checkout', 'Service checkout'],
    ],
    [
      'with an account of your own: no other',
      { serviceAccount: 'robot' },
      ['Deployment checkout', 'PodDisruptionBudget checkout', 'Service checkout'],
    ],
    [
      'under the name that is given',
      { name: 'shop' },
      ['ServiceAccount shop', 'Deployment shop', 'PodDisruptionBudget shop', 'Service shop'],
    ],
  ])('%s', (_, props, objects) => {
    expect(emitted(make(props))).toEqual(objects);
  });

  test('on a disposable target one pod, no budget, no autoscaler, and no finding', () => {
    const app = make({ autoscaling }, { disposable: true });
    expect(emitted(app)).toEqual([...PAIR, 'Service checkout']);
    expect(deploymentOf(app)).toMatchObject({
      metadata: { annotations: { 'cdk8s-patterns/disposable': 'true' } },
      spec: { replicas: 1 },
    });
    expect(p.Manifests.of(app).findings()).toEqual([]);
  });

  test('elsewhere the annotation of a disposable target is not there', () => {
    expect(deploymentOf(make()).metadata).not.toHaveProperty('annotations');
  });

  test('a budget over all variants, with the labels of the app', () => {
    const app = make({ labels: { owner: 'me' }, evictable: p.CountOrPercent.percent(50) });
    expect(p.Manifests.of(app).one('PodDisruptionBudget')).toMatchObject({
      metadata: { labels: { owner: 'me', 'app.kubernetes.io/instance': 'checkout' } },
      spec: { maxUnavailable: '50%', selector: { matchLabels: { 'app.kubernetes.io/instance': 'checkout' } } },
    });
  });

  test('an autoscaler for the Deployment, which has no replicas then', () => {
    const app = make({ autoscaling });
    expect(app.hasAutoscaler).toBe(true);
    expect(p.Manifests.of(app).one('HorizontalPodAutoscaler').spec).toMatchObject({
      minReplicas: 3,
      maxReplicas: 12,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
      metrics: [{ containerResource: { container: 'checkout' } }],
    });
    expect(deploymentOf(app).spec).not.toHaveProperty('replicas');
    expect(make().hasAutoscaler).toBe(false);
  });

  test('a token only where the app asks for it', () => {
    const tokens = (app: p.WebApp) => [
      p.Manifests.of(app).one('ServiceAccount').automountServiceAccountToken,
      podOf(app).automountServiceAccountToken,
    ];
    expect(tokens(make())).toEqual([false, false]);
    expect(tokens(make({ keepToken: true }))).toEqual([true, true]);
  });

  test('labels on every object, not on the pods', () => {
    const app = make({ labels: { owner: 'me' }, podLabels: { team: 'a' } });
    const objects = Testing.synth(Chart.of(app));
    expect(objects.map(({ metadata }) => metadata.labels.owner)).toEqual(['me', 'me', 'me', 'me']);
    expect(deploymentOf(app).spec.template.metadata.labels).toEqual({
      'app.kubernetes.io/name': 'checkout',
      'app.kubernetes.io/instance': 'checkout',
      track: 'stable',
      team: 'a',
    });
  });
});

describe('its Service', () => {
  test('has the port of the app, or one of its own, and the further ports', () => {
    const ports = (props: Partial<p.WebAppProps>) => p.Manifests.of(make(props)).one('Service').spec.ports;
    const http = { name: 'http', targetPort: 'http', protocol: 'TCP', appProtocol: 'http' };
    expect(ports({})).toEqual([{ ...http, port: 8080 }]);
    expect(ports({ servicePort: 80, extraPorts: { admin: 9000 } })).toEqual([
      { ...http, port: 80 },
      { name: 'admin', port: 9000, targetPort: 'admin', protocol: 'TCP' },
    ]);
  });

  test('says what speaks on the port', () => {
    const app = make({ protocol: p.AppProtocol.GRPC });
    expect(p.Manifests.of(app).one('Service').spec.ports).toMatchObject([
      { name: 'grpc', appProtocol: 'kubernetes.io/h2c' },
    ]);
  });

  test.each([0, 65536, 80.5])('refuses the port %d', (servicePort) => {
    expect(thrown(() => make({ servicePort }))).toMatch(/^\[shop\/checkout\] servicePort: /);
  });
});

describe('a monitor', () => {
  const monitored = (options?: p.MonitorOptions, props: Partial<p.WebAppProps> = {}) => {
    const app = make(props);
    app.monitor(options);
    return app;
  };

  test('asks the port of the app every 30 s for /metrics', () => {
    expect(p.Manifests.of(monitored()).one('ServiceMonitor')).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: {
        name: 'checkout',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/name': 'checkout',
          'app.kubernetes.io/instance': 'checkout',
          'app.kubernetes.io/managed-by': 'cdk8s-patterns',
        },
      },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'checkout' } },
        podTargetLabels: ['track'],
        endpoints: [{ port: 'http', path: '/metrics', interval: '30s' }],
      },
    });
  });

  test('takes path, interval and labels; ours stay', () => {
    const labels = { release: 'prometheus', 'app.kubernetes.io/name': 'other' };
    const app = monitored({ path: '/stats', interval: Duration.minutes(1), labels });
    const { metadata, spec } = p.Manifests.of(app).one('ServiceMonitor');
    expect(metadata.labels).toMatchObject({ release: 'prometheus', 'app.kubernetes.io/name': 'checkout' });
    expect(spec.endpoints).toEqual([{ port: 'http', path: '/stats', interval: '60s' }]);
  });

  test('of a port that the app has not yet adds it to pods and Service', () => {
    const app = monitored({ port: 9100 });
    expect(p.Manifests.of(app).one('ServiceMonitor').spec.endpoints[0].port).toBe('metrics');
    expect(podOf(app).containers[0].ports[1]).toEqual({ name: 'metrics', containerPort: 9100, protocol: 'TCP' });
    expect(p.Manifests.of(app).one('Service').spec.ports[1]).toEqual({
      name: 'metrics',
      port: 9100,
      targetPort: 'metrics',
      protocol: 'TCP',
    });
  });

  test('of a port that the app has already asks that one', () => {
    const app = monitored({ port: 9000 }, { extraPorts: { admin: 9000 } });
    expect(p.Manifests.of(app).one('ServiceMonitor').spec.endpoints[0].port).toBe('admin');
    expect(podOf(app).containers[0].ports).toHaveLength(2);
  });

  test.each<[p.MonitorOptions, Partial<p.WebAppProps>, string]>([
    [{ port: 0 }, {}, 'monitor: port: 0 is outside 1 to 65535'],
    [{ path: 'metrics' }, {}, 'monitor: path: `metrics` is not absolute; use `/metrics`'],
    [
      { interval: Duration.millis(500) },
      {},
      'monitor: interval: 500 ms is not a whole number of seconds; use Duration.seconds(...)',
    ],
    [
      { port: 9100 },
      { extraPorts: { metrics: 9000 } },
      'ports: metrics: 9100 meets metrics: 9000; give each port one name and number',
    ],
    [
      { port: 80 },
      { servicePort: 80 },
      'servicePort: 80 is the number of port metrics too; give each port a number of its own',
    ],
  ])('with %j is refused, case %#', (options, props, message) => {
    expect(thrown(() => monitored(options, props))).toBe(`[shop/checkout] ${message}`);
  });

  test('is one', () => {
    const app = monitored();
    expect(thrown(() => app.monitor({ port: 9100 }))).toBe(
      '[shop/checkout] monitor: the app is monitored already; call it once',
    );
    expect(podOf(app).containers[0].ports).toHaveLength(1);
  });
});

describe('what is added later', () => {
  test('volumes, variables, init containers and sidecars are in the pod', () => {
    const app = make({ env: { A: 'b' } });
    const logs = app.addScratch('logs', { path: '/var/log/app', sizeLimit: Size.mebibytes(8) });
    expect([logs.name, logs.path]).toEqual(['logs', '/var/log/app']);
    app.addEnv('NODE', kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME));
    app.addInitContainer('migrate', { ...SIDE, writes: logs });
    app.addSidecar(p.Sidecar.of('shipper', { ...SIDE, reads: logs }));
    app.mount('config', { path: '/etc/app', source: p.MountSource.config({ a: 'b' }) });
    const pod = podOf(app);
    expect(pod.initContainers.map(({ name }: { name: string }) => name)).toEqual(['migrate', 'shipper']);
    expect(pod.containers[0].env).toEqual([
      { name: 'A', value: 'b' },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ]);
    expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual([
      'tmp',
      'migrate-tmp',
      'shipper-tmp',
      'logs',
      'config',
    ]);
    expect(p.Manifests.of(app).one('ConfigMap', 'checkout-config').data).toEqual({ a: 'b' });
  });

  test('is taken back where it does not fit', () => {
    const app = make();
    const before = p.Manifests.of(app).one('Deployment');
    expect(thrown(() => app.mount('tmp', { path: '/x', source: p.MountSource.config({ a: 'b' }) }))).toBe(
      '[shop/checkout] volume: `tmp` is there twice; give each its own',
    );
    expect(thrown(() => app.addEnv('A B', kplus.EnvValue.fromValue('x')))).toBe(
      '[shop/checkout] addEnv: `A B` is not the name of an environment variable',
    );
    expect(thrown(() => app.addScratch('A', { path: '/x', sizeLimit: Size.mebibytes(1) }))).toBe(
      '[shop/checkout] addScratch: `A` is not a DNS label; use lower-case letters, digits and inner hyphens',
    );
    expect(p.Manifests.of(app).one('Deployment')).toEqual(before);
    expect(p.Manifests.of(app).all('ConfigMap')).toEqual([]);
  });

  test('is refused after synth(), whatever it is, and not after Testing.synth', () => {
    const { app: root, chart } = chartIn({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-patterns-')) });
    const app = web(chart);
    const changes: (() => unknown)[] = [
      () => app.addSidecar(p.Sidecar.of('side', SIDE)),
      () => app.addInitContainer('init', SIDE),
      () => app.addScratch('scratch', { path: '/s', sizeLimit: Size.mebibytes(1) }),
      () => app.mount('config', { path: '/c', source: p.MountSource.config({ a: 'b' }) }),
      () => app.addEnv('A', kplus.EnvValue.fromValue('b')),
      () => app.patch(JsonPatch.add('/spec/paused', false)),
      () => app.patchContainer('web', JsonPatch.add('/tty', true)),
      () => app.expose(p.Exposure.headless()),
      () => app.monitor(),
      () => app._claim(() => ({ by: 'a test' })),
    ];
    for (const change of changes) {
      Testing.synth(chart);
      expect(change).not.toThrow();
    }
    root.synth();
    for (const change of changes) {
      expect(thrown(change)).toBe(
        '[shop/web] app: its manifests are written already, so that this would be in none; call it before app.synth()',
      );
    }
  });

  test('is refused after synthYaml() too, but not after a synthesis that failed', () => {
    const { app: root, chart } = chartIn();
    const app = web(chart, 'web', 12);
    expect(() => root.synthYaml()).toThrow('app/grace-too-short');
    app.patch(JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 60));
    root.synthYaml();
    expect(() => app.addSidecar(p.Sidecar.of('late', SIDE))).toThrow('its manifests are written already');
  });
});

describe('escape hatches', () => {
  test('a patch changes the Deployment, and survives what is added later', () => {
    const app = make();
    app.patch(JsonPatch.replace('/spec/replicas', 5), JsonPatch.add('/spec/template/spec/hostname', 'shop'));
    app.patch(JsonPatch.add('/spec/template/spec/dnsConfig', { options: [{ name: 'ndots', value: '2' }] }));
    app.addSidecar(p.Sidecar.of('side', SIDE));
    app.mount('config', { path: '/c', source: p.MountSource.config({ a: 'b' }) });
    const { spec } = deploymentOf(app);
    expect(spec).toMatchObject({
      replicas: 5,
      template: { spec: { hostname: 'shop', dnsConfig: { options: [{ name: 'ndots', value: '2' }] } } },
    });
    expect(spec.template.spec.initContainers).toHaveLength(1);
  });

  test('a container is found by its name, in whatever list and place it is', () => {
    const app = make();
    app.addInitContainer('init', SIDE);
    app.addSidecar(p.Sidecar.of('side', SIDE));
    app.patchContainer('side', JsonPatch.add('/tty', true));
    app.patchContainer('checkout', JsonPatch.add('/stdin', true), JsonPatch.remove('/ports'));
    app.patchContainer('init', JsonPatch.replace('/image', 'other:1'));
    app.addInitContainer('earlier', SIDE);
    const { containers, initContainers } = podOf(app);
    expect(containers[0]).toMatchObject({ name: 'checkout', stdin: true });
    expect(containers[0]).not.toHaveProperty('ports');
    expect(initContainers.map(({ name, tty, image }: any) => [name, tty, image])).toEqual([
      ['init', undefined, 'other:1'],
      ['earlier', undefined, SIDE.image],
      ['side', true, SIDE.image],
    ]);
  });

  test('a container that comes after its patch is not known yet, and is when it is there', () => {
    const app = make();
    app.patchContainer('side', JsonPatch.add('/tty', true));
    expect(thrown(() => deploymentOf(app))).toBe(
      '[shop/checkout] patchContainer: there is no container `side`; use one of checkout',
    );
    app.addSidecar(p.Sidecar.of('side', SIDE));
    expect(podOf(app).initContainers[0].tty).toBe(true);
  });

  test('a patch on a container comes before a patch on the whole', () => {
    const app = make();
    app.patch(JsonPatch.replace('/spec/template/spec/containers/0/image', 'last:1'));
    app.patchContainer('checkout', JsonPatch.replace('/image', 'first:1'));
    expect(podOf(app).containers[0].image).toBe('last:1');
  });

  test('ApiObject.of gives the Deployment, and each other object is there by its id', () => {
    const app = make({ autoscaling });
    expect(ApiObject.of(app).kind).toBe('Deployment');
    ApiObject.of(app).metadata.addAnnotation('a', 'b');
    ApiObject.of(app).addJsonPatch(JsonPatch.add('/spec/paused', true));
    expect(deploymentOf(app)).toMatchObject({ metadata: { annotations: { a: 'b' } }, spec: { paused: true } });
    const kinds = ['Service', 'ServiceAccount', 'Autoscaler'].map((id) => (app.node.findChild(id) as ApiObject).kind);
    expect(kinds).toEqual(['Service', 'ServiceAccount', 'HorizontalPodAutoscaler']);
    const budget = app.node.findChild('Budget') as p.DisruptionGuard;
    expect(ApiObject.of(budget).kind).toBe('PodDisruptionBudget');
  });

  test('a patch on what this form does not have is one line, with the path and what to do', () => {
    const missing = 'there is no /spec/strategy/rollingUpdate/maxSurge in this form of the manifest';
    const app = make({ singleWriter: true });
    app.patch(JsonPatch.replace('/spec/strategy/rollingUpdate/maxSurge', 1));
    expect(thrown(() => deploymentOf(app))).toBe(
      `[shop/checkout] patch: replace /spec/strategy/rollingUpdate/maxSurge: ${missing}; compare it with the manifest as it is written`,
    );
  });

  test('a patch on a container that finds nothing is one line too', () => {
    const app = make();
    app.patchContainer('checkout', JsonPatch.replace('/lifecycle/postStart', {}));
    expect(thrown(() => deploymentOf(app))).toBe(
      '[shop/checkout] patch: replace /lifecycle/postStart: there is no /lifecycle/postStart in this form of the manifest; compare it with the manifest as it is written',
    );
  });

  test('a rendering is not changed by the patches of the next one', () => {
    const app = make();
    app.patchContainer('checkout', JsonPatch.add('/ports/-', { containerPort: 1 }));
    const ports = () => podOf(app).containers[0].ports.length;
    expect([ports(), ports()]).toEqual([2, 2]);
  });
});

describe('an existing selector', () => {
  test('is kept, and Service, budget and spread still cover all variants', () => {
    const app = make({ existingSelector: { app: 'shop', 'app.kubernetes.io/instance': 'checkout' } });
    const manifests = p.Manifests.of(app);
    const instance = { 'app.kubernetes.io/instance': 'checkout' };
    expect(deploymentOf(app).spec.selector.matchLabels).toEqual({ app: 'shop', ...instance });
    expect(manifests.one('Service').spec.selector).toEqual(instance);
    expect(manifests.one('PodDisruptionBudget').spec.selector.matchLabels).toEqual(instance);
    expect(deploymentOf(app).spec.template.metadata.labels).toMatchObject({ app: 'shop', ...instance });
    expect(manifests.findings()).toEqual([]);
  });
});

describe('a single writer', () => {
  test('cannot be given to an autoscaler', () => {
    const app = make({ singleWriter: true });
    const scale = () => new kplus.HorizontalPodAutoscaler(Chart.of(app), 'hpa', { target: app, maxReplicas: 3 });
    expect(thrown(scale)).toBe(
      '[shop/checkout] singleWriter: something else decides the number of pods, but with singleWriter there is one; remove the autoscaler, or singleWriter',
    );
    expect(deploymentOf(app).spec.replicas).toBe(1);
  });
});

test('an error in the props has the path of the construct', () => {
  expect(thrown(() => make({ port: 0 }))).toBe('[shop/checkout] port http: 0 is outside 1 to 65535');
  expect(thrown(() => make({ name: 'A' }))).toBe(
    '[shop/checkout] name: `A` is not a DNS label; use lower-case letters, digits and inner hyphens',
  );
});
