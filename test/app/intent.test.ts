import { Duration } from 'cdk8s';
import * as p from '../../lib';
import { Spread } from '../../lib';
import * as intent from '../../lib/app/intent';
import { thrown, WEB } from '../support/apps';

const BATCH: p.BatchTaskProps = { image: 'a:1', resources: WEB.resources };
const WORKER: p.WorkerProps = { ...BATCH, health: p.HealthCheck.heartbeat('/tmp/alive', Duration.seconds(9)) };

function situation(target = p.TargetCluster.of(), claims: intent.Situation['claims'] = {}): intent.Situation {
  const parts = { sidecars: [], inits: [], scratches: [], mounts: [], env: [], ports: [] };
  return { identity: intent.resolveIdentity('web', WEB), target, parts, claims };
}
const web = (props: Partial<p.WebAppProps> = {}, at = situation()) => intent.resolveWebApp({ ...WEB, ...props }, at);
const worker = (props: Partial<p.WorkerProps> = {}) => intent.resolveWorker({ ...WORKER, ...props }, situation());
const batch = (props: Partial<p.BatchTaskProps> = {}) => intent.resolveBatchTask({ ...BATCH, ...props }, situation());

test('the identity is the id, unless there is a name, and stands in the labels', () => {
  const labels = (name: string) => ({
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'cdk8s-patterns',
  });
  const plain = intent.resolveIdentity('web', WEB);
  expect(plain).toEqual({ name: 'web', labels: labels('web') });
  expect(Object.isFrozen(plain) && Object.isFrozen(plain.labels)).toBe(true);
  expect(intent.resolveIdentity('id', { ...WEB, name: 'shop', labels: { a: 'b' } })).toEqual({
    name: 'shop',
    labels: { a: 'b', ...labels('shop') },
  });
  const long = 'a'.repeat(52);
  expect(intent.resolveIdentity(long, WEB).name).toBe(long);
  expect(thrown(() => intent.resolveIdentity('web', { ...WEB, labels: { 'app.kubernetes.io/managed-by': 'x' } }))).toBe(
    'labels: `app.kubernetes.io/managed-by` is set by this library; use name',
  );
  expect(thrown(() => intent.resolveIdentity('web', { ...WEB, labels: { 'a b': 'x' } }))).toContain('labels: `a b`');
});

describe('who decides the number of pods', () => {
  const scale = (props: Partial<p.DeployedAppProps>, disposable = false) =>
    intent.resolveScale({ ...WEB, ...props }, p.TargetCluster.of({ disposable }));
  const auto = (min: number) => p.Autoscaling.between(min, 9, { cpuPercent: 70 });
  const one = p.CountOrPercent.count(1);

  test.each<[string, Partial<p.DeployedAppProps>, object]>([
    ['nobody', {}, { replicas: 2, lowest: 2, evictable: one }],
    ['replicas', { replicas: 5 }, { replicas: 5, lowest: 5, evictable: one }],
    ['one replica', { replicas: 1 }, { replicas: 1, lowest: 1, evictable: undefined }],
    [
      'evictable',
      { evictable: p.CountOrPercent.percent(50) },
      { replicas: 2, lowest: 2, evictable: p.CountOrPercent.percent(50) },
    ],
    ['singleWriter', { singleWriter: true }, { replicas: 1, lowest: 1, evictable: undefined }],
  ])('%s', (_, props, expected) => {
    expect(scale(props)).toEqual({ autoscaling: undefined, disposable: false, ...expected });
  });

  test('an autoscaler leaves replicas out, and one that may stop everything still runs one pod', () => {
    expect(scale({ autoscaling: auto(3) })).toMatchObject({ replicas: undefined, lowest: 3, evictable: one });
    const keda = p.Autoscaling.keda(0, 5, { triggers: [{ type: 'cron', metadata: {} }] });
    expect(scale({ autoscaling: keda })).toMatchObject({ replicas: undefined, lowest: 1, evictable: undefined });
    expect(scale({ autoscaling: keda }).autoscaling).toBe(keda._intent);
  });

  test('a disposable target has one of everything', () => {
    expect(scale({ autoscaling: auto(3) }, true)).toEqual({
      replicas: 1,
      autoscaling: undefined,
      lowest: 1,
      evictable: undefined,
      disposable: true,
    });
  });

  test.each(['replicas', 'autoscaling', 'surge', 'rolloutUnavailable', 'evictable', 'spread'] as const)(
    'beside singleWriter, %s has no effect',
    (name) => {
      const values = {
        replicas: 1,
        autoscaling: auto(1),
        surge: one,
        rolloutUnavailable: one,
        evictable: one,
        spread: Spread.soft(),
      };
      expect(thrown(() => scale({ singleWriter: true, [name]: values[name] }))).toBe(
        `${name}: has no effect beside singleWriter: there is one pod, which ends before the next one starts; remove ${name}`,
      );
    },
  );
});

