import { Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../lib';
import { WEB } from './support/apps';
import { SIDE, TASK, WORKER } from './support/parts';

/** What may be given or done to an app, one thing each. */
type Feature<A, P> = { readonly props?: Partial<P>; readonly does?: (app: A) => void };

const COMMON: Record<string, Feature<p.AppWorkload, p.AppWorkloadProps>> = {
  command: { props: { command: ['/app'], args: ['--serve'], workingDirectory: '/srv' } },
  env: { props: { env: { A: 'b' }, envFromConfigMaps: ['c'], envFromSecrets: ['s'] } },
  pull: { props: { pullPolicy: p.PullPolicy.ALWAYS } },
  shellLess: { props: { hasShell: false } },
  tmp: { props: { tmp: Size.mebibytes(10) } },
  writableRoot: { props: { writableRoot: true } },
  shutdown: { props: { shutdown: p.Shutdown.graceful({ delay: Duration.seconds(15), drain: Duration.seconds(60) }) } },
  stop: { props: { shutdown: p.Shutdown.graceful({ stop: p.StopStrategy.signal('SIGQUIT') }) } },
  account: { props: { serviceAccount: 'robot', keepToken: true } },
  user: { props: { userId: 1000, groupId: 1000, volumeGroupId: 1000 } },
  labels: { props: { labels: { a: 'b' }, podLabels: { c: 'd' }, podAnnotations: { e: 'f' } } },
  scheduling: {
    props: { nodeSelector: { a: 'b' }, tolerations: [{ key: 'a' }], priorityClass: 'high', pullSecrets: ['x'] },
  },
  sidecar: { does: (app) => app.addSidecar(p.Sidecar.of('side', SIDE)) },
  scratch: { does: (app) => void app.addScratch('cache', { path: '/cache', sizeLimit: Size.mebibytes(8) }) },
  init: { does: (app) => app.addInitContainer('init', SIDE) },
  variable: { does: (app) => app.addEnv('NODE', kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME)) },
  secret: { does: (app) => app.mount('token', { path: '/token', source: p.MountSource.secretNamed('token') }) },
  config: { does: (app) => app.mount('config', { path: '/etc/app', source: p.MountSource.config({ a: 'b' }) }) },
  patch: { does: (app) => app.patch(JsonPatch.add('/metadata/annotations', { g: 'h' })) },
  container: { does: (app) => app.patchContainer('app', JsonPatch.add('/tty', true)) },
};
const DEPLOYED: Record<string, Feature<p.DeployedApp, p.DeployedAppProps>> = {
  ...COMMON,
  replicas: { props: { replicas: 5 } },
  one: { props: { replicas: 1 } },
  autoscaling: { props: { autoscaling: p.Autoscaling.between(2, 9, { cpuPercent: 60, memoryPercent: 80 }) } },
  keda: { props: { autoscaling: p.Autoscaling.keda(0, 9, { triggers: [{ type: 'cron', metadata: {} }] }) } },
  singleWriter: { props: { singleWriter: true } },
  hard: { props: { spread: p.Spread.hard() } },
  apart: { props: { spread: p.Spread.onePodPerHost() } },
  evictable: { props: { evictable: p.CountOrPercent.percent(50) } },
  surge: { props: { surge: p.CountOrPercent.count(1), settles: Duration.seconds(20) } },
  unavailable: { props: { rolloutUnavailable: p.CountOrPercent.percent(25) } },
  deadline: { props: { progressDeadline: Duration.minutes(20) } },
  selector: { props: { existingSelector: { app: 'old' } } },
};
const WEB_APP: Record<string, Feature<p.WebApp, p.WebAppProps>> = {
  ...DEPLOYED,
  https: {
    props: { health: p.HealthCheck.https('/ready', { restartCures: true, startsWithin: Duration.minutes(5) }) },
  },
  protocol: { props: { protocol: p.AppProtocol.TCP } },
  grpc: { props: { health: p.HealthCheck.grpc({ readyService: 'a', aliveService: 'b' }) } },
  tcp: { props: { health: p.HealthCheck.tcp({ restartCures: true }) } },
  exec: { props: { health: p.HealthCheck.command(['/ready'], { aliveCommand: ['/alive'] }) } },
  servicePort: { props: { servicePort: 80, extraPorts: { admin: 9000 } } },
  ingress: { does: (app) => app.expose(p.Exposure.ingress({ host: 'a.example.com' })) },
  route: { does: (app) => app.expose(p.Exposure.httpRoute({ gateway: 'public' })) },
  balancer: { does: (app) => app.expose(p.Exposure.loadBalancer()) },
  headless: { does: (app) => app.expose(p.Exposure.headless()) },
  monitor: { does: (app) => app.monitor({ port: 9100 }) },
};
const WORKER_APP: Record<string, Feature<p.Worker, p.WorkerProps>> = {
  ...DEPLOYED,
  heartbeat: { props: { health: p.HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30)) } },
  exec: { props: { health: p.HealthCheck.command(['/alive'], { restartsWithin: Duration.seconds(60) }) } },
  longest: { props: { longestTask: Duration.seconds(10) } },
  monitor: { does: (app) => app.monitor({ port: 9100 }) },
};
const TASK_APP: Record<string, Feature<p.BatchTask, p.BatchTaskProps>> = {
  ...COMMON,
  schedule: { props: { schedule: '0 3 * * *' } },
  limits: { props: { retries: 0, deadline: Duration.hours(1), completions: 2, parallelism: 2 } },
  kept: { props: { keptFor: Duration.hours(2) } },
};

