import { Overlay } from '../../../lib';
import { forwardingDenied as rule } from '../../../lib/rules/network/forwarding-denied';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'GlobalNetworkPolicy hosts: network/forwarding-denied: spec.ingress: has applyOnForward and no rule that allows the rest, so that nothing that arrives for pods gets through the nodes it selects; add { action: Allow } as the last rule of ingress',
  ]);
});

test.each([
  ['  applyOnForward: true\n', ''],
  ['  applyOnForward: true\n', '  applyOnForward: true\n  preDNAT: true\n'],
  ['  applyOnForward: true\n', '  applyOnForward: true\n  doNotTrack: true\n'],
  ['labels: { role: edge }', 'labels: { role: other }'],
  [
    '{ action: Deny, protocol: TCP, source: { nets: [203.0.113.0/24] } }',
    '{ action: Allow, source: { nets: [10.244.0.0/16] } }',
  ],
  ['{ action: Deny, protocol: TCP, source: { nets: [203.0.113.0/24] } }', '{ action: Pass }'],
])('%j as %j closes nothing, or not for all', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

const RULES = 'types: [Ingress]\n  ingress:\n';
const leaving = varied(varied(rule.bad, RULES, 'types: [Egress]\n  egress:\n'), 'source:', 'destination:');
const PODS = { pods: ['10.244.0.0/16'], overlay: Overlay.NONE };
const DENY = '{ action: Deny, protocol: TCP, source: { nets: [203.0.113.0/24] } }';

test('without an overlay packets of pods come as they are, and need a rule', () => {
  const customers = varied(rule.bad, DENY, '{ action: Allow, source: { nets: [203.0.113.0/24] } }');
  expect(findingsOf(rule, customers)).toEqual([]);
  expect(findingsOf(rule, customers, { network: { ...PODS, overlay: Overlay.VXLAN } })).toEqual([]);
  expect(findingsOf(rule, customers, { network: PODS })).toEqual([
    'GlobalNetworkPolicy hosts: network/forwarding-denied: spec.ingress: has applyOnForward and no rule that allows pods (10.244.0.0/16), so that nothing that comes from pods of other nodes gets through the nodes it selects; add { action: Allow } as the last rule of ingress',
  ]);
});

test('of several networks of pods one is enough', () => {
  const one = varied(rule.bad, DENY, '{ action: Allow, source: { nets: [10.244.0.0/16] } }');
  const network = { ...PODS, pods: ['10.244.0.0/16', '10.245.0.0/16'] };
  expect(findingsOf(rule, one, { network })).toEqual([]);
});

test('and so does what pods send', () => {
  expect(findingsOf(rule, leaving, { network: PODS })).toEqual([
    expect.stringContaining(
      'no rule that allows pods (10.244.0.0/16), so that nothing that pods send to other nodes gets through',
    ),
  ]);
});

test.each([
  ['{ action: Allow, source: { nets: [10.0.0.0/8] } }', 0],
  ['{ action: Allow, source: { nets: [10.244.3.0/24] }, destination: { nets: [10.244.0.0/16] } }', 0],
  ['{ action: Allow, destination: { nets: [10.244.0.0/16] } }', 0],
  ['{ action: Allow, destination: { nets: [203.0.113.0/24] } }', 1],
  ['{ action: Allow, source: { nets: [10.244.0.0/16] }, destination: { nets: [203.0.113.0/24] } }', 1],
  ['{ action: Allow, source: { nets: [203.0.113.0/24, 10.244.0.0/16] } }', 0],
  ['{ action: Deny, protocol: UDP }\n    - { action: Allow, source: { nets: [10.244.0.0/16] } }', 0],
  ['{ action: Log }', 1],
  ['{ action: Pass }', 0],
])('a rule of pods without an overlay, %j: %d', (written, found) => {
  expect(findingsOf(rule, varied(rule.bad, DENY, written), { network: PODS })).toHaveLength(found);
});

test('what pods send is looked at too', () => {
  expect(findingsOf(rule, leaving)).toEqual([
    'GlobalNetworkPolicy hosts: network/forwarding-denied: spec.egress: has applyOnForward and no rule that allows the rest, so that nothing that pods send gets through the nodes it selects; add { action: Allow } as the last rule of egress',
  ]);
  const open = varied(leaving, '  egress:\n', '  egress:\n    - { action: Allow }\n');
  expect(findingsOf(rule, open)).toEqual([]);
});

test('one finding is enough for both directions', () => {
  const both = varied(
    rule.bad,
    RULES,
    `types: [Ingress, Egress]\n  egress: [{ action: Deny, protocol: UDP }]\n  ingress:\n`,
  );
  expect(findingsOf(rule, both)).toEqual([expect.stringContaining('spec.ingress')]);
});

test('a policy is about the interfaces that it selects, whatever others there are', () => {
  const other = `---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n2-eth0, labels: { role: db } }
spec: { node: n2, interfaceName: eth0, expectedIPs: [192.0.2.12] }
`;
  expect(findingsOf(rule, `${rule.bad}${other}`)).toHaveLength(1);
});

test('of several policies the first one is named, and any of them may let the rest on', () => {
  const second = (action: string) => `---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: second }
spec: { order: 20, selector: role == 'edge', applyOnForward: true, types: [Ingress], ingress: [{ action: ${action}, protocol: TCP }] }
`;
  expect(findingsOf(rule, rule.bad + second('Deny'))).toEqual([expect.stringContaining('GlobalNetworkPolicy hosts:')]);
  expect(findingsOf(rule, rule.bad + second('Log'))).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + second('Allow'))).toEqual([]);
});

test('a tier that passes what it does not decide closes nothing', () => {
  const tier = (action: string) => `---
apiVersion: projectcalico.org/v3
kind: Tier
metadata: { name: platform }
spec: { order: 100, defaultAction: ${action} }
`;
  const inTier = varied(
    varied(rule.bad, 'name: hosts', 'name: platform.hosts'),
    '  order: 10',
    '  tier: platform\n  order: 10',
  );
  expect(findingsOf(rule, inTier + tier('Pass'))).toEqual([]);
  expect(findingsOf(rule, inTier + tier('Deny'))).toHaveLength(1);
});