describe('a web app', () => {
  test('has defaults that can be rolled out', () => {
    expect(web()).toMatchObject({
      replicas: 2,
      minReady: 5,
      progressDeadline: 600,
      selector: { 'app.kubernetes.io/name': 'web' },
      rolling: { surge: p.CountOrPercent.percent(25), unavailable: p.CountOrPercent.count(0) },
      spread: Spread.soft()._intent,
    });
  });

  test.each([
    [3, p.CountOrPercent.count(0)],
    [4, p.CountOrPercent.percent(25)],
  ])('of %i pods a roll-out takes away %s', (replicas, unavailable) => {
    expect(web({ replicas }).rolling?.unavailable).toEqual(unavailable);
  });

  test('takes what it is given', () => {
    const given = web({
      surge: p.CountOrPercent.count(2),
      rolloutUnavailable: p.CountOrPercent.count(1),
      settles: Duration.seconds(20),
      progressDeadline: Duration.seconds(90),
      spread: Spread.onePodPerHost(),
      existingSelector: { app: 'old' },
    });
    expect(given).toMatchObject({
      minReady: 20,
      progressDeadline: 90,
      selector: { app: 'old' },
      rolling: { surge: p.CountOrPercent.count(2), unavailable: p.CountOrPercent.count(1) },
      spread: { onePodPerHost: true },
    });
    expect(given.pod.labels).toEqual({
      'app.kubernetes.io/name': 'web',
      'app.kubernetes.io/instance': 'web',
      track: 'stable',
      app: 'old',
    });
  });

  test.each([
    [297, 600],
    [298, 601],
    [3600, 7205],
  ])('that starts within %i s may take %i s to make progress', (startsWithin, deadline) => {
    const health = p.HealthCheck.http('/ready', { startsWithin: Duration.seconds(startsWithin) });
    expect(web({ health }).progressDeadline).toBe(deadline);
  });

  test('writes down what YAML cannot say', () => {
    expect(web().pod.annotations).toEqual({ 'cdk8s-patterns/starts-within': '60s', 'cdk8s-patterns/drain': '20s' });
    const health = p.HealthCheck.http('/ready', { restartCures: true });
    expect(web({ health }).pod.annotations['cdk8s-patterns/restart-cures']).toBe('web');
  });

  test('waits ten seconds before it stops, and has its port first', () => {
    const [container] = web({ extraPorts: { admin: 9000 } }).pod.containers;
    expect(container?.stop).toEqual({ preStop: { kind: 'sleep', seconds: 10 } });
    expect(container?.ports).toEqual([
      { name: 'http', number: 8080 },
      { name: 'admin', number: 9000 },
    ]);
    expect(container?.probes.readiness).toBeDefined();
  });

  test('a single writer is replaced in place and not spread', () => {
    expect(web({ singleWriter: true })).toMatchObject({ replicas: 1, rolling: undefined, spread: undefined });
  });

  test('a claim decides the number of pods', () => {
    expect(web({}, situation(undefined, { replicas: 7 })).replicas).toBe(7);
    expect(web({}, situation(undefined, { replicas: 'released' })).replicas).toBeUndefined();
    expect(thrown(() => web({ singleWriter: true }, situation(undefined, { replicas: 7 })))).toBe(
      'singleWriter: something else decides the number of pods, but with singleWriter there is one; remove the autoscaler, or singleWriter',
    );
  });

  test('its Service has each number once', () => {
    expect(thrown(() => web({ servicePort: 9000, extraPorts: { admin: 9000 } }))).toBe(
      'servicePort: 9000 is the number of port admin too; give each port a number of its own',
    );
    expect(() => web({ servicePort: 80, extraPorts: { admin: 9000 } })).not.toThrow();
    expect(() => web({ servicePort: WEB.port })).not.toThrow();
  });

  test('an existing selector must not contradict what finds the pods', () => {
    const instance = (name: string) => ({ existingSelector: { 'app.kubernetes.io/instance': name } });
    expect(() => web(instance('web'))).not.toThrow();
    expect(thrown(() => web(instance('old')))).toBe(
      "existingSelector: `app.kubernetes.io/instance: old` is not the name `web`, by which Service and budget find the pods; use name: 'old', or start a new Deployment beside the old one",
    );
    expect(thrown(() => web({ existingSelector: { 'a b': 'c' } }))).toBe(
      'existingSelector: `a b` is not a qualified name; use `name` or `dns.prefix/name`',
    );
    const podLabels = { app: 'new' };
    expect(thrown(() => web({ existingSelector: { app: 'old' }, podLabels }))).toBe(
      'podLabels: `app` has another value in existingSelector; remove `app`',
    );
    expect(() => web({ existingSelector: { app: 'new' }, podLabels })).not.toThrow();
  });

  test.each([
    [p.HealthCheck.http('/'), undefined, 'http'],
    [p.HealthCheck.https('/'), undefined, 'https'],
    [p.HealthCheck.grpc(), undefined, 'grpc'],
    [p.HealthCheck.tcp(), undefined, 'tcp'],
    [p.HealthCheck.command(['a']), undefined, 'tcp'],
    [p.HealthCheck.exitsOnFatal(), undefined, 'tcp'],
    [p.HealthCheck.tcp(), p.AppProtocol.HTTP, 'http'],
  ])('speaks what its health check speaks: %#', (health, protocol, expected) => {
    expect(intent.protocolOf({ ...WEB, health, protocol })).toBe(expected);
  });

  test('resolves the same to the same, and leaves its props alone', () => {
    const props = Object.freeze({ ...WEB, env: Object.freeze({ A: 'b' }) });
    expect(web(props)).toEqual(web(props));
  });
});

