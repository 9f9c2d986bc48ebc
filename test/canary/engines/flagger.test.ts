import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { Manifests } from '../../../lib';
import type { EngineName } from '../../../lib/canary/engines/capabilities';
import { commonPlan, pause, released, successGate, type Variation, weight } from '../../support/releases';

const manifestsOf = (engine: EngineName, variation: Variation = {}) => Manifests.of(released(engine, variation).chart);
const canaryOf = (engine: EngineName, variation: Variation = {}) => manifestsOf(engine, variation).one('Canary').spec;

test('the plan becomes weights and one interval', () => {
  const { analysis } = canaryOf('flagger with istio');
  expect([analysis.interval, analysis.threshold, analysis.stepWeights]).toEqual(['600s', 1, [5, 25]]);
  expect(analysis.metrics).toEqual([
    { name: 'request-success-rate', interval: '600s', thresholdRange: { min: 99.5 } },
    { name: 'request-duration', interval: '600s', thresholdRange: { max: 400 } },
  ]);
  expect(analysis.iterations).toBeUndefined();
});

test('the app and its autoscaler are named, and copied by the controller', () => {
  const { targetRef, autoscalerRef, progressDeadlineSeconds, provider } = canaryOf('flagger with istio');
  expect(targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' });
  expect(autoscalerRef).toEqual({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'web' });
  expect([progressDeadlineSeconds, provider]).toEqual([600, 'istio']);
  expect(canaryOf('flagger with gatewayApi').provider).toBe('gatewayapi:v1');
});

test('the Service of the release has a name of its own, and the app’s hosts', () => {
  const engine = p.CanaryEngine.flagger({
    router: p.CanaryEngine.istio({
      gateways: ['infra/public'],
      hosts: ['shop.example.com'],
      retries: 3,
      timeout: Duration.seconds(9),
    }),
  });
  expect(canaryOf('flagger with istio', { release: { engine } }).service).toEqual({
    name: 'web-release',
    port: 8080,
    targetPort: 'http',
    portName: 'http',
    appProtocol: 'http',
    gateways: ['infra/public', 'mesh'],
    hosts: ['web.shop.svc.cluster.local', 'shop.example.com'],
    retries: { attempts: 3, retryOn: 'connect-failure,refused-stream,unavailable,cancelled,503' },
    timeout: '9s',
  });
});

test('routes of the Gateway API have a parent', () => {
  const { gatewayRefs, hosts } = canaryOf('flagger with gatewayApi').service;
  expect(gatewayRefs).toEqual([{ namespace: 'infra', name: 'public' }]);
  expect(hosts).toEqual(['shop.example.com']);
  const engine = p.CanaryEngine.flagger({ router: p.CanaryEngine.gatewayApi() });
  expect(canaryOf('flagger with gatewayApi', { release: { engine } }).service.gatewayRefs).toEqual([
    { group: '', kind: 'Service', name: 'web', port: 8080 },
  ]);
});

test('what Flagger has no query for is a template of ours', () => {
  const gates = p.CanaryStep.gate(
    p.Gate.latency(p.Quantile.P50, Duration.millis(90)),
    p.Gate.template('errors', { max: 2 }),
    p.Gate.query('queue', 'max(queue[{{window}}])', { max: 7 }),
  );
  const variation = { release: { plan: p.CanaryPlan.of(weight(20), pause(5), gates, weight(100)) } };
  expect(canaryOf('flagger with istio', variation).analysis.metrics).toEqual([
    { name: 'latency-p50', templateRef: { name: 'web-latency-p50' }, interval: '300s', thresholdRange: { max: 90 } },
    { name: 'errors', templateRef: { name: 'errors' }, interval: '300s', thresholdRange: { max: 2 } },
    { name: 'queue', templateRef: { name: 'web-queue' }, interval: '300s', thresholdRange: { max: 7 } },
  ]);
  const [latency, queue] = manifestsOf('flagger with istio', variation).all('MetricTemplate');
  expect(latency.spec.query).toContain('destination_workload="web",');
  expect(latency.spec.query).toContain('[{{ interval }}]');
  expect(queue.spec).toEqual({
    provider: { type: 'prometheus', address: 'http://prometheus.monitoring:9090' },
    query: 'max(queue[{{ interval }}])',
  });
});

test('the app’s own metrics tell the versions apart by their pods', () => {
  const plan = p.CanaryPlan.of(weight(20), pause(5), successGate(), weight(100));
  const [template] = manifestsOf('flagger with gatewayApi', { release: { plan } }).all('MetricTemplate');
  const [, pods] = /pod=~"([^"]*)"/.exec(template.spec.query) ?? [];
  const names = new RegExp(`^(?:${pods})$`);
  expect(names.test('web-5d8c7f9b6-x2x7k')).toBe(true);
  expect(names.test('web-primary-5d8c7f9b6-x2x7k')).toBe(false);
});

test('approvals and load are webhooks', () => {
  const engine = p.CanaryEngine.flagger({
    loadTest: 'hey -z 1m http://web/',
    loadTester: 'http://load.test',
    failedChecks: 3,
  });
  const smoke = p.CanaryStep.gate(p.Gate.webhook('smoke', 'https://ci.example.com/smoke'));
  const plan = p.CanaryPlan.of(
    p.CanaryStep.approval(),
    weight(20),
    pause(5),
    smoke,
    p.CanaryStep.approval(),
    weight(100),
  );
  const { analysis } = canaryOf('flagger with istio', { release: { engine, plan } });
  expect(analysis.threshold).toBe(3);
  expect(analysis.webhooks).toEqual([
    { name: 'approve-start', type: 'confirm-rollout', url: 'http://load.test/gate/check' },
    {
      name: 'load-test',
      type: 'rollout',
      url: 'http://load.test/',
      timeout: '5s',
      metadata: { cmd: 'hey -z 1m http://web/' },
    },
    { name: 'smoke', type: 'rollout', url: 'https://ci.example.com/smoke' },
    { name: 'approve-promotion', type: 'confirm-promotion', url: 'http://load.test/gate/check' },
  ]);
  const bare = { release: { plan: p.CanaryPlan.of(weight(20), pause(5), weight(100)) } };
  expect(canaryOf('flagger with istio', bare).analysis.webhooks).toBeUndefined();
});

test('promotion by hand skips the analysis', () => {
  const at = (stage: p.CanaryStage) => canaryOf('flagger with istio', { release: { stage, plan: commonPlan() } });
  expect(at(p.CanaryStage.promoted()).skipAnalysis).toBe(true);
  expect(at(p.CanaryStage.aborted()).skipAnalysis).toBeUndefined();
});

test('only the number of pods is Flagger’s in what is ours', () => {
  expect(released('flagger with istio').release.controllerFields()).toEqual([
    { group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'] },
  ]);
});
