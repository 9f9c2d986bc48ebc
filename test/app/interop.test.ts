import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { DisruptionGuard, HealthCheck, Manifests, ProductionApp, Resources, WebApp, Worker } from '../../lib';
import { chartIn, stderrOf, thrown, WEB, web } from '../support/apps';

const INSTANCE = { 'app.kubernetes.io/instance': 'web' };

test('a Service of cdk8s-plus selects all variants of our app, and an Ingress leads to it', () => {
  const { chart } = chartIn();
  const service = new kplus.Service(chart, 'service', {
    selector: web(chart),
    ports: [{ port: 80, targetPort: 8080 }],
  });
  const ingress = new kplus.Ingress(chart, 'ingress');
  ingress.addRule('/', kplus.IngressBackend.fromService(service));
  const manifests = Manifests.of(chart);
  expect(manifests.one('Service', service.name).spec.selector).toEqual(INSTANCE);
  expect(manifests.one('Ingress').spec.rules[0].http.paths[0].backend.service.name).toBe(service.name);
});

test('a NetworkPolicy of cdk8s-plus takes our app as its pods and as a peer', () => {
  const { chart } = chartIn();
  const app = web(chart);
  const worker = new Worker(chart, 'mailer', {
    image: 'registry.example.com/mailer:1',
    resources: Resources.request({ cpuMillis: 10, memory: Size.mebibytes(32) }),
    health: HealthCheck.exitsOnFatal(),
  });
  const policy = new kplus.NetworkPolicy(chart, 'policy', { selector: app });
  policy.addIngressRule(worker, [kplus.NetworkPolicyPort.tcp(8080)]);
  const { spec } = Manifests.of(chart).one('NetworkPolicy');
  expect(spec.podSelector).toEqual({ matchLabels: INSTANCE });
  expect(spec.ingress[0].from).toEqual([
    {
      podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'mailer' } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
    },
  ]);
});

test('a NetworkPolicy in another namespace finds our app in its own', () => {
  const { app, chart } = chartIn();
  const peer = web(chart);
  const ops = new Chart(app, 'ops', { namespace: 'ops' });
  new kplus.NetworkPolicy(ops, 'policy', {
    selector: kplus.Pods.select(ops, 'pods', { labels: { app: 'db' } }),
    ingress: { rules: [{ peer }] },
  });
  new kplus.NetworkPolicy(ops, 'of-the-app', { selector: peer, egress: { rules: [{ peer }] } });
  const [ours, theirs] = ['of-the-app', 'policy'].map((id) =>
    Manifests.of(ops.node.findChild(id) as Construct).one('NetworkPolicy'),
  );
  expect(theirs.metadata.namespace).toBe('ops');
  expect(theirs.spec.ingress[0].from[0].namespaceSelector.matchLabels).toEqual({
    'kubernetes.io/metadata.name': 'shop',
  });
  expect(ours.metadata.namespace).toBe('shop');
  expect(ours.spec).toMatchObject({ podSelector: { matchLabels: INSTANCE }, egress: [{ to: [{}] }] });
});

test('an app in a chart without a namespace is a peer in the namespace of the policy', () => {
  const chart = new Chart(new ProductionApp(), 'shop');
  const app = web(chart);
  new kplus.NetworkPolicy(chart, 'policy', { selector: app, ingress: { rules: [{ peer: app }] } });
  const { spec, metadata } = Manifests.of(chart).one('NetworkPolicy');
  expect(metadata).not.toHaveProperty('namespace');
  expect(spec.ingress[0].from).toEqual([{ podSelector: { matchLabels: INSTANCE } }]);
});

test('a HorizontalPodAutoscaler of cdk8s-plus takes the number of pods over', () => {
  const { app, chart } = chartIn();
  const target = web(chart);
  expect(target.hasAutoscaler).toBe(false);
  new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target, minReplicas: 2, maxReplicas: 5 });
  expect(target.hasAutoscaler).toBe(true);
  const manifests = Manifests.of(chart);
  expect(manifests.one('Deployment').spec).not.toHaveProperty('replicas');
  expect(manifests.one('HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
  });
  expect(stderrOf(() => app.synthYaml())).toBe('');
});

test('beside replicas that you gave, cdk8s-plus refuses its autoscaler, as it does for its own', () => {
  const { app, chart } = chartIn();
  const target = new WebApp(chart, 'web', { ...WEB, replicas: 3 });
  new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target, maxReplicas: 5 });
  expect(thrown(() => app.synthYaml())).toContain(
    'HorizontalPodAutoscaler target cannot have a fixed number of replicas (3).',
  );
});

test('a second autoscaler is refused when it is attached', () => {
  const { chart } = chartIn();
  const target = web(chart);
  new kplus.HorizontalPodAutoscaler(chart, 'one', { target, maxReplicas: 5 });
  expect(thrown(() => new kplus.HorizontalPodAutoscaler(chart, 'two', { target, maxReplicas: 9 }))).toBe(
    '[shop/web] replicas: a HorizontalPodAutoscaler of cdk8s-plus and a HorizontalPodAutoscaler of cdk8s-plus both decide the number of pods; keep one of them',
  );
});

test('a guard covers a Deployment and a StatefulSet of cdk8s-plus, by whatever they select', () => {
  const chart = new Chart(new ProductionApp(), 'shop');
  const deployment = new kplus.Deployment(chart, 'deployment', { containers: [{ image: 'a:1' }] });
  const service = new kplus.Service(chart, 'service', { ports: [{ port: 80 }] });
  const set = new kplus.StatefulSet(chart, 'set', { service, containers: [{ image: 'a:1', portNumber: 80 }] });
  new DisruptionGuard(chart, 'one', { protects: deployment });
  new DisruptionGuard(chart, 'two', { protects: set });
  const manifests = Manifests.of(chart);
  const labels = (kind: string) => manifests.one(kind).spec.template.metadata.labels;
  expect(labels('Deployment')).toMatchObject(manifests.one('PodDisruptionBudget', 'one').spec.selector.matchLabels);
  expect(labels('StatefulSet')).toMatchObject(manifests.one('PodDisruptionBudget', 'two').spec.selector.matchLabels);
});

test('a guard covers what expressions select, and refuses what selects everything', () => {
  const chart = new Chart(new ProductionApp(), 'shop');
  const expressions = [kplus.LabelExpression.in('app', ['a', 'b'])];
  new DisruptionGuard(chart, 'some', { protects: kplus.Pods.select(chart, 'pods', { expressions }) });
  expect(Manifests.of(chart).one('PodDisruptionBudget').spec.selector).toEqual({
    matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }],
  });
  const all = new DisruptionGuard(chart, 'all', { protects: kplus.Pods.all(chart, 'everything') });
  expect(thrown(() => Manifests.of(all))).toBe(
    '[shop/all] protects: it selects every pod of the namespace; select by labels',
  );
});
