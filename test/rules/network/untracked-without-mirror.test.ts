import { untrackedWithoutMirror as rule } from '../../../lib/rules/network/untracked-without-mirror';
import { findingsOf, varied } from '../../support/rules';

const AT = 'GlobalNetworkPolicy hosts: network/untracked-without-mirror: spec.';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}ingress[0]: allows what arrives, and no rule of egress allows the answers, which nobody knows to belong to it; add to egress the same rule with source and destination exchanged: { action: Allow, protocol: TCP, source: <destination>, destination: <source> }, with ports [11211, ...] on the other side`,
  ]);
});

test('what leaves needs its mirror too', () => {
  const leaving = varied(varied(rule.bad, 'types: [Ingress, Egress]', 'types: [Egress]'), '  ingress:', '  egress:');
  expect(findingsOf(rule, leaving)).toEqual([
    expect.stringContaining('spec.egress[0]: allows what leaves, and no rule of ingress allows the answers'),
  ]);
});

test.each([
  ['source: { ports: [11211] }', 'source: { ports: [11212] }', 2],
  ['destination: { selector: "role == \'client\'" } }]\n', 'destination: { selector: "role == \'other\'" } }]\n', 2],
  ['egress: [{ action: Allow, protocol: TCP', 'egress: [{ action: Allow, protocol: UDP', 2],
  ['egress: [{ action: Allow, protocol: TCP', 'egress: [{ action: Allow, protocol: TCP, ipVersion: 4', 2],
  ['egress: [{ action: Allow, protocol: TCP', 'egress: [{ action: Allow, protocol: TCP, notProtocol: UDP', 2],
  ['egress: [{ action: Allow', 'egress: [{ action: Deny', 1],
])('%j as %j is no mirror: %d', (from, to, found) => {
  expect(findingsOf(rule, varied(rule.good, from, to)).length).toBe(found);
});

test('a rule of everything needs its mirror in the other direction', () => {
  const rules = rule.bad.slice(rule.bad.indexOf('  ingress:'));
  expect(findingsOf(rule, varied(rule.bad, rules, '  ingress: [{ action: Allow }]\n'))).toEqual([
    `${AT}ingress[0]: allows what arrives, and no rule of egress allows the answers, which nobody knows to belong to it; add to egress the same rule with source and destination exchanged: { action: Allow, source: <destination>, destination: <source> }`,
  ]);
});

test('what only denies has no answers', () => {
  expect(findingsOf(rule, varied(rule.bad, 'action: Allow', 'action: Deny'))).toEqual([]);
});

test('where connections are tracked, answers belong to them', () => {
  expect(findingsOf(rule, varied(rule.bad, 'doNotTrack: true', 'doNotTrack: false'))).toEqual([]);
});

test('a rule without ports or ends is its own mirror in the other direction', () => {
  const open = varied(
    rule.good,
    rule.good.slice(rule.good.indexOf('  ingress:')),
    '  ingress: [{ action: Allow }]\n  egress: [{ action: Allow }]\n',
  );
  expect(findingsOf(rule, open)).toEqual([]);
});
