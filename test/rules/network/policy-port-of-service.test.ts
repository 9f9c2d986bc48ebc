import { policyPortOfService as rule } from '../../../lib/rules/network/policy-port-of-service';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: network/policy-port-of-service: spec.ingress[0].ports[0].port: 80 is the port of Service web, which sends requests on to port 8080 of DaemonSet web, so that they are dropped; use 8080, the port of the pods',
  ]);
});

const PORT = 'ports: [{ port: 80 }]';

test.each([
  ['targetPort: http', 'targetPort: 8080', 1],
  ['targetPort: http', 'targetPort: 80', 0],
  ['targetPort: http', 'targetPort: none', 0],
  ['targetPort: http', 'protocol: UDP, targetPort: http', 0],
  ['port: 80, targetPort: http', 'port: 81, targetPort: http', 0],
  ['  selector: { app: web }\n', '  selector: { app: api }\n', 0],
  ['  selector: { app: web }\n', '  clusterIP: None\n  selector: { app: web }\n', 0],
  ['containerPort: 8080 }', 'containerPort: 8080 }, { containerPort: 80 }', 0],
  ['name: http, containerPort: 8080 }', 'name: http, containerPort: 8080 }, { containerPort: 8080, protocol: UDP }', 1],
  [PORT, 'ports: [{ port: 80, protocol: UDP }]', 0],
  [PORT, 'ports: [{ port: 80, protocol: TCP }]', 1],
  [PORT, 'ports: [{ port: 80, endPort: 90 }]', 0],
  [PORT, 'ports: [{ port: 80 }, { port: 8080 }]', 0],
  [PORT, 'ports: [{ port: 80 }, { port: 8080, protocol: UDP }]', 1],
  [PORT, 'ports: [{ port: 80 }, { port: 8000, endPort: 9000 }]', 0],
  [PORT, 'ports: [{ port: 80 }, { port: http }]', 0],
  [PORT, 'ports: [{ port: 80 }, { port: admin }]', 1],
  [PORT, 'ports: [{ port: "80" }]', 0],
  [PORT, 'ports: [{}]', 0],
  ['[{ ports: [{ port: 80 }] }]', '[{ ports: [{ port: 80 }] }, { from: [{ podSelector: {} }] }]', 0],
  ['containers:', 'hostNetwork: true\n      containers:', 0],
  ['labels: { app: web }', 'labels: { app: web, istio.io/dataplane-mode: ambient }', 0],
  ['[Ingress]', '[Egress]', 0],
])('with %j written as %j: %i findings', (from, to, count) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toHaveLength(count);
});

test('a port without a number is none of a Service', () => {
  const blank = varied(rule.bad, 'port: 80, targetPort: http', 'targetPort: http');
  expect(findingsOf(rule, varied(blank, PORT, 'ports: [{ protocol: TCP }]'))).toEqual([]);
});

const policy = (spec: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: more }
spec: ${spec}
`;

test.each([
  ['{ podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] }', 0],
  ['{ podSelector: { matchLabels: { app: api } }, ingress: [{ ports: [{ port: 8080 }] }] }', 1],
  ['{ podSelector: {}, policyTypes: [Egress], ingress: [{ ports: [{ port: 8080 }] }] }', 1],
  ['{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 8080 }] }] }', 1],
])('beside the policy %s: %i findings, since policies add up', (spec, count) => {
  expect(findingsOf(rule, rule.bad + policy(spec)).filter((line) => line.startsWith('NetworkPolicy web'))).toHaveLength(
    count,
  );
});

test('of several workloads the one is named whose requests are dropped', () => {
  const [daemonSet = '', service = ''] = rule.bad.split('---');
  const api = [daemonSet, service].map((text) =>
    text.replaceAll('web', 'api').replaceAll('app: api', 'app: api, tier: front'),
  );
  const world = varied(rule.bad, 'app: web }', 'app: web, tier: front }').replace(
    'podSelector: { matchLabels: { app: web, tier: front } }',
    'podSelector: { matchLabels: { tier: front } }',
  );
  const open = policy('{ podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 8080 }] }] }');
  expect(findingsOf(rule, `${world}---${api.join('---')}${open}`)).toEqual([
    expect.stringContaining('80 is the port of Service api, which sends requests on to port 8080 of DaemonSet api'),
  ]);
});

const egress = (peers: string, ports = '{ port: 80 }') =>
  rule.bad.slice(0, rule.bad.lastIndexOf('---')) +
  policy(
    `{ podSelector: { matchLabels: { app: front } }, policyTypes: [Egress], egress: [{ to: [${peers}], ports: [${ports}] }] }`,
  );
const WEB = '{ podSelector: { matchLabels: { app: web } } }';
const FRONT = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: front }
spec:
  selector: { matchLabels: { app: front } }
  template:
    metadata: { labels: { app: front } }
    spec:
      containers: [{ name: front, image: "front:1.0" }]
`;

test('of egress the ports are those of the peers', () => {
  expect(findingsOf(rule, egress(WEB) + FRONT)).toEqual([
    'NetworkPolicy more: network/policy-port-of-service: spec.egress[0].ports[0].port: 80 is the port of Service web, which sends requests on to port 8080 of DaemonSet web, so that they are dropped; use 8080, the port of the pods',
  ]);
  expect(findingsOf(rule, egress(WEB, '{ port: 8080 }') + FRONT)).toEqual([]);
  expect(findingsOf(rule, egress(`${WEB}, { ipBlock: { cidr: 10.0.0.0/8 } }`) + FRONT)).toEqual([]);
});

test('other policies of the pods that send the requests count, not those of the pods that take them', () => {
  const more = (app: string) =>
    policy(
      `{ podSelector: { matchLabels: { app: ${app} } }, policyTypes: [Egress], egress: [{ ports: [{ port: 8080 }] }] }`,
    );
  expect(findingsOf(rule, egress(WEB) + FRONT + more('front'))).toEqual([]);
  expect(findingsOf(rule, egress(WEB) + FRONT + more('web'))).toHaveLength(1);
});

test('pods that send requests and are not in the input may have any policy', () => {
  expect(findingsOf(rule, egress(WEB))).toHaveLength(1);
  expect(findingsOf(rule, egress(WEB, '{ port: 80 }, { port: 8080 }'))).toEqual([]);
});

test('a name of another port of the pods opens another port', () => {
  const two = varied(rule.bad, 'containerPort: 8080 }', 'containerPort: 8080 }, { name: admin, containerPort: 9090 }');
  expect(findingsOf(rule, varied(two, PORT, 'ports: [{ port: 80 }, { port: admin }]'))).toHaveLength(1);
});

test('a target that is no port leads nowhere', () => {
  const unnamed = varied(
    varied(rule.bad, 'name: http, containerPort', 'containerPort'),
    'port: http }',
    'port: 8080 }',
  );
  expect(findingsOf(rule, varied(unnamed, 'targetPort: http', 'targetPort: 8080'))).toHaveLength(1);
  expect(findingsOf(rule, varied(unnamed, 'targetPort: http', 'targetPort: {}'))).toEqual([]);
});

test('a port that one of several workloads declares is meant for that one', () => {
  const wide = varied(rule.bad, 'podSelector: { matchLabels: { app: web } }', 'podSelector: {}');
  expect(findingsOf(rule, wide + FRONT)).toHaveLength(1);
  const declared = varied(FRONT, 'image: "front:1.0"', 'image: "front:1.0", ports: [{ containerPort: 80 }]');
  expect(findingsOf(rule, wide + declared)).toEqual([]);
});