describe('a worker', () => {
  test('has a role, no readiness, no delay', () => {
    const { pod } = worker();
    expect(pod.annotations).toEqual({
      'cdk8s-patterns/role': 'worker',
      'cdk8s-patterns/starts-within': '60s',
      'cdk8s-patterns/drain': '20s',
    });
    const [container] = pod.containers;
    expect(container?.stop).toEqual({});
    expect(container?.ports).toEqual([]);
    expect(Object.entries(container?.probes ?? {}).flatMap(([name, probe]) => (probe ? name : []))).toEqual([
      'startup',
      'liveness',
    ]);
    expect(pod.labels.track).toBe('stable');
  });

  test('that ends itself needs no probe, and one with long tasks says so', () => {
    const { pod } = worker({ health: p.HealthCheck.exitsOnFatal(), longestTask: Duration.seconds(50) });
    expect(pod.annotations).toEqual({
      'cdk8s-patterns/role': 'worker',
      'cdk8s-patterns/on-fatal': 'exits',
      'cdk8s-patterns/longest-task': '50s',
      'cdk8s-patterns/drain': '20s',
    });
    expect(pod.containers[0]?.probes).toEqual({});
    expect(thrown(() => worker({ longestTask: Duration.seconds(0) }))).toBe('longestTask: 0s is below 1s');
  });

  test('cannot be asked by a shell that it has not', () => {
    expect(thrown(() => worker({ hasShell: false }))).toBe(
      "health: HealthCheck.heartbeat runs a shell and date, and the image of web has none; use HealthCheck.command(['/bin/check'])",
    );
  });

  test('is asked whether it lives, by one command', () => {
    expect(() => worker({ health: p.HealthCheck.command(['a']) })).not.toThrow();
    const message =
      'health: the command of a worker says whether it lives: restartCures and aliveCommand have no effect; remove them';
    expect(thrown(() => worker({ health: p.HealthCheck.command(['a'], { restartCures: true }) }))).toBe(message);
    expect(thrown(() => worker({ health: p.HealthCheck.command(['a'], { aliveCommand: ['b'] }) }))).toBe(message);
  });
});