/** Pairs that contradict each other, and how that is said; the same pair in the other order is the same. */
const REFUSED: readonly (readonly [pair: RegExp, message: RegExp])[] = [
  [/^tmp\+writableRoot$/, /tmp: has no effect beside writableRoot/],
  [/^(replicas|one)\+(autoscaling|keda)$/, /beside an autoscaler/],
  [
    /^(replicas|one|autoscaling|keda)\+singleWriter$|^singleWriter\+(hard|apart|evictable|surge|unavailable)$/,
    /has no effect beside singleWriter/,
  ],
  [/^(one|keda)\+evictable$/, /evictable: 50% has no effect with 1 pod/],
  [/^shellLess\+heartbeat$/, /HealthCheck.heartbeat runs a shell and date, and the image of app has none/],
];

/** What an old version cannot do. */
const REFUSED_BEFORE: Record<string, readonly (readonly [pair: RegExp, message: RegExp])[]> = {
  // a task with a classic sidecar would never complete
  task: [
    [/\bsidecar\b/, /classic form, with which the task never completes/],
    [/^shellLess\+(shutdown|stop)$/, /the image of app has (none|no shell)/],
  ],
  // what serves waits before it stops, which takes a shell before 1.30, and so does another signal before 1.37
  web: [[/\bshellLess\b/, /the image of app has (none|no shell)/]],
  worker: [[/^shellLess\+(shutdown|stop)$/, /the image of app has (none|no shell)/]],
};

/** Findings that a pair brings on purpose. */
const EXPECTED: readonly (readonly [pair: RegExp, id: string])[] = [
  [/(^|\+)(one|singleWriter)(\+|$)/, 'availability/single-replica'],
];

function pairs<T>(features: Record<string, T>): [string, T, T][] {
  const all = Object.entries(features);
  return all.flatMap(([one, a], index) =>
    all.slice(index + 1).map(([other, b]) => [`${one}+${other}`, a, b] as [string, T, T]),
  );
}

function check<A, P extends object>(
  version: string,
  pair: [string, Feature<A, P>, Feature<A, P>],
  form: 'web' | 'worker' | 'task',
  make: (chart: Chart, props: Partial<P>) => A,
) {
  const [name, a, b] = pair;
  const target = p.TargetCluster.of({ kubernetes: p.KubernetesVersion.of(version) });
  const chart = new Chart(new p.ProductionApp({ target }), 'shop', { namespace: 'shop' });
  const build = () => {
    const app = make(chart, { ...a.props, ...b.props } as Partial<P>);
    a.does?.(app);
    b.does?.(app);
    return p.Manifests.of(chart);
  };
  const refused = [...REFUSED, ...(version === '1.27' ? (REFUSED_BEFORE[form] ?? []) : [])];
  const refusal = refused.find(([pattern]) => pattern.test(name))?.[1];
  if (refusal !== undefined) return expect(build).toThrow(refusal);
  const manifests = build();
  const allowed = EXPECTED.filter(([pattern]) => pattern.test(name)).map(([, id]) => id);
  const found = manifests.findings().filter(({ id }) => !allowed.includes(id));
  return expect(found.map(({ id, problem }) => `${id}: ${problem}`)).toEqual([]);
}

describe.each(['1.27', '1.37'])('for Kubernetes %s, each pair renders without a finding or is refused:', (version) => {
  test.each(pairs(WEB_APP))('WebApp with %s', (...pair) => {
    check(version, pair, 'web', (chart, props) => new p.WebApp(chart, 'app', { ...WEB, ...props }));
  });

  test.each(pairs(WORKER_APP))('Worker with %s', (...pair) => {
    check(version, pair, 'worker', (chart, props) => new p.Worker(chart, 'app', { ...WORKER, ...props }));
  });

  test.each(pairs(TASK_APP))('BatchTask with %s', (...pair) => {
    check(version, pair, 'task', (chart, props) => new p.BatchTask(chart, 'app', { ...TASK, ...props }));
  });
});
