import { peersInOr as rule } from '../../../lib/rules/network/peers-in-or';
import { findingsOf, varied } from '../../support/rules';

const message = (at: string, whose: string, dash: string) =>
  `NetworkPolicy web: network/peers-in-or: ${at}.podSelector: an item of its own, which chooses app=prometheus in namespace default, where no workload makes such pods, while the item beside it opens the policy to every pod of ${whose}; remove the dash before ${dash}, so that both hold for one peer`;

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    message('spec.ingress[0].from[1]', 'the namespaces with team=ops', 'podSelector'),
  ]);
});

const WIDE = '- namespaceSelector: { matchLabels: { team: ops } }';
const NARROW = '- podSelector: { matchLabels: { app: prometheus } }';

test('the two may stand in either order, and the namespaces may be all', () => {
  const turned = varied(rule.bad, `${WIDE}\n        ${NARROW}`, `${NARROW}\n        ${WIDE}`);
  expect(findingsOf(rule, turned)).toEqual([
    message('spec.ingress[0].from[0]', 'the namespaces with team=ops', 'namespaceSelector'),
  ]);
  expect(findingsOf(rule, varied(rule.bad, '{ matchLabels: { team: ops } }', '{}'))).toEqual([
    message('spec.ingress[0].from[1]', 'all namespaces', 'podSelector'),
  ]);
});

test('only neighbours belong together, and a peer is spoken of once', () => {
  const between = '- ipBlock: { cidr: 10.0.0.0/8 }';
  expect(findingsOf(rule, varied(rule.bad, NARROW, `${between}\n        ${NARROW}`))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, NARROW, `${NARROW}\n        ${WIDE}`))).toHaveLength(1);
});

test('egress is looked at too, if the policy has that direction', () => {
  const egress = varied(varied(rule.bad, '  ingress:', '  egress:'), 'from:', 'to:');
  expect(findingsOf(rule, egress)).toEqual([]);
  expect(findingsOf(rule, varied(egress, '[Ingress]', '[Egress]'))).toEqual([
    expect.stringContaining('spec.egress[0].to[1].podSelector'),
  ]);
});

test.each([
  ['app: prometheus', 'app: web'],
  ['podSelector: { matchLabels: { app: prometheus } }', 'podSelector: {}'],
  ['podSelector: { matchLabels: { app: prometheus } }', 'podSelector: null'],
  ['app: prometheus', 'job-name: x'],
  [NARROW, '- { podSelector: { matchLabels: { app: prometheus } }, namespaceSelector: {} }'],
  [WIDE, '- { podSelector: {}, namespaceSelector: {} }'],
  [WIDE, '- podSelector: { matchLabels: { app: web } }'],
  [WIDE, '- ipBlock: { cidr: 10.0.0.0/8 }'],
])('%j written as %j is meant', (from, to) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toEqual([]);
});

test('a namespace whose workloads are not in the input may hold such pods', () => {
  expect(findingsOf(rule, rule.bad.slice(0, rule.bad.indexOf('---')))).toEqual([]);
  const elsewhere = varied(
    rule.bad,
    'Policy\nmetadata: { name: web }',
    'Policy\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, elsewhere)).toEqual([]);
});

test('such pods in another namespace do not count', () => {
  const prometheus = varied(
    varied(rule.bad.slice(rule.bad.indexOf('---')), 'metadata: { name: web }', 'metadata: { name: p, namespace: ops }'),
    'app: web',
    'app: prometheus',
  );
  expect(findingsOf(rule, rule.bad + prometheus)).toHaveLength(1);
  expect(findingsOf(rule, rule.bad + varied(prometheus, ', namespace: ops', ''))).toEqual([]);
});

test('where Flagger copies workloads, pods are made that nothing shows', () => {
  const canary = (namespace: string) =>
    `\n---\n{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: c, namespace: ${namespace} }, spec: { targetRef: { kind: Deployment, name: other } } }`;
  expect(findingsOf(rule, rule.bad + canary('default'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + canary('ops'))).toHaveLength(1);
});
