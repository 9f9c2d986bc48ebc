import { Chart, Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import * as p from '../lib';
import { WEB } from './support/apps';

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
  );
  fc.assert(
    fc.property(scale, ({ lowest, ...props }) => {
      const { app } = build(p.KubernetesVersion.V1_33, props);
      const budgets = p.Manifests.of(app).all('PodDisruptionBudget');
      expect(budgets).toHaveLength(lowest === 1 ? 0 : 1);
      for (const { spec } of budgets) expect(lowest - (lowest - spec.maxUnavailable)).toBeGreaterThanOrEqual(1);
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
