import { Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import * as p from '../../lib';
import { chartIn, thrown } from '../support/apps';
import { SIDE, WORKER } from '../support/parts';

const make = (props: Partial<p.WorkerProps> = {}, target: p.TargetClusterProps = {}) =>
  new p.Worker(chartIn({ target: p.TargetCluster.of(target) }).chart, 'mailer', { ...WORKER, ...props });
const emitted = (worker: p.Worker) =>
  Testing.synth(Chart.of(worker)).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const autoscaling = p.Autoscaling.between(2, 4, { cpuPercent: 70 });

test.each<[string, Partial<p.WorkerProps>, p.TargetClusterProps, string[]]>([
  ['a budget', {}, {}, ['ServiceAccount', 'Deployment', 'PodDisruptionBudget']],
  ['no budget of one pod', { replicas: 1 }, {}, ['ServiceAccount', 'Deployment']],
  [
    'an autoscaler',
    { autoscaling },
    {},
    ['ServiceAccount', 'Deployment', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'],
  ],
  ['neither on a disposable target', { autoscaling }, { disposable: true }, ['ServiceAccount', 'Deployment']],
])('emits no Service, and %s', (_, props, target, kinds) => {
  expect(emitted(make(props, target))).toEqual(kinds.map((kind) => `${kind} mailer`));
});

test('has no finding, with a disposable target neither', () => {
  expect(p.Manifests.of(make()).findings()).toEqual([]);
  expect(p.Manifests.of(make({ autoscaling }, { disposable: true })).findings()).toEqual([]);
});

test('a command may be asked whether it lives, within a time of your own', () => {
  const health = p.HealthCheck.command(['/alive'], { restartsWithin: Duration.seconds(62) });
  const [container] = p.Manifests.of(make({ health })).one('Deployment').spec.template.spec.containers;
  expect(container.livenessProbe).toMatchObject({ exec: { command: ['/alive'] }, periodSeconds: 20 });
});

describe('a monitor', () => {
  test('asks the pods, since there is no Service', () => {
    const worker = make();
    worker.monitor({ port: 9100, labels: { release: 'prometheus' } });
    const monitor = p.Manifests.of(worker).one('PodMonitor');
    expect(monitor.metadata).toMatchObject({
      name: 'mailer',
      labels: { release: 'prometheus', 'app.kubernetes.io/name': 'mailer' },
    });
    expect(monitor.spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/instance': 'mailer' } },
      podTargetLabels: ['track'],
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
    });
    expect(p.Manifests.of(worker).one('Deployment').spec.template.spec.containers[0].ports).toEqual([
      { name: 'metrics', containerPort: 9100, protocol: 'TCP' },
    ]);
  });

  test('needs a port, and is one', () => {
    const worker = make();
    expect(thrown(() => worker.monitor({}))).toBe(
      '[shop/mailer] monitor: port: a worker has no port of its own; give port',
    );
    worker.monitor({ port: 9100 });
    expect(thrown(() => worker.monitor({ port: 9100 }))).toBe(
      '[shop/mailer] monitor: the app is monitored already; call it once',
    );
  });
});

test('a patch and a sidecar are both there, in either order', () => {
  const [before, after] = [make(), make()];
  const patch = JsonPatch.add('/spec/template/spec/hostname', 'mailer');
  before.patch(patch);
  for (const worker of [before, after]) worker.addSidecar(p.Sidecar.of('side', SIDE));
  after.patch(patch);
  const [one, other] = [before, after].map((worker) => p.Manifests.of(worker).one('Deployment'));
  expect(one).toEqual(other);
  expect(one.spec.template.spec).toMatchObject({ hostname: 'mailer', initContainers: [{ name: 'side' }] });
});

test('an error in the props has the path of the construct', () => {
  expect(thrown(() => make({ health: p.HealthCheck.tcp() }))).toBe(
    "[shop/mailer] health: HealthCheck.tcp asks over the network, but nobody connects to a worker; use HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30))",
  );
});
