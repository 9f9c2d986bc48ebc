import { calledServices, callsServices } from '../../../lib/facts';

test.each([
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', true],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', true],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', false],
  ['apiregistration.k8s.io/v1', 'APIService', true],
  ['apiregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', false],
  ['example.com/v1', 'APIService', false],
  ['', 'APIService', false],
])('%j %s makes the API server call a Service: %s', (apiVersion, kind, calls) => {
  expect(callsServices({ apiVersion, kind })).toBe(calls);
});

test('an aggregated API is called at the port of its Service, 443 where nothing is said', () => {
  const service = { namespace: 'monitoring', name: 'adapter' };
  expect(calledServices({ spec: { service } })).toEqual([{ field: 'spec.service', ...service, port: 443 }]);
  expect(calledServices({ spec: { service: { ...service, port: 6443 } } })).toEqual([
    { field: 'spec.service', ...service, port: 6443 },
  ]);
});

test('of webhooks each may call another one, and what is called by its address is no Service', () => {
  const first = { namespace: 'kyverno', name: 'kyverno-svc', port: 9443 };
  const second = { namespace: 'istio-system', name: 'istiod' };
  const webhooks = [
    { clientConfig: { service: first } },
    { clientConfig: { url: 'https://example.com' } },
    { clientConfig: { service: second } },
  ];
  expect(calledServices({ webhooks })).toEqual([
    { field: 'webhooks[0].clientConfig.service', ...first },
    { field: 'webhooks[2].clientConfig.service', ...second, port: 443 },
  ]);
});

test('what has no name, or no namespace, is none', () => {
  expect(calledServices({ spec: { service: { name: 'adapter' } } })).toEqual([]);
  expect(calledServices({ spec: { service: { namespace: 'monitoring' } } })).toEqual([]);
  expect(calledServices({ spec: { service: null } })).toEqual([]);
  expect(calledServices({})).toEqual([]);
});
