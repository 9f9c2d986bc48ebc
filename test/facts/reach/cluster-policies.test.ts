import { isClusterPolicy, Reach, World } from '../../../lib/facts';
import { asked, pod } from '../../support/reach';
import { objects } from '../../support/rules';

const inBank = (yaml: string) => yaml.replace('namespace: shop', 'namespace: bank');
const NAMESPACES = ['shop', 'bank']
  .map(
    (name) => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { team: ${name} } }
---`,
  )
  .join('');
const PODS = `${NAMESPACES}${pod('web')}${pod('api')}${inBank(pod('web'))}${inBank(pod('vault'))}`;
const V1ALPHA2 = 'policy.networking.k8s.io/v1alpha2';
const V1ALPHA1 = 'policy.networking.k8s.io/v1alpha1';
const policy = (
  kind: string,
  spec: string,
  name = 'admin',
  apiVersion = kind === 'ClusterNetworkPolicy' ? V1ALPHA2 : V1ALPHA1,
) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }
---`;
const current = (spec: string) => policy('ClusterNetworkPolicy', `tier: Admin, priority: 10, ${spec}`);
const forerunner = (spec: string) => policy('AdminNetworkPolicy', `priority: 10, ${spec}`);
const ALL = 'subject: { namespaces: {} }';
const ANYBODY = 'from: [{ namespaces: {} }]';
const denied = (yaml: string, ...questions: string[]) => {
  const ask = asked(PODS + yaml);
  return questions.map((question) => ask(question).startsWith('deny'));
};

test.each([
  ['ClusterNetworkPolicy', V1ALPHA2, true],
  ['AdminNetworkPolicy', V1ALPHA1, true],
  ['BaselineAdminNetworkPolicy', V1ALPHA1, true],
  ['NetworkPolicy', V1ALPHA2, false],
  ['ClusterNetworkPolicy', 'example.com/v1', false],
])('%s of %s is one: %s', (kind, apiVersion, isOne) => {
  const [object] = new World(objects(policy(kind, ALL, 'admin', apiVersion)).map((manifest) => ({ manifest }))).objects;
  expect(object && isClusterPolicy(object)).toBe(isOne);
});

test.each([
  ['ClusterNetworkPolicy', 'tier: Admin', 'kube-admin'],
  ['ClusterNetworkPolicy', 'tier: Baseline', 'kube-baseline'],
  ['AdminNetworkPolicy', 'priority: 1', 'adminnetworkpolicy'],
  ['BaselineAdminNetworkPolicy', ALL, 'baselineadminnetworkpolicy'],
])('a %s with %s is in the tier %s', (kind, spec, tier) => {
  const reach = Reach.of(new World(objects(policy(kind, spec)).map((manifest) => ({ manifest }))));
  expect(reach.policies.map((one) => [one.tier, one.key, one.namespace])).toEqual([[tier, 'admin', undefined]]);
});

test('the tiers that are there without being written stand around that of namespaces, and pass on', () => {
  const { tiers } = Reach.of(new World([]));
  expect(tiers).toEqual([
    { name: 'adminnetworkpolicy', order: 1000, defaultAction: 'Pass' },
    { name: 'kube-admin', order: 1000, defaultAction: 'Pass' },
    { name: 'default', order: 1_000_000, defaultAction: 'Deny' },
    { name: 'baselineadminnetworkpolicy', order: 10_000_000, defaultAction: 'Pass' },
    { name: 'kube-baseline', order: 10_000_000, defaultAction: 'Pass' },
  ]);
});

test('what a baseline does not decide is allowed', () => {
  const baseline = (kind: string, spec: string) =>
    policy(
      kind,
      `${spec} ${ALL}, ingress: [{ action: Deny, from: [{ pods: { podSelector: { matchLabels: { app: vault } } } }] }]`,
    );
  for (const yaml of [
    baseline('ClusterNetworkPolicy', 'tier: Baseline,'),
    baseline('BaselineAdminNetworkPolicy', ''),
  ]) {
    expect(denied(yaml, 'bank/vault -> api:80', 'web -> api:80')).toEqual([true, false]);
  }
});

test('a lower priority is asked first, and none is the last', () => {
  const rule = (action: string) => `${ALL}, ingress: [{ action: ${action}, ${ANYBODY} }]`;
  const two = (first: string, second: string) =>
    denied(
      policy('ClusterNetworkPolicy', `tier: Admin, ${first} ${rule('Deny')}`, 'b') +
        policy('ClusterNetworkPolicy', `tier: Admin, ${second} ${rule('Accept')}`, 'a'),
      'web -> api:80',
    );
  expect(two('priority: 5,', 'priority: 10,')).toEqual([true]);
  expect(two('priority: 10,', 'priority: 5,')).toEqual([false]);
  expect(two('priority: 10,', '')).toEqual([true]);
});

