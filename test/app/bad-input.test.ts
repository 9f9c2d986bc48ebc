import { type Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as p from '../../lib';
import { chartIn, thrown, WEB, web } from '../support/apps';

const { V1_27, V1_28, V1_33 } = p.KubernetesVersion;
const RESOURCES = p.Resources.request({ cpuMillis: 10, memory: Size.mebibytes(16) });

function shop(kubernetes = V1_33): Chart {
  return chartIn({ target: p.TargetCluster.of({ kubernetes }) }).chart;
}
const app = (props: Partial<p.WebAppProps>, kubernetes?: p.KubernetesVersion) => () =>
  new p.WebApp(shop(kubernetes), 'checkout', { ...WEB, ...props });
const worker = (props: Partial<p.WorkerProps>) => () =>
  new p.Worker(shop(), 'checkout', {
    image: 'a:1',
    resources: RESOURCES,
    health: p.HealthCheck.exitsOnFatal(),
    ...props,
  });
const task = (props: Partial<p.BatchTaskProps>) => () =>
  new p.BatchTask(shop(), 'checkout', { image: 'a:1', resources: RESOURCES, ...props });
const sidecar = (name: string, options: Partial<p.SidecarOptions> = {}) =>
  p.Sidecar.of(name, { image: 's:1', resources: RESOURCES, ...options });

describe('one line, with the path of the construct, what is wrong and what to write instead', () => {
  const auto = p.Autoscaling.between(3, 12, { cpuPercent: 70 });
  const graceful = p.Shutdown.graceful;
  test.each<[string, () => unknown, string]>([
    ['port 0', app({ port: 0 }), 'port http: 0 is outside 1 to 65535'],
    ['port 65536', app({ port: 65536 }), 'port http: 65536 is outside 1 to 65535'],
    ['port 80.5', app({ port: 80.5 }), 'port http: 80.5 is not a whole number'],
    ['service port', app({ servicePort: 70000 }), 'servicePort: 70000 is outside 1 to 65535'],
    [
      'two ports',
      app({ extraPorts: { admin: 8080 } }),
      'ports: admin: 8080 meets http: 8080; give each port one name and number',
    ],
    [
      'port name',
      app({ extraPorts: { 'much-too-long-name': 1 } }),
      'ports: `much-too-long-name` has 18 characters, 15 are allowed',
    ],
    [
      'name',
      app({ name: 'Check_out' }),
      'name: `Check_out` is not a DNS label; use lower-case letters, digits and inner hyphens',
    ],
    ['long name', app({ name: 'a'.repeat(53) }), `name: \`${'a'.repeat(53)}\` has 53 characters, 52 are allowed`],
    [
      'image',
      app({ image: 'registry:5000/web' }),
      'checkout: image: `registry:5000/web` has no tag, so that each pull may bring another build; use `registry:5000/web:1.0.0` or a digest',
    ],
    ['no image', app({ image: '' }), 'checkout: image: `` is not an image'],
    ['replicas 0', app({ replicas: 0 }), 'replicas: 0 is below 1'],
    [
      'replicas and autoscaler',
      app({ replicas: 3, autoscaling: auto }),
      'replicas: 3 beside an autoscaler from 3 to 12; remove replicas',
    ],
    [
      'evictable of one',
      app({ replicas: 1, evictable: p.CountOrPercent.count(1) }),
      'evictable: 1 has no effect with 1 pod, which gets no budget; use replicas: 2',
    ],
    [
      'single writer',
      app({ singleWriter: true, replicas: 2 }),
      'replicas: has no effect beside singleWriter: there is one pod, which ends before the next one starts; remove replicas',
    ],
    [
      'heartbeat',
      app({ health: p.HealthCheck.heartbeat('/tmp/a', Duration.seconds(9)) }),
      "health: HealthCheck.heartbeat cannot say whether the app can serve, so that it would get requests too early; use HealthCheck.http('/ready')",
    ],
    [
      'worker over http',
      worker({ health: p.HealthCheck.http('/ready') }),
      "health: HealthCheck.http asks over the network, but nobody connects to a worker; use HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30))",
    ],
    [
      'worker twice',
      worker({ health: p.HealthCheck.command(['a'], { aliveCommand: ['b'] }) }),
      'health: the command of a worker says whether it lives: restartCures and aliveCommand have no effect; remove them',
    ],
    [
      'labels',
      app({ labels: { 'app.kubernetes.io/name': 'x' } }),
      'labels: `app.kubernetes.io/name` is set by this library; use name',
    ],
    [
      'pod labels',
      app({ podLabels: { 'app.kubernetes.io/instance': 'x' } }),
      'podLabels: `app.kubernetes.io/instance` decides what selects the pods; use name',
    ],
    [
      'label value',
      app({ podLabels: { team: 'a b' } }),
      'podLabels: `team: a b` is not a label value; use at most 63 letters, digits, `-`, `_` or `.`',
    ],
    [
      'empty selector',
      app({ existingSelector: {} }),
      'existingSelector: no label would select every pod of the namespace; name the labels',
    ],
    [
      'tmp',
      app({ tmp: Size.mebibytes(1), writableRoot: true }),
      'checkout: tmp: has no effect beside writableRoot: the process writes where it likes; remove one',
    ],
    ['user 0', app({ userId: 0 }), 'userId: 0 is below 1'],
    [
      'no resources, where nothing compiles the program',
      app({ resources: undefined as unknown as p.Resources }),
      'checkout: resources: is missing; use Resources.request({ cpuMillis: 100, memory: Size.mebibytes(128) })',
    ],
    ['group 0', app({ groupId: 0 }), 'groupId: 0 is below 1'],
    ['volume group 0', app({ volumeGroupId: 0 }), 'volumeGroupId: 0 is below 1'],
    ['env', app({ env: { '1A': 'x' } }), 'env: `1A` is not the name of an environment variable'],
    [
      'no delay',
      app({ hasShell: false }, V1_28),
      'shutdown: Kubernetes 1.28 delays a stop only by running sleep, and the image of checkout has none; use a target of 1.30 or newer, or an image with a shell',
    ],
    [
      'no command',
      app({ hasShell: false, shutdown: graceful({ stop: p.StopStrategy.nginx() }) }),
      'shutdown: the stop strategy runs a command, and the image of checkout has no shell; use StopStrategy.sigterm()',
    ],
    [
      'settles',
      app({ settles: Duration.millis(1500) }),
      'settles: 1500 ms is not a whole number of seconds; use Duration.seconds(...)',
    ],
    [
      'time zone',
      task({ timeZone: 'Europe/Berlin' }),
      'timeZone: has no effect without schedule; remove timeZone, or give schedule',
    ],
    [
      'overlap',
      task({ overlap: p.Overlap.ALLOW }),
      'overlap: has no effect without schedule; remove overlap, or give schedule',
    ],
    [
      'schedule',
      task({ schedule: 'every night' }),
      "schedule: `every night` is not in cron format; use '0 3 * * *' for every night at three",
    ],
    ['retries', task({ retries: -1 }), 'retries: -1 is outside 0 to 2147483647'],
    ['completions', task({ completions: 0 }), 'completions: 0 is below 1'],
    ['parallelism', task({ parallelism: 0 }), 'parallelism: 0 is below 1'],
    [
      'two sidecars',
      () => {
        const a = app({})();
        a.addSidecar(sidecar('s'));
        a.addSidecar(sidecar('s'));
      },
      'container: `s` is there twice; give each its own',
    ],
    [
      'sidecar as the app',
      () => app({})().addSidecar(sidecar('checkout')),
      'container: `checkout` is there twice; give each its own',
    ],
    [
      'two mounts',
      () => {
        const a = app({})();
        a.addScratch('tmp2', { path: '/tmp', sizeLimit: Size.mebibytes(1) });
      },
      'mount path of checkout: `/tmp` is there twice; give each its own',
    ],
    [
      'relative mount',
      () => app({})().addScratch('a', { path: 'data', sizeLimit: Size.mebibytes(1) }),
      'addScratch: path: `data` is not absolute; use `/data`',
    ],
    [
      'written config',
      () => app({})().mount('c', { path: '/c', writable: true, source: p.MountSource.config({ a: 'b' }) }),
      'mount c: writable has no effect: configuration and secrets cannot be written; remove it',
    ],
    [
      'classic in a task',
      () => task({})().addSidecar(p.Sidecar.classic('s', { image: 's:1', resources: RESOURCES })),
      'addSidecar: sidecar s has the classic form, with which the task never completes; use Sidecar.restartable and a target of 1.29 or newer',
    ],
    [
      'restartable on 1.27',
      () => app({}, V1_27)().addSidecar(p.Sidecar.restartable('s', { image: 's:1', resources: RESOURCES })),
      'Sidecar s: needs Kubernetes 1.29 or newer (native sidecars), the target is 1.27; use Sidecar.of without startsBeforeApp',
    ],
    [
      'sidecar port',
      () => app({})().addSidecar(sidecar('s', { health: p.HealthCheck.http('/ok') })),
      'HealthCheck.http: there is no single port to ask; give ports, or port to the check',
    ],
    [
      'the volume of another app',
      () => {
        const foreign = app({})().addScratch('logs', { path: '/logs', sizeLimit: Size.mebibytes(1) });
        app({})().addSidecar(sidecar('s', { reads: foreign }));
      },
      's: volume `logs` belongs to another app; use what addScratch() of this app returned',
    ],
    [
      'two Ingresses of one name',
      () => {
        const a = app({})();
        a.expose(p.Exposure.ingress({ host: 'a.example.com' }));
        a.expose(p.Exposure.ingress({ host: 'b.example.com' }));
      },
      'expose: the app has Ingress `checkout` already; give the second one a name of its own',
    ],
    [
      'toleration',
      app({ tolerations: [{ value: 'spot' }] }),
      'tolerations: value `spot` has no effect without key; give both, or neither',
    ],
    ['deadline', app({ progressDeadline: Duration.seconds(0) }), 'progressDeadline: 0s is below 1s'],
    ['worker monitor', () => worker({})().monitor({}), 'monitor: port: a worker has no port of its own; give port'],
    [
      'no such container',
      () => {
        const a = app({})();
        a.patchContainer('log', JsonPatch.add('/tty', true));
        p.Manifests.of(a);
      },
      'patchContainer: there is no container `log`; use one of checkout',
    ],
    [
      'no such path',
      () => {
        const a = app({})();
        a.patch(JsonPatch.replace('/spec/paused', true));
        p.Manifests.of(a);
      },
      'patch: replace /spec/paused: there is no /spec/paused in this form of the manifest; compare it with the manifest as it is written',
    ],
    [
      'no such field',
      () => {
        const a = app({})();
        a.patchContainer('checkout', JsonPatch.remove('/tty'));
        p.Manifests.of(a);
      },
      'patch: remove /tty: there is no /tty in this form of the manifest; compare it with the manifest as it is written',
    ],
  ])('%s', (_, work, message) => {
    expect(thrown(work)).toBe(`[shop/checkout] ${message}`);
  });
});

test.each<[() => unknown, string]>([
  [
    () => p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(64), cpuLimitMillis: 100 }),
    'Resources.request: cpuLimitMillis 100m is below cpuMillis 200m; raise cpuLimitMillis to 200m or more',
  ],
  [
    () => p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(64), memoryLimit: Size.mebibytes(32) }),
    'Resources.request: memoryLimit 32768 KiB is below memory 65536 KiB; raise memoryLimit to 65536 KiB or more',
  ],
  [() => p.CountOrPercent.percent(12.5), 'CountOrPercent.percent: 12.5 is not a whole number'],
  [() => p.CountOrPercent.percent(-1), 'CountOrPercent.percent: -1 is outside 0 to 100'],
  [() => Duration.seconds(-1), 'Duration amounts cannot be negative. Received: -1'],
  [() => p.CountOrPercent.percent(101), 'CountOrPercent.percent: 101 is outside 0 to 100'],
  [() => p.CountOrPercent.count(-1), 'CountOrPercent.count: -1 is outside 0 to 2147483647'],
  [() => p.Shutdown.graceful({ drain: Duration.seconds(0) }), 'Shutdown.graceful: drain: 0s is below 1s'],
  [() => p.Shutdown.graceful({ delay: Duration.seconds(601) }), 'Shutdown.graceful: delay: 601s is outside 1s to 600s'],
  [
    () => p.Shutdown.graceful({ grace: Duration.millis(100) }),
    'Shutdown.graceful: grace: 100 ms is not a whole number of seconds; use Duration.seconds(...)',
  ],
  [
    () => p.KubernetesVersion.of('1.26'),
    'KubernetesVersion.of: `1.26` is outside 1.27 to 1.37; use KubernetesVersion.V1_33',
  ],
  [
    () => p.KubernetesVersion.of('1.38'),
    'KubernetesVersion.of: `1.38` is outside 1.27 to 1.37; use KubernetesVersion.V1_33',
  ],
  [
    () => p.Autoscaling.between(4, 3, { cpuPercent: 1 }),
    'Autoscaling.between: min 4 is above max 3; raise max to 4 or more',
  ],
  [
    () => p.HealthCheck.http('/a', { restartsWithin: Duration.seconds(30) }),
    'HealthCheck.http: restartsWithin has no effect without a check of liveness; say what is asked, or restartCures: true',
  ],
  [
    () => p.HealthCheck.http('/a', { alivePath: '/b', restartsWithin: Duration.seconds(10) }),
    'HealthCheck.http: restartsWithin 10s is below 11s, the least with a timeout of 2s; use Duration.seconds(11) or more',
  ],
  [
    () => p.HealthCheck.http('/a', { alivePath: '/a' }),
    'HealthCheck.http: alivePath `/a` is the path of readiness too; ask something else, or say restartCures: true',
  ],
  [
    () => p.HealthCheck.http('/a', { alivePath: '/b', restartCures: true }),
    'HealthCheck.http: restartCures has no effect beside a check of liveness of its own; give one of them',
  ],
  [() => p.HealthCheck.https('a'), 'HealthCheck.https: the path `a` is not absolute; use `/a`'],
  [
    () => p.HealthCheck.grpc({ aliveService: '' }),
    'HealthCheck.grpc: aliveService `` is readyService too; ask something else, or say restartCures: true',
  ],
  [() => p.HealthCheck.command([]), "HealthCheck.command: the command is empty; give it as ['/bin/check', '--ready']"],
  [
    () => p.HealthCheck.command(['a'], { aliveCommand: ['a'] }),
    'HealthCheck.command: aliveCommand is the command of readiness too; ask something else, or say restartCures: true',
  ],
  [
    () => p.HealthCheck.heartbeat("/a'b", Duration.seconds(1)),
    "HealthCheck.heartbeat: `/a'b` is not an absolute path without blanks and quotes",
  ],
  [
    () => p.StopStrategy.signal('QUIT'),
    "StopStrategy.signal: `QUIT` is not the name of a signal that can be handled; use 'SIGQUIT'",
  ],
  [() => p.StopStrategy.command([]), 'StopStrategy.command: the command is empty'],
  [() => p.MountSource.config({}), 'MountSource.config: there is no file'],
  [
    () => p.Exposure.httpRoute({ gateway: 'a/b/c' }),
    'Exposure.httpRoute: `a/b/c` is not a Gateway; use `name` or `namespace/name`',
  ],
  [() => p.Exposure.ingress({ host: 'a', path: 'b' }), 'Exposure.ingress: the path `b` is not absolute; use `/b`'],
  [() => p.Exposure.loadBalancer({ port: 0 }), 'Exposure.loadBalancer: port: 0 is outside 1 to 65535'],
  [
    () => p.Sidecar.of('a', { image: 'a:1', resources: RESOURCES, startsBeforeApp: true }),
    'Sidecar a: startsBeforeApp needs health, which says when it has started; add a health check',
  ],
])('a value that is nonsense by itself is refused where it is written: %#', (work, message) => {
  expect(thrown(work)).toBe(message);
});

test('a sidecar may be added after Testing.synth, not after synth()', () => {
  const { app: root, chart } = chartIn({ outdir: '/tmp/cdk8s-patterns-bad-input' });
  const checkout = web(chart, 'checkout');
  Testing.synth(chart);
  checkout.addSidecar(sidecar('early'));
  root.synth();
  expect(thrown(() => checkout.addSidecar(sidecar('late')))).toBe(
    '[shop/checkout] app: its manifests are written already, so that this would be in none; call it before app.synth()',
  );
});

test('what was refused is not kept', () => {
  const checkout = app({})();
  expect(() => checkout.addSidecar(sidecar('checkout'))).toThrow('is there twice');
  expect(p.Manifests.of(checkout).one('Deployment').spec.template.spec).not.toHaveProperty('initContainers');
});
