import { type Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { WEB } from './apps';
import { SIDE, TASK, WORKER } from './parts';

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
  [/^shellLess\+stop$/, /the image of app has (none|no shell)/],
  [/^shellLess\+heartbeat$/, /HealthCheck.heartbeat runs a shell and date, and the image of app has none/],
];

/** What an old version cannot do. */
const REFUSED_BEFORE: Record<string, readonly (readonly [pair: RegExp, message: RegExp])[]> = {
  // a task with a classic sidecar would never complete
  task: [
    [/\bsidecar\b/, /classic form, with which the task never completes/],
    [/^shellLess\+shutdown$/, /the image of app has (none|no shell)/],
  ],
  // what waits before it stops takes a shell for that before 1.30
  web: [[/\bshellLess\b/, /the image of app has (none|no shell)/]],
  worker: [[/^shellLess\+shutdown$/, /the image of app has (none|no shell)/]],
};

/** Findings that a pair brings on purpose. */
const EXPECTED: readonly (readonly [pair: RegExp, id: string])[] = [
  [/(^|\+)(one|singleWriter)(\+|$)/, 'availability/single-replica'],
];

/** What the next version of an app changes. */
export interface Changed {
  readonly image?: string;
  readonly labels?: { readonly [key: string]: string };
}

/** Two things given or done to one construct. */
export interface Combination {
  /** `WebApp with env+sidecar`. */
  readonly name: string;
  /** Adds the construct to a chart, under the name `app`. */
  readonly build: (chart: Chart, changed?: Changed) => void;
  /** How the contradiction is said, if it is one. */
  readonly refusal: RegExp | undefined;
  /** The findings that it brings on purpose. */
  readonly expected: readonly string[];
}

/** Every pair of features of every construct, for one version. */
export function combinations(version: string): Combination[] {
  return [
    ...pairs(WEB_APP, 'web', version, (chart, props) => new p.WebApp(chart, 'app', { ...WEB, ...props })),
    ...pairs(WORKER_APP, 'worker', version, (chart, props) => new p.Worker(chart, 'app', { ...WORKER, ...props })),
    ...pairs(TASK_APP, 'task', version, (chart, props) => new p.BatchTask(chart, 'app', { ...TASK, ...props })),
  ];
}

const CONSTRUCTS = { web: 'WebApp', worker: 'Worker', task: 'BatchTask' } as const;

function pairs<A, P extends p.AppWorkloadProps>(
  features: Record<string, Feature<A, P>>,
  form: keyof typeof CONSTRUCTS,
  version: string,
  make: (chart: Chart, props: Partial<P>) => A,
): Combination[] {
  const refusals = [...REFUSED, ...(version === '1.27' ? (REFUSED_BEFORE[form] ?? []) : [])];
  const all = Object.entries(features);
  return all.flatMap(([one, a], index) =>
    all.slice(index + 1).map(([other, b]) => {
      const pair = `${one}+${other}`;
      return {
        name: `${CONSTRUCTS[form]} with ${pair}`,
        build: (chart: Chart, { image, labels }: Changed = {}) => {
          const props = { ...a.props, ...b.props } as Partial<P>;
          const changed = { ...(image && { image }), ...(labels && { labels: { ...props.labels, ...labels } }) };
          const app = make(chart, { ...props, ...changed });
          a.does?.(app);
          b.does?.(app);
        },
        refusal: refusals.find(([pattern]) => pattern.test(pair))?.[1],
        expected: EXPECTED.filter(([pattern]) => pattern.test(pair)).map(([, id]) => id),
      };
    }),
  );
}
