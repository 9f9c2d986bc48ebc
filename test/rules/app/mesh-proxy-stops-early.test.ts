import { meshProxyStopsEarly as rule } from '../../../lib/rules/app/mesh-proxy-stops-early';
import { findingsOf, varied } from '../../support/rules';

const line = (proxy: number, total: number, delay: number) =>
  `Deployment web: app/mesh-proxy-stops-early: spec.template.metadata.annotations[proxy.istio.io/config]: the proxy closes all connections ${proxy}s after the pod is told to stop, but the app needs them for ${total}s (delay ${delay}s + drain ${total - delay}s), so that they are cut off; add terminationDrainDuration: ${total}s to the annotation, or proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true" }`;

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(5, 20, 0)]);
});

test('the delay counts too, and one second too few is found', () => {
  const delayed = (yaml: string) =>
    varied(yaml, 'image: "web:1.0"', 'image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 8 } } }');
  expect(findingsOf(rule, delayed(rule.bad))).toEqual([line(5, 28, 8)]);
  expect(findingsOf(rule, varied(delayed(rule.bad), 'cdk8s-patterns/drain: 20s', 'note: x'))).toEqual([line(5, 8, 8)]);
  expect(findingsOf(rule, delayed(rule.good))).toEqual([line(20, 28, 8)]);
  expect(findingsOf(rule, varied(rule.good, '"20s"', '"19s"'))).toEqual([line(19, 20, 0)]);
});

test.each([
  ['cdk8s-patterns/drain: 20s', 'cdk8s-patterns/drain: 5s'],
  ['cdk8s-patterns/drain: 20s', 'cdk8s-patterns/role: worker'],
  ['"holdApplicationUntilProxyStarts": true', '"terminationDrainDuration": "1m"'],
  ['"holdApplicationUntilProxyStarts": true', '"proxyMetadata": { "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true" }'],
  ['"true" }', '"false" }'],
  ['containers: [{ name: web, image: "web:1.0" }]', 'containers: []'],
])('with %j written as %j nothing is cut off, as far as one sees', (from, to) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toEqual([]);
});

test('only a proxy that is surely an ordinary container stops beside the app', () => {
  expect(findingsOf(rule, rule.bad, { istio: '1.27' })).toEqual([]);
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
});
