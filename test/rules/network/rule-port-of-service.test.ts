import { rulePortOfService as rule } from '../../../lib/rules/network/rule-port-of-service';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));
const RULE = '{ action: Allow, protocol: TCP, destination: { ports: [80] } }';
const leaving = varied(
  varied(rule.bad, 'types: [Ingress]\n  ingress:', 'types: [Egress]\n  egress:'),
  RULE,
  '{ action: Allow, protocol: TCP, destination: { selector: "app == \'web\'", ports: [80] } }, { action: Allow, destination: { ports: [53] }, protocol: UDP }',
);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: network/rule-port-of-service: spec.ingress[0].destination.ports[0]: 80 is the port of Service web, which sends requests on to port 8080 of default/web, so that they are denied; use 8080, the port of the pods',
  ]);
});

test('the other end of a connection is looked at too', () => {
  expect(findingsOf(rule, leaving).filter((line) => line.includes('spec.egress[0]')).length).toBe(1);
  expect(findingsOf(rule, varied(leaving, "app == 'web'\", ports", "app == 'api'\", ports"))).toEqual([]);
  expect(findingsOf(rule, varied(leaving, 'ports: [80]', 'ports: [80, 8080]'))).toEqual([]);
});

test.each([
  [RULE, `${RULE}, { action: Allow, protocol: TCP, destination: { ports: [8080] } }`, 0],
  [RULE, `${RULE}, { action: Allow }`, 0],
  [RULE, `${RULE}, { action: Deny, protocol: TCP, destination: { ports: [8080] } }`, 1],
  [RULE, '{ action: Deny, protocol: TCP, destination: { ports: [80] } }', 0],
  ['[80]', '["80"]', 0],
  ['[80]', '[81]', 0],
  ['[80]', '["80:90"]', 0],
  ['ports: [{ port: 80, targetPort: 8080 }]', 'clusterIP: None, ports: [{ port: 80, targetPort: 8080 }]', 0],
  ['ports: [{ port: 80, targetPort: 8080 }]', 'ports: [{ port: 80 }]', 0],
  ['ports: [{ containerPort: 8080 }]', 'ports: [{ containerPort: 8080 }, { containerPort: 80 }]', 0],
])('%j as %j: %d', (from, to, found) => {
  expect(vary(from, to).length).toBe(found);
});

test('a policy of another namespace is about other pods', () => {
  expect(
    vary(
      'kind: NetworkPolicy\nmetadata: { name: web }',
      'kind: NetworkPolicy\nmetadata: { name: web, namespace: other }',
    ),
  ).toEqual([]);
});

test('a second policy of the same pods may open their port', () => {
  const second = (port: number) => `---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: second }
spec: { selector: all(), types: [Ingress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [${port}] } }] }
`;
  expect(findingsOf(rule, rule.bad + second(8080))).toEqual([]);
  expect(findingsOf(rule, rule.bad + second(9090))).toHaveLength(1);
});

test('in an ambient mesh policies see the port of the tunnel', () => {
  const ambient = `---
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { istio.io/dataplane-mode: ambient } }
`;
  expect(findingsOf(rule, rule.bad + ambient)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(ambient, 'ambient }', 'none }'))).toHaveLength(1);
});

test('of several workloads one with the port is enough', () => {
  const twin = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: twin }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1.0", ports: [{ containerPort: 80 }] }] }
`;
  expect(findingsOf(rule, rule.bad + twin)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(twin, 'containerPort: 80 ', 'containerPort: 81 '))).toHaveLength(1);
});

test('a Service that keeps the port hides no other one that does not', () => {
  const keeping = `apiVersion: v1
kind: Service
metadata: { name: keeping }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---`;
  expect(findingsOf(rule, `${keeping}${rule.bad}`)).toEqual([
    expect.stringContaining('80 is the port of Service web, which sends requests on to port 8080'),
  ]);
});
