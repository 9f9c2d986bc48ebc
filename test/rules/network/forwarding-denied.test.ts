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
])('%s as %s closes nothing, or not for all', (from, to) => {
  expect(vary(from, to)).toEqual([]);
});

test('what pods send is looked at too', () => {
  const leaving = varied(
    varied(rule.bad, 'types: [Ingress]\n  ingress:\n', 'types: [Egress]\n  egress:\n'),
    'source:',
    'destination:',
  );
  expect(findingsOf(rule, leaving)).toEqual([expect.stringContaining('spec.egress: has applyOnForward')]);
  expect(
    findingsOf(
      rule,
      `${leaving}`.replace('types: [Egress]\n  egress:\n', 'types: [Egress]\n  egress:\n    - { action: Allow }\n'),
    ),
  ).toEqual([]);
});

test('pods whose networks the target names are enough', () => {
  const named = varied(
    rule.bad,
    '{ action: Deny, protocol: TCP, source: { nets: [203.0.113.0/24] } }',
    '{ action: Allow, protocol: TCP, source: { nets: [10.0.0.0/8] }, destination: { ports: [8080] } }',
  );
  expect(findingsOf(rule, named, { network: { pods: ['10.244.0.0/16'] } })).toEqual([]);
});
