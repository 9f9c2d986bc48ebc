import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import * as p from '../lib';
import { resolveBatchTask, resolveIdentity, resolveScale, resolveWebApp, resolveWorker } from '../lib/app/intent';
import { resolve as resolveGuard } from '../lib/availability/intent';
import { WEB } from './support/apps';
import { situation, TASK, WORKER } from './support/parts';

const seconds = (min: number, max: number) => fc.integer({ min, max });
const version = fc.constantFrom('1.27', '1.28', '1.29', '1.33', '1.37').map((text) => p.KubernetesVersion.of(text));
const resources = p.Resources.request({ cpuMillis: 10, memory: Size.mebibytes(16) });
const sidecars = fc.array(fc.record({ stops: seconds(1, 60), classic: fc.boolean() }), { maxLength: 4 });

function build(kubernetes: p.KubernetesVersion, props: Partial<p.WebAppProps>): { chart: Chart; app: p.WebApp } {
  const chart = new Chart(new p.ProductionApp({ target: p.TargetCluster.of({ kubernetes }) }), 'shop');
  return { chart, app: new p.WebApp(chart, 'web', { ...WEB, ...props }) };
}

test('the grace period covers delay, drain and every sidecar, whatever their form', () => {
  fc.assert(
    fc.property(version, seconds(1, 300), seconds(1, 600), sidecars, (kubernetes, delay, drain, helpers) => {
      const shutdown = p.Shutdown.graceful({ delay: Duration.seconds(delay), drain: Duration.seconds(drain) });
      const { app } = build(kubernetes, { shutdown });
      for (const [index, { stops, classic }] of helpers.entries()) {
        const make = classic ? p.Sidecar.classic : p.Sidecar.of;
        app.addSidecar(make(`s${index}`, { image: 's:1', resources, stopsWithin: Duration.seconds(stops) }));
      }
      const native = kubernetes.minor >= 29 ? helpers.filter(({ classic }) => !classic) : [];
      const beside = helpers.filter((one) => !native.includes(one));
      const slowest = Math.max(delay + drain, ...beside.map(({ stops }) => delay + drain + stops));
      const needed = native.reduce((sum, { stops }) => sum + stops, slowest);
      const pod = p.Manifests.of(app).one('Deployment').spec.template.spec;
      expect(pod.terminationGracePeriodSeconds).toBe(needed + 5);
      const ids = p.Manifests.of(app)
        .findings()
        .map(({ id }) => id);
      expect(ids).not.toContain('app/grace-too-short');
    }),
    { numRuns: 60 },
  );
});

