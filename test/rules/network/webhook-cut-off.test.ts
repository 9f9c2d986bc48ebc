import { webhookCutOff as rule } from '../../../lib/rules/network/webhook-cut-off';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'ValidatingWebhookConfiguration guard: network/webhook-cut-off: webhooks[0].clientConfig.service: the API server calls Service guard, and policies let nobody in at port 9443 of DaemonSet guard; allow port 9443 from the addresses of the API server',
  ]);
});

test('webhooks that change, and aggregated APIs, are called too', () => {
  expect(vary('ValidatingWebhook', 'MutatingWebhook').length).toBe(1);
  const api = `${rule.bad.split('apiVersion: admissionregistration')[0]}apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.example.com }
spec: { service: { namespace: default, name: guard }, group: example.com, version: v1 }
`;
  expect(findingsOf(rule, api)).toEqual([expect.stringContaining('spec.service: the API server calls Service guard')]);
});

test.each([
  ['name: guard } }\n', 'name: guard, port: 443 } }\n', 1],
  ['name: guard } }\n', 'name: guard, port: 8443 } }\n', 0],
  ['{ namespace: default, name: guard } }\n', '{ namespace: other, name: guard } }\n', 0],
  [
    'clientConfig: { service: { namespace: default, name: guard } }',
    'clientConfig: { url: "https://guard.example.com" }',
    0,
  ],
  ['ports: [{ port: 8080 }]', 'ports: [{ port: 9443 }]', 0],
])('%j as %j: %d', (from, to, found) => {
  expect(vary(from, to).length).toBe(found);
});
