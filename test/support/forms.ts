import { Chart, Duration, Size } from 'cdk8s';
import * as p from '../../lib';

/** An app with every construct in several forms and every prop in use, for one version (1.29 or newer: one sidecar insists). */
export function everyForm(version: string): p.ProductionApp {
  const r = p.Resources.request({
    cpuMillis: 50,
    memory: Size.mebibytes(64),
    ephemeralStorage: Size.gibibytes(1),
    cpuLimitMillis: 100,
    memoryLimit: Size.mebibytes(128),
  });
  const app = new p.ProductionApp({ target: p.TargetCluster.of({ kubernetes: p.KubernetesVersion.of(version) }) });
  const c = new Chart(app, 'forms', { namespace: 'shop' });
  const full = {
    userId: 1000,
    groupId: 1000,
    volumeGroupId: 1000,
    env: { A: 'b' },
    envFromConfigMaps: ['x'],
    envFromSecrets: ['y'],
    command: ['/app'],
    args: ['--x'],
    workingDirectory: '/x',
    pullPolicy: p.PullPolicy.ALWAYS,
    pullSecrets: ['reg'],
    tolerations: [{ key: 'a', value: 'b', effect: 'NoSchedule' }, { key: 'c' }],
    nodeSelector: { a: 'b' },
    priorityClass: 'system-x',
    podLabels: { team: 'a' },
    podAnnotations: { 'x.y/z': 'w' },
    labels: { owner: 'me' },
  };
  const web = new p.WebApp(c, 'web', {
    ...full,
    image: 'a.b/web:1',
    port: 8443,
    resources: r,
    health: p.HealthCheck.https('/r', { restartCures: true, headers: { a: 'b' } }),
    shutdown: p.Shutdown.graceful({ stop: p.StopStrategy.signal('SIGQUIT') }),
    spread: p.Spread.hard({ maxSkew: 2 }),
    replicas: 4,
    extraPorts: { admin: 9000 },
    existingSelector: { app: 'web' },
  });
  web.expose(p.Exposure.ingress({ host: 'a.example.com', tlsSecret: 't', ingressClass: 'nginx' }));
  web.expose(p.Exposure.httpRoute({ gateway: 'infra/public', hostnames: ['a.example.com'], listener: 'https' }));
  web.expose(p.Exposure.loadBalancer({ port: 443, sourceRanges: ['10.0.0.0/8'] }));
  web.expose(p.Exposure.headless());
  web.monitor({ port: 9100 });
  web.mount('config', { path: '/etc/web', source: p.MountSource.config({ 'a.yaml': 'b: c\n' }) });
  web.mount('data', { path: '/data', source: p.MountSource.secretNamed('s'), subPath: 'x' });
  const s = web.addScratch('cache', { path: '/cache', sizeLimit: Size.mebibytes(10), inMemory: true });
  web.addInitContainer('init', { image: 'a/b:1', resources: r, writes: s });
  web.addSidecar(
    p.Sidecar.restartable('proxy', {
      image: 'a/p:1',
      resources: r,
      reads: s,
      ports: { proxy: 9999 },
      health: p.HealthCheck.http('/ok', { alivePath: '/alive' }),
      startsBeforeApp: true,
      stopsWithin: Duration.seconds(7),
    }),
  );
  new p.WebApp(c, 'grpc', {
    image: 'a.b/g:1',
    port: 50051,
    resources: r,
    health: p.HealthCheck.grpc({ readyService: 'r', aliveService: 'l' }),
    spread: p.Spread.onePodPerHost(),
    autoscaling: p.Autoscaling.between(2, 5, {
      cpuPercent: 50,
      memoryPercent: 80,
      metrics: [p.AutoscalingMetric.pods('rps', '10'), p.AutoscalingMetric.external('q', '5', { a: 'b' })],
      scaleDown: {
        stabilization: Duration.seconds(60),
        atMost: p.CountOrPercent.percent(10),
        per: Duration.seconds(30),
      },
      scaleUp: { atMost: p.CountOrPercent.count(3) },
    }),
  });
  new p.WebApp(c, 'tcp', {
    image: 'a.b/g:1',
    port: 6379,
    resources: r,
    health: p.HealthCheck.tcp({ restartCures: true }),
    singleWriter: true,
    shutdown: p.Shutdown.graceful({ stop: p.StopStrategy.nginx() }),
  });
  new p.WebApp(c, 'cmd', {
    image: 'a.b/g:1',
    port: 6380,
    resources: r,
    health: p.HealthCheck.command(['/ok'], { aliveCommand: ['/alive'] }),
    writableRoot: true,
  });
  const w = new p.Worker(c, 'worker', {
    image: 'a.b/g:1',
    resources: r,
    health: p.HealthCheck.heartbeat('/tmp/alive', Duration.seconds(20)),
    longestTask: Duration.seconds(15),
    autoscaling: p.Autoscaling.keda(0, 5, {
      triggers: [{ type: 'rabbitmq', metadata: { a: 'b' }, authentication: 'auth' }],
      polling: Duration.seconds(10),
      cooldown: Duration.seconds(100),
    }),
  });
  w.monitor({ port: 9100 });
  new p.Worker(c, 'exiter', { image: 'a.b/g:1', resources: r, health: p.HealthCheck.exitsOnFatal() });
  new p.BatchTask(c, 'job', {
    image: 'a.b/g:1',
    resources: r,
    completions: 3,
    parallelism: 2,
    deadline: Duration.minutes(5),
  }).addSidecar(p.Sidecar.of('side', { image: 'a/b:1', resources: r }));
  new p.BatchTask(c, 'cron', {
    image: 'a.b/g:1',
    resources: r,
    schedule: '0 3 * * *',
    timeZone: 'Europe/Berlin',
    overlap: p.Overlap.REPLACE,
  });
  new p.DisruptionGuard(c, 'guard', {
    podLabels: { app: 'x' },
    minAvailable: p.CountOrPercent.percent(50),
    unhealthyPods: p.UnhealthyPods.EVICT_IF_ENOUGH_OTHERS,
    quorum: true,
  });
  return app;
}
