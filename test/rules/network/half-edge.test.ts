import { halfEdge as rule } from '../../../lib/rules/network/half-edge';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: network/half-edge: spec.egress[0]: opens the way to api, whose policies (NetworkPolicy api) do not let web in at port 8080/TCP; allow web in a policy of api too, or remove this rule',
  ]);
});

test('another port is as closed as another source', () => {
  const port = varied(
    varied(rule.bad, 'app: frontend', 'app: web'),
    '} } }], ports: [{ port: 8080 }]',
    '} } }], ports: [{ port: 9090 }]',
  );
  expect(findingsOf(rule, port)).toEqual([expect.stringContaining('do not let web in at port 8080/TCP')]);
});

test('one open port of several is enough', () => {
  expect(
    vary('ports: [{ port: 8080 }]\n    - ports', 'ports: [{ port: 8080 }, { port: 9090 }]\n    - ports').length,
  ).toBe(1);
  const second = varied(
    varied(rule.bad, 'app: frontend', 'app: web'),
    'ports: [{ port: 8080 }]\n    - ports',
    'ports: [{ port: 1 }, { port: 8080 }]\n    - ports',
  );
  expect(findingsOf(rule, second)).toEqual([]);
});

test('without ports those count that the containers name', () => {
  expect(vary('      ports: [{ port: 8080 }]\n    - ports', '    - ports')).toEqual([
    expect.stringContaining('at port 8080/TCP'),
  ]);
});

test.each([
  ['podSelector: { matchLabels: { app: api } } }]\n', 'podSelector: {} }]\n'],
  ['podSelector: { matchLabels: { app: api } } }]\n', 'podSelector: { matchLabels: { app: elsewhere } } }]\n'],
  ['to: [{ podSelector: { matchLabels: { app: api } } }]', 'to: [{ ipBlock: { cidr: 10.0.0.0/8 } }]'],
  [
    'to: [{ podSelector: { matchLabels: { app: api } } }]',
    'to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: api } } }]',
  ],
  ['ports: [{ port: 8080 }]\n    - ports', 'ports: [{ port: metrics }]\n    - ports'],
])('%j as %j names nothing that could be closed', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('another policy may let it in, of Calico too', () => {
  const calico = `---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: open }
spec: { order: 10, selector: "app == 'api'", types: [Ingress], ingress: [{ action: Allow }] }
`;
  expect(findingsOf(rule, rule.bad + calico)).toEqual([]);
});

test('a policy that no pods of the input have is about others', () => {
  expect(
    vary(
      'podSelector: { matchLabels: { app: web } }\n  policyTypes: [Egress]',
      'podSelector: { matchLabels: { app: x } }\n  policyTypes: [Egress]',
    ),
  ).toEqual([]);
});

test('a port that the containers name is meant by its name', () => {
  const named = varied(rule.bad, 'containerPort: 8080', 'name: http, containerPort: 8080');
  const port = 'ports: [{ port: 8080 }]\n    - ports';
  expect(findingsOf(rule, varied(named, port, 'ports: [{ port: http }]\n    - ports'))).toEqual([
    expect.stringContaining('in at port 8080/TCP'),
  ]);
  expect(findingsOf(rule, varied(named, port, 'ports: [{ port: metrics }]\n    - ports'))).toEqual([]);
});

test('one finding is enough for all who send', () => {
  const twin = varied(
    rule.bad.slice(0, rule.bad.indexOf('---')),
    'metadata: { name: web }',
    'metadata: { name: twin }',
  );
  expect(findingsOf(rule, `${rule.bad}---${twin}`)).toHaveLength(1);
});

test('what a policy lets in is another matter, and so are its own pods', () => {
  const egress = '  policyTypes: [Egress]\n';
  const incoming = '  ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }]\n';
  expect(vary(egress, `  policyTypes: [Egress, Ingress]\n${incoming}`)).toHaveLength(1);
  const own = varied(
    varied(
      rule.bad,
      'to: [{ podSelector: { matchLabels: { app: api } } }]',
      'to: [{ podSelector: { matchLabels: { app: web } } }]',
    ),
    egress,
    '  policyTypes: [Egress, Ingress]\n',
  );
  expect(findingsOf(rule, own)).toEqual([]);
});

test('where nothing closes the pods, nothing is missing', () => {
  const without = rule.bad.slice(0, rule.bad.lastIndexOf('---'));
  expect(findingsOf(rule, without)).toEqual([]);
});

test('pods in the network of their node are closed by nothing that is said of pods', () => {
  const api = rule.bad.slice(rule.bad.indexOf('metadata: { name: api }'));
  const onHost = rule.bad.replace(api, api.replace('    spec:\n', '    spec:\n      hostNetwork: true\n'));
  expect(findingsOf(rule, onHost)).toEqual([]);
});
