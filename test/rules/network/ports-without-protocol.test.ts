import { portsWithoutProtocol as rule } from '../../../lib/rules/network/ports-without-protocol';
import { findingsOf, varied } from '../../support/rules';

const AT = 'NetworkPolicy web: network/ports-without-protocol: spec.ingress[0].';
const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}destination.ports: names ports with no protocol, so that Calico refuses the policy; use protocol: TCP`,
  ]);
});

test.each(['protocol: ICMP, ', 'protocol: 1, ', 'protocol: UDPLite, '])('%s has no ports', (protocol) => {
  expect(vary('action: Allow, ', `action: Allow, ${protocol}`)).toEqual([
    `${AT}destination.ports: names ports with protocol ${protocol.slice(10, -2)}, which has none, so that Calico refuses the policy; use protocol: TCP`,
  ]);
});

test.each(['TCP', 'UDP', 'SCTP', 'tcp', '6', '17', '"132"'])('protocol %s has some', (protocol) => {
  expect(vary('action: Allow, ', `action: Allow, protocol: ${protocol}, `)).toEqual([]);
});

test.each(['source: { ports: [8080] }', 'source: { notPorts: [8080] }', 'destination: { notPorts: [1] }'])(
  '%s counts too',
  (end) => {
    expect(vary('destination: { ports: [8080] }', end).length).toBe(1);
  },
);

test.each(['destination: { ports: [] }', 'destination: { selector: all() }', 'notProtocol: TCP'])(
  '%s names none',
  (end) => {
    expect(vary('destination: { ports: [8080] }', end)).toEqual([]);
  },
);

test('in egress too', () => {
  const leaving = varied(varied(rule.bad, 'types: [Ingress]', 'types: [Egress]'), 'ingress:', 'egress:');
  expect(findingsOf(rule, leaving)).toEqual([expect.stringContaining('spec.egress[0].destination.ports')]);
});

test('Kubernetes takes TCP', () => {
  const kubernetes = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] }
`;
  expect(findingsOf(rule, kubernetes)).toEqual([]);
});