describe('a task', () => {
  test('runs once, is tried again three times, and can be looked at for a day', () => {
    const { job, cron, pod } = batch();
    expect(job).toEqual({
      retries: 3,
      deadline: undefined,
      completions: undefined,
      parallelism: undefined,
      keptFor: 86400,
    });
    expect(cron).toBeUndefined();
    expect(pod.annotations).toEqual({ 'cdk8s-patterns/drain': '20s' });
    expect(pod.labels).toEqual({ 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' });
    expect(pod.containers[0]).toMatchObject({ probes: {}, stop: {}, ports: [] });
  });

  test('takes what it is given', () => {
    const given = batch({
      retries: 0,
      deadline: Duration.seconds(60),
      completions: 4,
      parallelism: 2,
      keptFor: Duration.seconds(30),
      schedule: '@daily',
      timeZone: 'Europe/Berlin',
      overlap: p.Overlap.ALLOW,
    });
    expect(given.job).toEqual({ retries: 0, deadline: 60, completions: 4, parallelism: 2, keptFor: 30 });
    expect(given.cron).toEqual({ schedule: '@daily', timeZone: 'Europe/Berlin', overlap: 'Allow' });
    expect(batch({ podLabels: { a: 'b' } }).pod.labels).toMatchObject({ a: 'b' });
  });

  test('by the clock does not overlap, and keeps its last runs', () => {
    expect(batch({ schedule: '*/5 * * * *' })).toMatchObject({
      cron: { schedule: '*/5 * * * *', timeZone: undefined, overlap: 'Forbid' },
      job: { keptFor: undefined },
    });
  });

  test.each(['*/15 10,11 1-15 JAN MON-FRI', '@hourly'])('takes the schedule `%s`', (schedule) => {
    expect(batch({ schedule }).cron?.schedule).toBe(schedule);
  });

  test.each(['', '* * * *', '* * * * * *', '@', 'x @daily'])('refuses the schedule `%s`', (schedule) => {
    expect(thrown(() => batch({ schedule }))).toBe(
      `schedule: \`${schedule}\` is not in cron format; use '0 3 * * *' for every night at three`,
    );
  });

  test.each([
    [{ retries: -1 }, 'retries: -1 is outside 0 to 2147483647'],
    [{ deadline: Duration.seconds(0) }, 'deadline: 0s is below 1s'],
    [{ keptFor: Duration.seconds(0) }, 'keptFor: 0s is below 1s'],
    [{ completions: 0 }, 'completions: 0 is below 1'],
    [{ parallelism: 1.5 }, 'parallelism: 1.5 is not a whole number'],
  ])('refuses %j', (props, message) => {
    expect(thrown(() => batch(props))).toBe(message);
  });

  test('cannot have a sidecar that would keep it from completing, which apps may have', () => {
    const at = situation(p.TargetCluster.of({ kubernetes: p.KubernetesVersion.V1_28 }));
    at.parts.sidecars.push(p.Sidecar.of('s', { image: 's:1', resources: WEB.resources }));
    expect(() => intent.resolveBatchTask(BATCH, at)).toThrow('with which the task never completes');
    expect(() => intent.resolveWebApp(WEB, at)).not.toThrow();
    expect(() => intent.resolveWorker(WORKER, at)).not.toThrow();
  });
});
