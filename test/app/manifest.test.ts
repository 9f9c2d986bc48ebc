import { Duration, Size } from 'cdk8s';
import * as p from '../../lib';
import { resolveBatchTask, resolveWebApp, resolveWorker } from '../../lib/app/intent';
import { renderCronJob, renderDeployment, renderJob } from '../../lib/app/manifest';
import type { PodParts } from '../../lib/app/pod-intent';
import {
  renderHeadless,
  renderLoadBalancer,
  renderPodMonitor,
  renderService,
  renderServiceMonitor,
} from '../../lib/app/service-manifest';
import { WEB } from '../support/apps';
import { RESOURCES, SIDE, situation, TASK, WORKER } from '../support/parts';

const seconds = Duration.seconds;
/** As it is written: without what is undefined. */
const written = (manifest: unknown): any => JSON.parse(JSON.stringify(manifest));
const deployment = (props: Partial<p.WebAppProps> = {}, given: Partial<PodParts> = {}, kubernetes = '1.33') =>
  written(renderDeployment(resolveWebApp({ ...WEB, ...props }, situation(kubernetes, given))));
const podOf = (...given: Parameters<typeof deployment>) => deployment(...given).template.spec;
const containerOf = (...given: Parameters<typeof deployment>) => podOf(...given).containers[0];
const worker = (props: Partial<p.WorkerProps> = {}) =>
  written(renderDeployment(resolveWorker({ ...WORKER, ...props }, situation())));
const job = (props: Partial<p.BatchTaskProps> = {}) =>
  written(renderJob(resolveBatchTask({ ...TASK, ...props }, situation())));

const CONTEXT = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

describe('a Deployment', () => {
  test('with nothing but what is needed', () => {
    const { template, ...spec } = deployment();
    expect(spec).toEqual({
      replicas: 2,
      minReadySeconds: 5,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 5,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    });
    const { containers, topologySpreadConstraints, ...pod } = template.spec;
    expect(pod).toEqual({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      serviceAccountName: 'web',
      terminationGracePeriodSeconds: 35,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
    });
    expect(topologySpreadConstraints.map(({ labelSelector }: any) => labelSelector)).toEqual([
      { matchLabels: { 'app.kubernetes.io/instance': 'web' } },
      { matchLabels: { 'app.kubernetes.io/instance': 'web' } },
    ]);
    expect(containers).toHaveLength(1);
    expect(containers[0]).toMatchObject({
      name: 'web',
      image: 'registry.example.com/web:1.0.0',
      ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
      securityContext: CONTEXT,
      lifecycle: { preStop: { sleep: { seconds: 10 } } },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
    expect(Object.keys(containers[0]).sort()).toEqual(
      [
        'image',
        'lifecycle',
        'livenessProbe',
        'name',
        'ports',
        'readinessProbe',
        'resources',
        'securityContext',
        'startupProbe',
        'volumeMounts',
      ].sort(),
    );
  });

  test('of a single writer is replaced in place, and not spread', () => {
    const spec = deployment({ singleWriter: true });
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(spec.strategy).not.toHaveProperty('rollingUpdate');
    expect(spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
  });

  test('that an autoscaler scales has no replicas', () => {
    expect(deployment({ autoscaling: p.Autoscaling.between(2, 4, { cpuPercent: 70 }) })).not.toHaveProperty('replicas');
  });

  test('keeps an existing selector, and its pods bear it', () => {
    const { selector, template } = deployment({ existingSelector: { app: 'shop', 'app.kubernetes.io/name': 'old' } });
    expect(selector.matchLabels).toEqual({ app: 'shop', 'app.kubernetes.io/name': 'old' });
    expect(template.metadata.labels).toEqual({
      'app.kubernetes.io/name': 'old',
      'app.kubernetes.io/instance': 'web',
      app: 'shop',
      track: 'stable',
    });
  });

  test('of pods that never share a host has an anti-affinity over all variants', () => {
    const pod = podOf({ spread: p.Spread.onePodPerHost() });
    expect(pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toEqual([
      {
        topologyKey: 'kubernetes.io/hostname',
        labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } },
      },
    ]);
    expect(pod).not.toHaveProperty('topologySpreadConstraints');
  });
});

describe('a pod', () => {
  test('takes where and as whom it runs', () => {
    const pod = podOf({
      serviceAccount: 'robot',
      keepToken: true,
      userId: 1001,
      groupId: 1002,
      volumeGroupId: 1003,
      priorityClass: 'high',
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'a', value: 'b', effect: 'NoSchedule' }, { key: 'c' }, {}],
      pullSecrets: ['one', 'two'],
    });
    expect(pod).toMatchObject({
      serviceAccountName: 'robot',
      automountServiceAccountToken: true,
      securityContext: { runAsNonRoot: true, runAsUser: 1001, runAsGroup: 1002, fsGroup: 1003 },
      priorityClassName: 'high',
      nodeSelector: { disk: 'ssd' },
      imagePullSecrets: [{ name: 'one' }, { name: 'two' }],
    });
    expect(pod.tolerations).toEqual([
      { key: 'a', operator: 'Equal', value: 'b', effect: 'NoSchedule' },
      { key: 'c', operator: 'Exists' },
      { operator: 'Exists' },
    ]);
  });

  test('runs init containers in their order, then restartable sidecars', () => {
    const pod = podOf(
      {},
      {
        inits: [
          { name: 'one', options: SIDE },
          { name: 'two', options: SIDE },
        ],
        sidecars: [p.Sidecar.of('three', SIDE)],
      },
    );
    expect(pod.initContainers.map(({ name, restartPolicy }: any) => [name, restartPolicy])).toEqual([
      ['one', undefined],
      ['two', undefined],
      ['three', 'Always'],
    ]);
    expect(pod.initContainers[0]).toEqual({
      name: 'one',
      image: SIDE.image,
      resources: RESOURCES._manifest,
      securityContext: CONTEXT,
      volumeMounts: [{ name: 'one-tmp', mountPath: '/tmp' }],
    });
  });
});

