import * as p from '../../../lib';
import { Manifests } from '../../../lib';
import { CAPABILITIES, type Capability, can, ENGINES, enginesThat } from '../../../lib/canary/engines/capabilities';
import { thrown } from '../../support/apps';
import {
  CANDIDATE,
  commonPlan,
  ENGINE_NAMES,
  ENGINE_ROWS,
  objectsOf,
  pause,
  type Released,
  released,
  successGate,
  type Variation,
  weight,
} from '../../support/releases';
import { objects } from '../../support/rules';

const STAGES = [p.CanaryStage.stable(), p.CanaryStage.promoted(), p.CanaryStage.aborted()];

/** What asks for one capability each. */
const ASKING: Readonly<Partial<Record<Capability, Variation>>> = {
  testers: { release: { testers: p.Testers.header('x-canary', 'always') } },
  mirror: {
    release: {
      plan: p.CanaryPlan.of(p.CanaryStep.mirror(p.Weight.percent(10)), pause(10), weight(25), pause(10), weight(100)),
    },
  },
  autoscaler: { app: { replicas: undefined, autoscaling: p.Autoscaling.between(20, 40, { cpuPercent: 70 }) } },
  anyApproval: {
    release: {
      plan: p.CanaryPlan.of(weight(5), pause(10), p.CanaryStep.approval(), weight(25), pause(10), weight(100)),
    },
  },
  unequalPauses: { release: { plan: p.CanaryPlan.of(weight(5), pause(10), weight(25), pause(20), weight(100)) } },
  gateOnce: {
    release: { plan: p.CanaryPlan.of(weight(5), pause(10), successGate(), weight(25), pause(10), weight(100)) },
  },
  templates: {
    release: {
      plan: p.CanaryPlan.of(
        weight(25),
        pause(10),
        p.CanaryStep.gate(p.Gate.template('errors-by-datadog', { max: 1 })),
        weight(100),
      ),
    },
  },
  passesWithoutData: {
    release: {
      plan: p.CanaryPlan.of(
        weight(25),
        pause(10),
        p.CanaryStep.gate(p.Gate.query('queue', 'sum(queue_length)', { max: 10 }, { passesWithoutData: true })),
        weight(100),
      ),
    },
  },
};

const CASES = ENGINE_NAMES.flatMap((engine) =>
  (Object.keys(ASKING) as Capability[]).map((one) => [engine, one] as const),
);

test.each(CASES)('%s does or refuses %s, as the table says', (engine, capability) => {
  const work = () => released(engine, ASKING[capability]).app.synthYaml();
  if (can(engine, capability)) {
    expect(work()).toContain(CANDIDATE);
    return;
  }
  const message = thrown(work);
  expect(message).toMatch(/^\[shop\/web-release\] /);
  expect(enginesThat(capability).some((other) => message.includes(`CanaryEngine.${other.split(' ')[0]}(`))).toBe(true);
});

test('no engine does everything, and each capability has one', () => {
  for (const capability of Object.keys(CAPABILITIES) as Capability[]) {
    const able = enginesThat(capability);
    expect(able.length).toBeGreaterThan(0);
    expect(able.length).toBeLessThan(ENGINE_NAMES.length);
  }
  expect(Object.keys(ENGINES)).toEqual(ENGINE_NAMES);
});

describe.each(ENGINE_NAMES)('%s', (engine) => {
  test('has no finding at any stage', () => {
    for (const stage of [undefined, ...STAGES]) {
      const { app } = released(engine, { release: { stage } });
      expect(Manifests.of(app).findings()).toEqual([]);
    }
  });

  test('emits the same objects at every stage, and only values change', () => {
    const names = [undefined, ...STAGES].map((stage) =>
      objectsOf(released(engine, { release: { stage } }).chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
    for (const one of names) expect(one).toEqual(names[0]);
  });

  test('names no object twice, and labels each as part of the app', () => {
    const all = objectsOf(released(engine).chart);
    const names = all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of all) expect(metadata.labels['app.kubernetes.io/instance']).toBe('web');
  });

  test('leaves the stable pods as they are until promotion', () => {
    const template = ({ chart }: Released) => Manifests.of(chart).one('Deployment', 'web').spec.template;
    const before = template(released(engine, { release: { stage: p.CanaryStage.stable() } }));
    const { chart: without, web } = released('replicaRatio');
    web.node.tryRemoveChild('nothing');
    expect(before.spec.containers[0].image).toBe('registry.example.com/web:1.0.0');
    expect(template(released(engine, { release: { stage: p.CanaryStage.aborted() } }))).toEqual(before);
    const promoted = template(released(engine, { release: { stage: p.CanaryStage.promoted() } }));
    expect(promoted.spec.containers[0].image).toBe(CANDIDATE);
    expect({ ...promoted, spec: { ...promoted.spec, containers: [] } }).toEqual({
      ...before,
      spec: { ...before.spec, containers: [] },
    });
    expect(Manifests.of(without).one('Deployment', 'web').spec.template).toEqual(before);
  });

  test('budget and spread cover both versions by the instance', () => {
    const manifests = Manifests.of(released(engine).chart);
    const instance = { matchLabels: { 'app.kubernetes.io/instance': 'web' } };
    expect(manifests.one('PodDisruptionBudget').spec.selector).toEqual(instance);
    for (const { spec } of manifests.all('Deployment')) {
      expect(spec.template.metadata.labels['app.kubernetes.io/instance']).toBe('web');
      for (const constraint of spec.template.spec.topologySpreadConstraints) {
        expect(constraint.labelSelector).toEqual(instance);
      }
    }
  });

  test('no two workloads select pods of each other', () => {
    const deployments = Manifests.of(released(engine).chart).all('Deployment');
    for (const one of deployments) {
      for (const other of deployments) {
        const entries = Object.entries(one.spec.selector.matchLabels);
        const matches = entries.every(([key, value]) => other.spec.template.metadata.labels[key] === value);
        expect(matches).toBe(one === other);
      }
    }
  });

  test('renders the same twice, and synthesizes what it describes', () => {
    const { app, release } = released(engine);
    const first = app.synthYaml();
    expect(app.synthYaml()).toBe(first);
    expect(objects(first).length).toBeGreaterThan(4);
    const { stages, text } = release.describe();
    expect(stages.map(({ sharePercent }) => sharePercent)).toEqual([0, 5, 25, 100]);
    for (const { name } of stages) expect(text).toContain(`\n${name}: `);
    const total = stages.map(({ stablePods, candidatePods }) => stablePods + candidatePods);
    expect(Math.max(...stages.map(({ lowestPods }) => lowestPods))).toBeLessThanOrEqual(Math.min(...total));
  });

  test('is refused for an app that has a release already', () => {
    const { chart, web } = released(engine);
    const again = () =>
      new p.CanaryRelease(chart, 'again', {
        app: web,
        candidate: CANDIDATE,
        plan: commonPlan(),
        expects: p.Traffic.requestsPerSecond(50),
        engine: ENGINE_ROWS[engine].engine(),
      });
    expect(thrown(again)).toBe(
      '[shop/again] app: shop/web is released by shop/web-release already; keep one of the releases, and change its plan or its engine',
    );
  });
});
