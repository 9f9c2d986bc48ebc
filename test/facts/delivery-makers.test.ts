import type { WorkloadFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

const canary = (name: string, more = '') =>
  `{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: ${name} }, spec: { targetRef: { kind: Deployment, name: ${name} }, ${more} } }\n---\n`;

const workload = (kind: string, name: string, metadata = '') =>
  `{ apiVersion: ${kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}, kind: ${kind}, metadata: { name: ${name}, ${metadata} } }\n---\n`;

test('the Canary that releases a workload has its kind, name and namespace', () => {
  const world = worldOf(
    canary('web') +
      workload('Deployment', 'web') +
      workload('StatefulSet', 'web') +
      workload('Deployment', 'api') +
      workload('Deployment', 'web', 'namespace: ops'),
  );
  expect(world.workloads.map((one) => world.delivery.canaryOf(one)?.name)).toEqual([
    'web',
    undefined,
    undefined,
    undefined,
  ]);
});

test('who makes a Service, and what else is made', () => {
  const { delivery } = worldOf(canary('web'));
  expect(
    ['web', 'web-primary', 'web-canary', 'web-next'].map((name) => delivery.makerOf('default', name)?.name),
  ).toEqual(['web', 'web', 'web', undefined]);
  expect(delivery.makerOf('ops', 'web')).toBeUndefined();
  expect(delivery.isMade('default', 'Deployment/web-primary')).toBe(true);
  expect(delivery.isMade('ops', 'Deployment/web-primary')).toBe(false);
  expect(delivery.isMade('default', 'Deployment/web')).toBe(false);
});

test('what is made although it is in the input belongs to its Canary', () => {
  const service = (name: string) => `{ apiVersion: v1, kind: Service, metadata: { name: ${name} } }\n---\n`;
  const { delivery } = worldOf(
    service('api') +
      canary('web') +
      canary('api') +
      service('web-canary') +
      workload('Deployment', 'web-primary') +
      '{ apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: web } }',
  );
  const names = delivery.canaries.map((one) => delivery.overwrittenBy(one).map(({ kind, name }) => `${kind} ${name}`));
  expect(names).toEqual([['Service web-canary', 'Deployment web-primary'], ['Service api']]);
});

const rollout = (name: string, spec: string) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: ${name} }, spec: ${spec} }\n---\n`;

test('the Rollouts that write the selector of a Service', () => {
  const { delivery } = worldOf(
    rollout('a', '{ strategy: { canary: { stableService: web, canaryService: next } } }') +
      rollout('b', '{ strategy: { blueGreen: { activeService: web } } }') +
      rollout('c', '{ strategy: { canary: { pingPong: { pingService: ping, pongService: pong } } } }'),
  );
  const writers = (namespace: string, service: string) =>
    delivery.rolloutsWith(namespace, service).map(({ name }) => name);
  expect(writers('default', 'web')).toEqual(['a', 'b']);
  expect(['next', 'ping', 'pong', 'other'].map((name) => writers('default', name))).toEqual([['a'], ['c'], ['c'], []]);
  expect(writers('ops', 'web')).toEqual([]);
});

test('the Rollout that runs the template of a Deployment', () => {
  const world = worldOf(
    workload('Deployment', 'web') +
      workload('ReplicaSet', 'web') +
      workload('Deployment', 'api') +
      workload('Deployment', 'old') +
      rollout('shop', '{ workloadRef: { kind: Deployment, name: web } }') +
      rollout('set', '{ workloadRef: { kind: ReplicaSet, name: api } }') +
      rollout('plain', '{ workloadRef: { name: old } }'),
  );
  const runners = world.workloads.slice(0, 4).map((one: WorkloadFact) => world.delivery.rolloutOf(one)?.name);
  expect(runners).toEqual(['shop', undefined, undefined, 'plain']);
});

test('where the pods of a Rollout are described', () => {
  const world = worldOf(
    workload('Deployment', 'web') +
      workload('ReplicaSet', 'api') +
      rollout('own', '{}') +
      rollout('shop', '{ workloadRef: { kind: Deployment, name: web } }') +
      rollout('set', '{ workloadRef: { kind: ReplicaSet, name: api } }') +
      rollout('gone', '{ workloadRef: { kind: Deployment, name: api } }'),
  );
  const templates = world.delivery.rollouts.map((one) => {
    const template = world.templateOf(one);
    return template && `${template.kind} ${template.name}`;
  });
  expect(templates).toEqual(['Rollout own', 'Deployment web', 'ReplicaSet api', undefined]);
});

describe('the copy that serves in place of a target', () => {
  const target = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web, part: shop } } }
---
`;
  const budget = (name: string, labels: string) =>
    `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: ${name} }, spec: { selector: { matchLabels: ${labels} } } }\n---\n`;
  const world = worldOf(
    target +
      canary('web') +
      budget('target', '{ app: web }') +
      budget('copy', '{ app: web-primary }') +
      budget('both', '{ part: shop }') +
      '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web-primary } } }',
  );

  test('is selected by its own label and by those that both bear', () => {
    const [workload] = world.workloads as [WorkloadFact];
    expect(world.budgetsOf(workload).map(({ name }) => name)).toEqual(['target', 'both']);
    expect(world.budgetsOfCopy(workload).map(({ name }) => name)).toEqual(['copy', 'both']);
    expect(world.selectingPrimaryOf(workload).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'PodDisruptionBudget copy',
      'PodDisruptionBudget both',
      'Service web',
    ]);
  });

  test('leads back to its target', () => {
    expect(world.budgets.map((one) => world.flaggerTargetsOf(one).map(({ name }) => name))).toEqual([
      [],
      ['web'],
      ['web'],
    ]);
  });

  test('is not there without a Canary', () => {
    const alone = worldOf(target + budget('copy', '{ app: web-primary }'));
    expect(alone.flaggerTargetsOf(alone.budgets[0] as never)).toEqual([]);
    expect(alone.budgetsOfCopy(alone.workloads[0] as never)).toEqual([]);
  });
});

test('an autoscaler is found by what it scales, also where that is not in the input', () => {
  const world = worldOf(
    '{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: cpu }, spec: { scaleTargetRef: { kind: Deployment, name: web } } }',
  );
  const scalers = (namespace: string, kind: string) => world.autoscalersOf({ namespace, kind, name: 'web' });
  expect(scalers('default', 'Deployment').map(({ name }) => name)).toEqual(['cpu']);
  expect([...scalers('ops', 'Deployment'), ...scalers('default', 'DaemonSet')]).toEqual([]);
});