describe('a container', () => {
  test('takes what it runs, and its environment', () => {
    const container = containerOf({
      command: ['/app'],
      args: ['--serve'],
      workingDirectory: '/srv',
      pullPolicy: p.PullPolicy.NEVER,
      env: { A: 'b' },
      envFromConfigMaps: ['settings'],
      envFromSecrets: ['token'],
    });
    expect(container).toMatchObject({
      command: ['/app'],
      args: ['--serve'],
      workingDir: '/srv',
      imagePullPolicy: 'Never',
      env: [{ name: 'A', value: 'b' }],
      envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'token' } }],
    });
  });

  test('that may write anywhere has no volume', () => {
    const pod = podOf({ writableRoot: true });
    expect(pod.containers[0].securityContext.readOnlyRootFilesystem).toBe(false);
    expect(pod.containers[0]).not.toHaveProperty('volumeMounts');
    expect(pod).not.toHaveProperty('volumes');
  });

  test('says of a mount that it is for reading only, and which part it is', () => {
    const source = p.MountSource.claimNamed('files');
    const mount = (name: string, writable: boolean) => ({
      name,
      options: { path: `/${name}`, source, writable, subPath: name },
    });
    const { volumeMounts } = containerOf({}, { mounts: [mount('a', false), mount('b', true)] });
    expect(volumeMounts.slice(1)).toEqual([
      { name: 'a', mountPath: '/a', subPath: 'a', readOnly: true },
      { name: 'b', mountPath: '/b', subPath: 'b' },
    ]);
  });

  const quit = p.StopStrategy.signal('SIGQUIT');
  const QUIT = 'kill -s QUIT 1; while kill -0 1; do sleep 1; done';
  test.each([
    ['1.33', p.StopStrategy.sigterm(), { preStop: { sleep: { seconds: 10 } } }],
    ['1.29', p.StopStrategy.sigterm(), { preStop: { exec: { command: ['sleep', '10'] } } }],
    ['1.37', quit, { preStop: { exec: { command: ['sh', '-c', `sleep 10; ${QUIT}`] } } }],
    ['1.33', p.StopStrategy.command(['/quit']), { preStop: { exec: { command: ['sh', '-c', 'sleep 10; /quit'] } } }],
  ])('on %s stops as planned, case %#', (kubernetes, stop, lifecycle) => {
    expect(containerOf({ shutdown: p.Shutdown.graceful({ stop }) }, {}, kubernetes).lifecycle).toEqual(lifecycle);
  });

  test('that gets a signal without a delay gets it at once', () => {
    const intent = resolveWorker({ ...WORKER, shutdown: p.Shutdown.graceful({ stop: quit }) }, situation('1.37'));
    const [container] = written(renderDeployment(intent)).template.spec.containers;
    expect(container.lifecycle).toEqual({ preStop: { exec: { command: ['sh', '-c', QUIT] } } });
  });
});

describe('a probe', () => {
  const times = (periodSeconds: number, failureThreshold: number) => ({
    periodSeconds,
    timeoutSeconds: 2,
    failureThreshold,
  });

  test('over HTTP has path and port, and headers only if there are any', () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf();
    const get = (path: string) => ({ httpGet: { path, port: 'http' } });
    expect(startupProbe).toEqual({ ...get('/live'), ...times(4, 16) });
    expect(readinessProbe).toEqual({ ...get('/ready'), ...times(5, 2) });
    expect(livenessProbe).toEqual({ ...get('/live'), ...times(9, 3), terminationGracePeriodSeconds: 15 });
  });

  test('over HTTPS says so', () => {
    const headers = { Host: 'shop', Accept: 'text/plain' };
    const health = p.HealthCheck.https('/ready', { port: 9000, headers });
    expect(containerOf({ health }).readinessProbe.httpGet).toEqual({
      path: '/ready',
      port: 9000,
      scheme: 'HTTPS',
      httpHeaders: [
        { name: 'Host', value: 'shop' },
        { name: 'Accept', value: 'text/plain' },
      ],
    });
  });

  test.each([
    ['gRPC', p.HealthCheck.grpc({ readyService: 'r' }), { grpc: { port: 8080, service: 'r' }, ...times(5, 2) }],
    ['gRPC for the whole server', p.HealthCheck.grpc(), { grpc: { port: 8080 }, ...times(5, 2) }],
    ['TCP', p.HealthCheck.tcp(), { tcpSocket: { port: 'tcp' }, ...times(5, 2) }],
    ['a command', p.HealthCheck.command(['/ok']), { exec: { command: ['/ok'] }, ...times(10, 2) }],
  ])('by %s asks that way', (_, health, probe) => {
    expect(containerOf({ health }).readinessProbe).toEqual(probe);
  });

  test('is not there where there is nothing to ask', () => {
    const [container] = worker().template.spec.containers;
    expect(Object.keys(container).filter((key) => key.endsWith('Probe'))).toEqual([]);
  });
});

