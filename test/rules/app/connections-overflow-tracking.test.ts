import { connectionsOverflowTracking as rule } from '../../../lib/rules/app/connections-overflow-tracking';
import { findingsOf, varied } from '../../support/rules';

const load = (text: string) => varied(rule.bad, '1100/s 0', text);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'DaemonSet cache: app/connections-overflow-tracking: spec.template.metadata.annotations[cdk8s-patterns/expects-connections]: 1100 connections a second are 132000 entries, each for 120 s, beside 0 open ones, and a node tracks 131072, after which it drops packets of all its pods; keep connections alive, use UntrackedService, or raise net.netfilter.nf_conntrack_max and say so: ClusterNetwork.of({ trackedConnections: 132000 })',
  ]);
});

test.each([
  ['1092/s 32', 0],
  ['1092/s 33', 1],
  ['0/s 131072', 0],
  ['0/s 131073', 1],
  ['2000/s', 1],
  ['many', 0],
])('%s, at the edge of the table', (text, found) => {
  expect(findingsOf(rule, load(text)).length).toBe(found);
});

test('the table of the target counts', () => {
  expect(findingsOf(rule, rule.bad, { network: { trackedConnections: 132_000 } })).toEqual([]);
  expect(findingsOf(rule, rule.bad, { network: { trackedConnections: 131_999 } }).length).toBe(1);
});

test('a policy that does not track them keeps the table empty, for pods in the network of their node', () => {
  const untracked = (
    flag: string,
    hostNetwork: boolean,
    port: string,
  ) => `${varied(rule.bad, '      containers:', `      hostNetwork: ${hostNetwork}\n      containers:`)}---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: cache }
spec:
  ${flag}: true
  applyOnForward: true
  selector: role == 'cache'
  types: [Ingress]
  ingress: [{ action: Allow, protocol: TCP, destination: { ports: [${port}] } }]
`;
  expect(findingsOf(rule, untracked('doNotTrack', true, '11211'))).toEqual([]);
  expect(findingsOf(rule, untracked('doNotTrack', true, '"11000:12000"'))).toEqual([]);
  expect(findingsOf(rule, untracked('doNotTrack', true, '11212')).length).toBe(1);
  expect(findingsOf(rule, untracked('doNotTrack', false, '11211')).length).toBe(1);
  expect(findingsOf(rule, untracked('preDNAT', true, '11211')).length).toBe(1);
  expect(findingsOf(rule, untracked('doNotTrack', true, '11211').replace('action: Allow', 'action: Deny')).length).toBe(
    1,
  );
});
