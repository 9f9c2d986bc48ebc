import { flaggerOutsideMesh as rule } from '../../../lib/rules/canary/flagger-outside-mesh';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Canary web: canary/flagger-outside-mesh: spec.provider: no workload of namespace default is in the mesh, so that no proxy applies the weights, and the new version gets no request; label the namespace istio-injection: enabled, or name a gateway in spec.service.gateways',
  ]);
});

test('the gateway mesh is none', () => {
  expect(vary('service: { port', 'service: { gateways: [mesh], port').length).toBe(1);
});

test.each([
  ['provider: istio', 'provider: kubernetes'],
  ['provider: istio', 'provider: linkerd'],
  ['  provider: istio\n', ''],
  ['service: { port', 'service: { gateways: [infra/public], port'],
  ['stepWeight: 10', 'iterations: 10'],
  ['istio-injection: disabled', 'other: label'],
])('%j as %j: callers may be in a mesh, or none is needed', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});