describe('whom it is about', () => {
  test.each<[string, boolean[]]>([
    ['subject: { namespaces: {} }', [true, true]],
    ['subject: { namespaces: { matchLabels: { team: bank } } }', [false, true]],
    ['subject: { pods: { podSelector: { matchLabels: { app: api } } } }', [true, false]],
    ['subject: { pods: { namespaceSelector: { matchLabels: { team: bank } } } }', [false, true]],
    [
      'subject: { pods: { namespaceSelector: { matchLabels: { team: bank } }, podSelector: { matchLabels: { app: api } } } }',
      [false, false],
    ],
    ['subject: { namespaces: null, pods: { podSelector: {} } }', [true, true]],
    ['subject: { pods: null }', [false, false]],
    ['subject: {}', [false, false]],
  ])('%s', (subject, verdicts) => {
    const yaml = current(`${subject}, ingress: [{ action: Deny, ${ANYBODY} }]`);
    expect(denied(yaml, 'web -> api:80', 'web -> bank/vault:80')).toEqual(verdicts);
  });

  test('only in the directions that it has rules of', () => {
    const ingress = current(`${ALL}, ingress: [{ action: Deny, ${ANYBODY} }]`);
    const { policies } = Reach.of(new World(objects(ingress).map((manifest) => ({ manifest }))));
    expect(policies.map(({ rules }) => [rules.ingress?.length, rules.egress])).toEqual([[1, undefined]]);
    const egress = current(`${ALL}, egress: [{ action: Deny, to: [{ namespaces: {} }] }]`);
    const other = Reach.of(new World(objects(egress).map((manifest) => ({ manifest }))));
    expect(other.policies.map(({ rules }) => [rules.ingress, rules.egress?.[0]?.field])).toEqual([
      [undefined, 'spec.egress[0]'],
    ]);
  });
});

describe('peers', () => {
  const questions = ['web -> api:80', 'bank/vault -> api:80', '203.0.113.7 -> api:80'];

  test.each<[string, boolean[]]>([
    ['{ namespaces: {} }', [true, true, false]],
    ['{ namespaces: { matchLabels: { team: bank } } }', [false, true, false]],
    ['{ pods: { podSelector: { matchLabels: { app: web } } } }', [true, false, false]],
    [
      '{ pods: { namespaceSelector: { matchLabels: { team: bank } }, podSelector: { matchLabels: { app: web } } } }',
      [false, false, false],
    ],
    ['{ nodes: {} }', [false, false, false]],
    ['{ namespaces: {} }, { nodes: {} }', [true, true, false]],
  ])('%s', (peer, verdicts) => {
    const rules = `${ALL}, ingress: [{ action: Deny, from: [${peer}] }]`;
    expect(denied(current(rules), ...questions)).toEqual(verdicts);
    expect(denied(forerunner(rules), ...questions)).toEqual(verdicts);
  });

  test('outside are networks, of where pods connect to', () => {
    const yaml = (kind: (spec: string) => string, networks: string) =>
      kind(`${ALL}, egress: [{ action: Deny, to: [{ networks: ${networks} }] }]`);
    for (const kind of [current, forerunner]) {
      const outside = ['web -> 203.0.113.7:80', 'web -> 198.51.100.7:80', 'web -> api:80'];
      expect(denied(yaml(kind, '[203.0.113.0/24, nonsense]'), ...outside)).toEqual([true, false, false]);
      expect(denied(yaml(kind, '[198.51.100.0/24, 203.0.113.0/24]'), ...outside)).toEqual([true, true, false]);
    }
  });

  test('a set of networks in a namespace is one of its ends for the forerunners alone', () => {
    const set = (kind: string, metadata: string) => `
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { ${metadata} }
spec: { nets: [203.0.113.0/24] }
---`;
    const rules = (peer: string) => `${ALL}, ingress: [{ action: Deny, from: [${peer}] }]`;
    const isMeant = (yaml: string) => denied(yaml, '203.0.113.7 -> api:80')[0];
    const inside = set('NetworkSet', 'name: partner, namespace: bank');
    const global = set('GlobalNetworkSet', 'name: partner');
    expect(isMeant(inside + forerunner(rules('{ namespaces: {} }')))).toBe(true);
    expect(isMeant(global + forerunner(rules('{ namespaces: {} }')))).toBe(false);
    expect(isMeant(inside + forerunner(rules('{ namespaces: { matchLabels: { team: bank } } }')))).toBe(true);
    expect(isMeant(inside + forerunner(rules('{ namespaces: { matchLabels: { team: shop } } }')))).toBe(false);
    expect(isMeant(inside + forerunner(rules('{ namespaces: null, pods: { podSelector: {} } }')))).toBe(false);
    expect(isMeant(inside + current(rules('{ namespaces: {} }')))).toBe(false);
    expect(isMeant(inside + current(rules('{ pods: { podSelector: {} } }')))).toBe(false);
  });
});

