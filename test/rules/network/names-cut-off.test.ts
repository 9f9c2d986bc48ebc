import { namesCutOff as rule } from '../../../lib/rules/network/names-cut-off';
import { findingsOf, varied } from '../../support/rules';

const DNS = (protocol: string, ports: string) =>
  `    - { action: Allow, protocol: ${protocol}, destination: { ports: ${ports} } }\n`;
const withRules = (...rules: string[]) => findingsOf(rule, rule.bad + rules.join(''));
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `NetworkPolicy web: network/names-cut-off: spec.egress: the pods of default/web may connect to what is allowed, which is not port 53 of the DNS server over UDP and TCP, so that they find nobody by name; add to egress: { action: Allow, protocol: UDP, destination: { namespaceSelector: "kubernetes.io/metadata.name == 'kube-system'", ports: [53] } }, and the same for TCP`,
  ]);
});

test('both protocols are needed', () => {
  expect(withRules(DNS('UDP', '[53]')).length).toBe(1);
  expect(withRules(DNS('TCP', '[53]')).length).toBe(1);
  expect(withRules(DNS('UDP', '[53]'), DNS('TCP', '[53]'))).toEqual([]);
  expect(withRules(DNS('UDP', '["50:53"]'), DNS('TCP', '["53:60"]'))).toEqual([]);
  expect(withRules(DNS('UDP', '["50:52"]'), DNS('TCP', '["53:60"]')).length).toBe(1);
  expect(withRules(DNS('UDP', '["54:60"]'), DNS('TCP', '["53:60"]')).length).toBe(1);
  expect(withRules(DNS('UDP', '[dns]'), DNS('TCP', '[dns-tcp]'))).toEqual([]);
  expect(withRules(DNS('UDP', '[web]'), DNS('TCP', '[web]')).length).toBe(1);
});

test.each([
  ['    - { action: Allow, protocol: TCP,', '    - { action: Allow }\n    - { action: Allow, protocol: TCP,', 0],
  ['    - { action: Allow, protocol: TCP,', '    - { action: Pass }\n    - { action: Allow, protocol: TCP,', 0],
  ['    - { action: Allow, protocol: TCP,', '    - { action: Log }\n    - { action: Allow, protocol: TCP,', 1],
  ['    - { action: Allow, protocol: TCP,', '    - { action: Deny, protocol: TCP,', 0],
  ['types: [Egress]', 'types: [Ingress]', 0],
  ['    spec:\n', '    spec:\n      dnsPolicy: None\n', 0],
  ['    spec:\n', '    spec:\n      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n', 0],
  ['    spec:\n', '    spec:\n      dnsPolicy: Default\n', 0],
])('%j as %j: %d', (from, to, found) => {
  expect(vary(from, to).length).toBe(found);
});

test('the last policy that looks at the pods is named, once', () => {
  const two = `${rule.bad}---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: zero }
spec: { order: 1, selector: all(), types: [Egress], egress: [{ action: Allow, protocol: TCP, destination: { ports: [1] } }] }
`;
  expect(findingsOf(rule, two)).toEqual([expect.stringContaining('NetworkPolicy web:')]);
});

test('a cache on the node has addresses of its own', () => {
  const cache = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-local-dns, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: node-local-dns } }
  template:
    metadata: { labels: { k8s-app: node-local-dns } }
    spec: { containers: [{ name: cache, image: "cache:1.0" }] }
`;
  expect(findingsOf(rule, rule.bad + cache)).toEqual([]);
});