test('a default budget never blocks a drain at the lowest number of pods', () => {
  const scale = fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((replicas) => ({ replicas, lowest: replicas })),
    fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 })).map(([min, more]) => ({
      autoscaling: p.Autoscaling.between(min, min + more, { cpuPercent: 70 }),
      lowest: min,
    })),
    fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 30 })).map(([min, more]) => ({
      autoscaling: p.Autoscaling.keda(min, min + more, { triggers: [{ type: 'cron', metadata: {} }] }),
      lowest: Math.max(1, min),
    })),
  );
  fc.assert(
    fc.property(scale, ({ lowest, ...props }) => {
      const { app } = build(p.KubernetesVersion.V1_33, props);
      const budgets = p.Manifests.of(app).all('PodDisruptionBudget');
      expect(budgets).toHaveLength(lowest === 1 ? 0 : 1);
      // evicting one pod leaves `lowest - 1`, and the budget wants `lowest - maxUnavailable`
      for (const { spec } of budgets) expect(lowest - 1).toBeGreaterThanOrEqual(lowest - spec.maxUnavailable);
      const errors = p.Manifests.of(app)
        .findings()
        .filter(({ severity }) => severity === p.Severity.ERROR);
      expect(errors).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('probes keep what they promise, and readiness acts first', () => {
  const times = fc.record({ starts: seconds(1, 3600), timeout: seconds(1, 20), more: seconds(0, 600) });
  fc.assert(
    fc.property(times, ({ starts, timeout, more }) => {
      const restarts = 3 * (timeout + 1) + timeout + more;
      const health = p.HealthCheck.http('/ready', {
        alivePath: '/live',
        startsWithin: Duration.seconds(starts),
        restartsWithin: Duration.seconds(restarts),
        timeout: Duration.seconds(timeout),
      });
      const { app } = build(p.KubernetesVersion.V1_33, { health });
      const [container] = p.Manifests.of(app).one('Deployment').spec.template.spec.containers;
      const { startupProbe: startup, livenessProbe: live, readinessProbe: ready } = container;
      expect((startup.failureThreshold - 1) * startup.periodSeconds).toBeGreaterThanOrEqual(starts);
      expect(live.failureThreshold * live.periodSeconds + live.timeoutSeconds).toBeLessThanOrEqual(restarts);
      expect(ready.failureThreshold * ready.periodSeconds).toBeLessThan(live.failureThreshold * live.periodSeconds);
      for (const probe of [startup, live, ready]) expect(probe.timeoutSeconds).toBeLessThan(probe.periodSeconds);
      expect(p.Manifests.of(app).findings()).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

type Step = (app: p.WebApp) => void;
const STEPS: readonly Step[] = [
  (app) => app.addSidecar(p.Sidecar.of('shipper', { image: 's:1', resources })),
  (app) => app.addScratch('cache', { path: '/cache', sizeLimit: Size.mebibytes(8) }),
  (app) => app.mount('config', { path: '/etc/web', source: p.MountSource.config({ a: 'b' }) }),
  (app) => app.addInitContainer('init', { image: 'i:1', resources }),
  (app) => app.monitor({ port: 9100 }),
  (app) => app.expose(p.Exposure.headless()),
];

test('the order in which different things are added does not matter, and rendering changes nothing', () => {
  const order = fc.shuffledSubarray([...STEPS.keys()], { minLength: STEPS.length });
  const rendered = (steps: readonly number[]) => {
    const { chart, app } = build(p.KubernetesVersion.V1_33, {});
    for (const step of steps) STEPS[step]?.(app);
    const objects = ['Deployment', 'Service', 'ConfigMap', 'ServiceMonitor'].flatMap((kind) =>
      p.Manifests.of(chart)
        .all(kind)
        .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    );
    expect(JSON.stringify(p.Manifests.of(chart).all('Deployment'))).toBe(
      JSON.stringify(p.Manifests.of(chart).all('Deployment')),
    );
    return objects;
  };
  const expected = rendered([...STEPS.keys()]);
  fc.assert(
    fc.property(order, (steps) => expect(rendered(steps)).toEqual(expected)),
    { numRuns: 30 },
  );
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
const words = fc.uniqueArray(word, { minLength: 2, maxLength: 5 });
/** A few names, and an order of them. */
const shuffled = words.chain((names) =>
  fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })),
);
const byName = (list: any[] | undefined) => [...(list ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));

test('the order of variables, mounts, volumes and sidecars changes the order in their lists, and nothing else', () => {
  const rendered = (names: readonly string[]) => {
    const { app } = build(p.KubernetesVersion.V1_33, {});
    for (const name of names) {
      app.addEnv(name.toUpperCase(), kplus.EnvValue.fromValue(name));
      app.mount(`config-${name}`, { path: `/config/${name}`, source: p.MountSource.secretNamed(name) });
      app.addScratch(`scratch-${name}`, { path: `/scratch/${name}`, sizeLimit: Size.mebibytes(name.length) });
      app.addSidecar(p.Sidecar.of(`side-${name}`, { image: 's:1', resources }));
    }
    const { spec, ...object } = p.Manifests.of(app).one('Deployment');
    const { containers, initContainers, volumes, ...pod } = spec.template.spec;
    const [{ env, volumeMounts, ...container }] = containers;
    return {
      object,
      spec: { ...spec, template: { ...spec.template, spec: pod } },
      container,
      lists: [env, volumeMounts, volumes, initContainers],
    };
  };
  fc.assert(
    fc.property(shuffled, ([names, others]) => {
      const [one, other] = [rendered(names), rendered(others)];
      expect({ ...one, lists: one.lists.map(byName) }).toEqual({ ...other, lists: other.lists.map(byName) });
      const added = (lists: any[][]) => lists.map((list) => list.map(({ name }) => name));
      expect(added(one.lists)[0]).toEqual(names.map((name) => name.toUpperCase()));
      expect(added(other.lists)[0]).toEqual(others.map((name) => name.toUpperCase()));
    }),
    { numRuns: 30 },
  );
});

test('the order in which constructs are made changes none of their objects', () => {
  const rendered = (names: readonly string[]) => {
    const chart = new Chart(new p.ProductionApp(), 'shop');
    for (const name of names) {
      new p.WebApp(chart, `web-${name}`, { ...WEB, replicas: name.length + 1 }).addSidecar(
        p.Sidecar.of('side', { image: 's:1', resources }),
      );
      new p.Worker(chart, `worker-${name}`, WORKER);
      new p.BatchTask(chart, `task-${name}`, TASK);
      new p.DisruptionGuard(chart, `guard-${name}`, { podLabels: { app: name } });
    }
    const objects = Testing.synth(chart);
    return objects.map((object) => JSON.stringify(object)).sort();
  };
  fc.assert(
    fc.property(shuffled, ([names, others]) => expect(rendered(names)).toEqual(rendered(others))),
    { numRuns: 20 },
  );
});

/** Freezes plain data; values of classes are shared, and stay as they are. */
function frozen<T>(value: T): T {
  const plain =
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
  if (plain) Object.values(Object.freeze(value) as object).forEach(frozen);
  return value;
}

test('resolving the same twice gives the same, and writes to nothing that it was given', () => {
  const texts = fc.dictionary(word, word, { maxKeys: 3 });
  const count = fc.integer({ min: 1, max: 50 });
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const props = fc.record({
    replicas: optional(count),
    env: optional(texts),
    labels: optional(texts),
    podLabels: optional(texts),
    podAnnotations: optional(texts),
    nodeSelector: optional(texts),
    command: optional(fc.array(word)),
    settles: optional(count.map((value) => Duration.seconds(value))),
    surge: optional(count.map((value) => p.CountOrPercent.percent(value))),
    extraPorts: optional(fc.constant({ admin: 9000 })),
    tolerations: optional(fc.constant<p.Toleration[]>([{ key: 'a' }])),
    userId: optional(count),
  });
  fc.assert(
    fc.property(props, sidecars, (given, helpers) => {
      const side = (name: string, stops: number) =>
        p.Sidecar.of(name, { image: 's:1', resources, stopsWithin: Duration.seconds(stops) });
      const around = situation('1.33', { sidecars: helpers.map(({ stops }, index) => side(`s${index}`, stops)) });
      const web: p.WebAppProps = frozen({ ...WEB, ...given });
      const { replicas: _, settles: __, surge: ___, extraPorts: ____, ...common } = given;
      const task: p.BatchTaskProps = frozen({ ...TASK, ...common });
      const twice = [1, 2].map(() => [
        resolveIdentity('web', web),
        resolveScale(web, around.target),
        resolveWebApp(web, around),
        resolveWorker({ ...web, ...WORKER }, around),
        resolveBatchTask(task, around),
        resolveGuard('guard', frozen({ podLabels: { app: 'a' }, labels: given.labels })),
      ]);
      expect(twice[0]).toEqual(twice[1]);
    }),
    { numRuns: 60 },
  );
});