describe('ports', () => {
  const questions = ['web -> api:8080', 'web -> api:8081', 'web -> api:53/UDP', 'web -> api:8080/SCTP'];

  test.each<[string, boolean[]]>([
    ['', [true, true, true, true]],
    ['protocols: []', [true, true, true, true]],
    ['protocols: [{ tcp: {} }]', [true, true, false, false]],
    ['protocols: [{ udp: {} }]', [false, false, true, false]],
    ['protocols: [{ sctp: {} }]', [false, false, false, true]],
    ['protocols: [{ tcp: null, udp: {} }]', [false, false, true, false]],
    ['protocols: [{ tcp: { destinationPort: { number: 8080 } } }]', [true, false, false, false]],
    ['protocols: [{ tcp: { destinationPort: { range: { start: 8081, end: 8090 } } } }]', [false, true, false, false]],
    ['protocols: [{ tcp: { destinationPort: { range: { start: 8080, end: 8081 } } } }]', [true, true, false, false]],
    ['protocols: [{ tcp: { destinationPort: { number: 8080 } } }, { udp: {} }]', [true, false, true, false]],
    ['protocols: [{ destinationNamedPort: http }]', [true, false, false, false]],
    ['protocols: [{ destinationNamedPort: dns }]', [false, false, true, false]],
    ['protocols: [{ destinationNamedPort: other }]', [false, false, false, false]],
  ])('of today: %s', (ports, verdicts) => {
    expect(denied(current(`${ALL}, ingress: [{ action: Deny, ${ANYBODY}, ${ports} }]`), ...questions)).toEqual(
      verdicts,
    );
  });

  test.each<[string, boolean[]]>([
    ['ports: [{ portNumber: { protocol: TCP, port: 8080 } }]', [true, false, false, false]],
    ['ports: [{ portNumber: { port: 8080 } }]', [true, false, false, false]],
    ['ports: [{ portNumber: { protocol: UDP, port: 53 } }]', [false, false, true, false]],
    ['ports: [{ portRange: { protocol: TCP, start: 8081, end: 8090 } }]', [false, true, false, false]],
    ['ports: [{ portRange: { start: 8080, end: 8081 } }]', [true, true, false, false]],
    ['ports: [{ portRange: { start: 8081 } }]', [true, true, false, false]],
    ['ports: [{ portRange: { end: 8079 } }]', [true, true, false, false]],
    ['ports: [{ namedPort: http }]', [true, false, false, false]],
    ['ports: [{ namedPort: dns }]', [false, false, true, false]],
  ])('of the forerunners: %s', (ports, verdicts) => {
    expect(denied(forerunner(`${ALL}, ingress: [{ action: Deny, ${ANYBODY}, ${ports} }]`), ...questions)).toEqual(
      verdicts,
    );
  });

  test('a name is one of pods in any protocol', () => {
    const sctp = `${NAMESPACES}${pod('web')}${pod('api').replace('name: http, containerPort: 8080', 'name: http, containerPort: 8080, protocol: SCTP')}`;
    const yaml = current(
      `${ALL}, ingress: [{ action: Deny, ${ANYBODY}, protocols: [{ destinationNamedPort: http }] }]`,
    );
    expect(asked(sctp + yaml)('web -> api:8080/SCTP')).toContain('deny');
    expect(asked(sctp + yaml)('web -> api:8080')).toBe('allow');
  });
});

test.each([
  ['Accept', 'allow by admin'],
  ['Allow', 'allow by admin'],
  ['Deny', 'deny by admin'],
  ['Pass', 'allow'],
  ['Permit', 'deny by admin'],
  ["''", 'deny by admin'],
  ['null', 'deny by admin'],
])('the action %s', (action, verdict) => {
  const ask = asked(PODS + current(`${ALL}, ingress: [{ action: ${action}, ${ANYBODY} }]`));
  expect(ask('web -> api:80').replace(' spec.ingress[0]', '')).toBe(verdict);
});