describe('a worker', () => {
  test('has no ports, no hook and no readiness', () => {
    const { template } = worker({ health: p.HealthCheck.heartbeat('/tmp/alive', seconds(30)) });
    const [container] = template.spec.containers;
    expect(container).not.toHaveProperty('ports');
    expect(container).not.toHaveProperty('lifecycle');
    expect(container).not.toHaveProperty('readinessProbe');
    expect(container.livenessProbe).toMatchObject({ periodSeconds: 10, terminationGracePeriodSeconds: 5 });
    expect(template.spec.terminationGracePeriodSeconds).toBe(25);
  });
});

describe('a Job', () => {
  test('with nothing but what is needed', () => {
    const { template, ...spec } = job();
    expect(spec).toEqual({ backoffLimit: 3, ttlSecondsAfterFinished: 86400 });
    expect(template.spec).toMatchObject({ restartPolicy: 'Never', terminationGracePeriodSeconds: 25 });
    expect(template.spec).not.toHaveProperty('topologySpreadConstraints');
  });

  test('takes what is given', () => {
    const given = { retries: 0, deadline: seconds(60), completions: 4, parallelism: 2, keptFor: seconds(30) };
    expect(job(given)).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 60,
      completions: 4,
      parallelism: 2,
      ttlSecondsAfterFinished: 30,
    });
  });
});

test('a CronJob keeps three runs of each kind, starts five minutes late at most, and bears the labels of the task', () => {
  const cron = { schedule: '@daily', timeZone: undefined, overlap: p.Overlap.SKIP };
  const spec = renderJob(resolveBatchTask({ ...TASK, schedule: '@daily' }, situation()));
  const given = written(renderCronJob(cron, { a: 'b' }, spec));
  expect(given).toEqual({
    schedule: '@daily',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 300,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
    jobTemplate: { metadata: { labels: { a: 'b' } }, spec: written(spec) },
  });
  expect(given.jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(renderCronJob({ ...cron, timeZone: 'Europe/Berlin' }, {}, spec).timeZone).toBe('Europe/Berlin');
});

describe('Services and monitors', () => {
  const selector = { 'app.kubernetes.io/instance': 'web' };
  const port = (protocol?: p.AppProtocol) => ({ name: 'main', number: 8080, port: 80, protocol });

  test.each([
    [p.AppProtocol.HTTP, 'http'],
    [p.AppProtocol.HTTPS, 'https'],
    [p.AppProtocol.GRPC, 'kubernetes.io/h2c'],
    [p.AppProtocol.TCP, 'tcp'],
    [undefined, undefined],
  ])('a port of %s tells proxies %s', (protocol, appProtocol) => {
    expect(renderService('web', [port(protocol)])).toEqual({
      type: 'ClusterIP',
      selector,
      ports: [{ name: 'main', port: 80, targetPort: 'main', protocol: 'TCP', appProtocol }],
    });
  });

  test('a headless Service is one without an address', () => {
    const ports = [port()];
    expect(renderHeadless('web', ports)).toEqual({ ...renderService('web', ports), clusterIP: 'None' });
  });

  test('a load balancer has the port of the Service where it has none of its own', () => {
    expect(renderLoadBalancer('web', port(), {}).ports).toMatchObject([{ port: 80, targetPort: 'main' }]);
    expect(renderLoadBalancer('web', port(), { port: 443 }).ports).toMatchObject([{ port: 443, targetPort: 'main' }]);
  });

  test('monitors find what no controller rewrites, and tell the variants apart', () => {
    const endpoint = { port: 'main', path: '/metrics', interval: '30s' };
    expect(renderServiceMonitor('web', endpoint)).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      podTargetLabels: ['track'],
      endpoints: [endpoint],
    });
    expect(renderPodMonitor('web', endpoint)).toEqual({
      selector: { matchLabels: selector },
      podTargetLabels: ['track'],
      podMetricsEndpoints: [endpoint],
    });
  });
});

test('a size is written in the largest unit that is whole', () => {
  const scratch = podOf({ tmp: Size.gibibytes(2) }).volumes[0].emptyDir;
  expect(scratch).toEqual({ sizeLimit: '2Gi' });
});
