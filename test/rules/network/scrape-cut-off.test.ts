import { scrapeCutOff as rule } from '../../../lib/rules/network/scrape-cut-off';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'PodMonitor web: network/scrape-cut-off: spec.podMetricsEndpoints[0]: asks port 9090 of Deployment web, where policies let nobody in; allow it from Prometheus: { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }], ports: [{ port: 9090 }] }',
  ]);
});

test.each([
  ['[{ port: 8080 }]', '[{ port: metrics }]', 0],
  ['[{ port: 8080 }]', '[{ port: 9000, endPort: 9090 }]', 0],
  ['[{ port: 8080 }]', '[{ port: 9000, endPort: 9089 }]', 1],
  ['[{ port: 8080 }]', '[{ port: 9091, endPort: 9099 }]', 1],
  ['[{ port: 8080 }]', '[{ port: 9090, protocol: UDP }]', 1],
  ['[{ ports: [{ port: 8080 }] }]', '[{}]', 0],
  ['[{ ports: [{ port: 8080 }] }]', '[{ from: [{ podSelector: {} }] }]', 0],
  ['[{ ports: [{ port: 8080 }] }]', '[]', 1],
  ['policyTypes: [Ingress]', 'policyTypes: [Egress]', 0],
  ['    spec:\n      containers', '    spec:\n      hostNetwork: true\n      containers', 0],
  ['Endpoints: [{ port: metrics }]', 'Endpoints: [{ port: other }]', 0],
])('%j as %j: %d', (from, to, found) => {
  expect(findingsOf(rule, varied(rule.bad, from, to)).length).toBe(found);
});

test('policies of Calico add up', () => {
  const calico = (action: string) => `${rule.bad}---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: metrics }
spec: { order: 10, selector: all(), types: [Ingress], ingress: [{ action: ${action}, protocol: TCP, destination: { ports: [9090] } }] }
`;
  expect(findingsOf(rule, calico('Allow'))).toEqual([]);
  expect(findingsOf(rule, calico('Pass'))).toEqual([]);
  expect(findingsOf(rule, calico('Deny')).length).toBe(1);
});

test('in an ambient mesh policies see another port', () => {
  const ambient = `${rule.bad}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { istio.io/dataplane-mode: ambient } }\n`;
  expect(findingsOf(rule, ambient)).toEqual([]);
  expect(vary('app: web } }\n  policyTypes', 'app: api } }\n  policyTypes')).toEqual([]);
});
