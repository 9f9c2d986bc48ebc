import { type Direction, type Endpoint, type ObjectFact, outside, Reach, World } from '../../../lib/facts';
import { Network } from '../../../lib/values/ip-network';
import { asked, pod } from '../../support/reach';
import { objects } from '../../support/rules';

const PODS = `${pod('web')}${pod('api')}${pod('db')}${pod('web', '', 'app: web').replace('namespace: shop', 'namespace: bank')}`;

const kubernetes = (name: string, spec: string, namespace = 'shop') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---`;
const calico = (name: string, spec: string, kind = 'NetworkPolicy') => `
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { name: ${name}${kind.includes('Global') ? '' : ', namespace: shop'} }
spec: ${spec}
---`;
const tier = (name: string, spec: string) => `
apiVersion: projectcalico.org/v3
kind: Tier
metadata: { name: ${name} }
spec: ${spec}
---`;

test('without a policy everybody reaches everybody', () => {
  const ask = asked(PODS);
  expect(['web -> api:8080', 'bank/web -> db:1', '203.0.113.7 -> api:80', 'api -> 203.0.113.7:80'].map(ask)).toEqual(
    Array(4).fill('allow'),
  );
});

test('a policy of Kubernetes denies what none allows, in its directions', () => {
  const ask = asked(
    PODS +
      kubernetes(
        'api',
        '{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }',
      ),
  );
  expect(ask('web -> api:8080')).toBe('allow by api spec.ingress[0]');
  expect(ask('db -> api:8080')).toBe('deny by api end of tier');
  expect(ask('bank/web -> api:8080')).toBe('deny by api end of tier');
  expect(ask('203.0.113.7 -> api:8080')).toBe('deny by api end of tier');
  expect(ask('api -> db:8080')).toBe('allow');
});

test.each([
  ['[{ port: 8080 }]', ['allow', 'deny', 'deny']],
  ['[{ port: http }]', ['allow', 'deny', 'deny']],
  ['[{ port: dns, protocol: UDP }]', ['deny', 'allow', 'deny']],
  ['[{ port: dns }]', ['deny', 'deny', 'deny']],
  ['[{ protocol: UDP }]', ['deny', 'allow', 'deny']],
  ['[{ port: 8000, endPort: 9000 }]', ['allow', 'deny', 'allow']],
  ['[]', ['allow', 'allow', 'allow']],
  ['[{ port: 8080 }, { port: 53, protocol: UDP }]', ['allow', 'allow', 'deny']],
])('ports %s', (ports, verdicts) => {
  const ask = asked(
    PODS + kubernetes('api', `{ podSelector: {}, policyTypes: [Ingress], ingress: [{ ports: ${ports} }] }`),
  );
  const questions = ['web -> api:8080', 'web -> api:53/UDP', 'web -> api:8081'];
  expect(questions.map((question) => ask(question).split(' ')[0])).toEqual(verdicts);
});

test.each([
  ['{ namespaceSelector: {} }', ['allow', 'allow', 'deny']],
  ['{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: bank } } }', ['deny', 'allow', 'deny']],
  ['{ namespaceSelector: { matchLabels: { team: x } } }', ['deny', 'deny', 'deny']],
  ['{ podSelector: {} }', ['allow', 'deny', 'deny']],
  ['{ namespaceSelector: {}, podSelector: { matchLabels: { app: db } } }', ['deny', 'deny', 'deny']],
  ['{ ipBlock: { cidr: 203.0.113.0/24 } }', ['deny', 'deny', 'allow']],
  ['{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.0/28] } }', ['deny', 'deny', 'deny']],
  ['{ ipBlock: { cidr: 0.0.0.0/0 } }', ['allow', 'allow', 'allow']],
  ['{ ipBlock: { cidr: nonsense } }', ['deny', 'deny', 'deny']],
])('peer %s', (peer, verdicts) => {
  const ask = asked(
    PODS + kubernetes('api', `{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [${peer}] }] }`),
  );
  const questions = ['web -> api:8080', 'bank/web -> api:8080', '203.0.113.7 -> api:8080'];
  expect(questions.map((question) => ask(question).split(' ')[0])).toEqual(verdicts);
});

test('both ends have to allow it', () => {
  const deny = kubernetes('all', '{ podSelector: {}, policyTypes: [Ingress, Egress] }');
  const out = kubernetes('out', '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{}] }');
  const inside = kubernetes('in', '{ podSelector: { matchLabels: { app: api } }, ingress: [{}] }');
  expect(asked(PODS + deny + out)('web -> api:8080')).toBe('deny by all end of tier');
  expect(asked(PODS + deny + inside)('web -> api:8080')).toBe('deny by all end of tier');
  expect(asked(PODS + deny + out + inside)('web -> api:8080')).toBe('allow by in spec.ingress[0]');
});

test('a lower order is asked first, and the name decides between equals', () => {
  const allow = (name: string, order: string) =>
    calico(name, `{ ${order} selector: "app == 'api'", types: [Ingress], ingress: [{ action: Allow }] }`);
  const deny = (name: string, order: string) =>
    calico(name, `{ ${order} selector: "app == 'api'", types: [Ingress], ingress: [{ action: Deny }] }`);
  expect(asked(PODS + allow('a', 'order: 20,') + deny('b', 'order: 10,'))('web -> api:80')).toBe(
    'deny by b spec.ingress[0]',
  );
  expect(asked(PODS + allow('b', 'order: 10,') + deny('a', 'order: 10,'))('web -> api:80')).toBe(
    'deny by a spec.ingress[0]',
  );
  expect(asked(PODS + allow('b', 'order: 10,') + deny('a', ''))('web -> api:80')).toBe('allow by b spec.ingress[0]');
});

test('tiers are asked in their order, pass on, and end as they say', () => {
  const first = (action: string, source = '') =>
    calico('first.p', `{ tier: first, selector: all(), types: [Ingress], ingress: [{ action: ${action}${source} }] }`);
  const open = calico('open', '{ selector: all(), types: [Ingress], ingress: [{ action: Allow }] }');
  const only = ', source: { selector: "app == \'db\'" }';
  const denying = tier('first', '{ order: 10 }');
  const passing = tier('first', '{ order: 10, defaultAction: Pass }');
  const late = tier('first', '{ order: 2000000 }');
  expect(asked(PODS + denying + first('Deny') + open)('web -> api:80')).toBe('deny by first.p spec.ingress[0]');
  expect(asked(PODS + denying + first('Pass') + open)('web -> api:80')).toBe('allow by open spec.ingress[0]');
  expect(asked(PODS + denying + first('Pass'))('web -> api:80')).toBe('allow');
  expect(asked(PODS + denying + first('Allow', only) + open)('web -> api:80')).toBe('deny by first.p end of tier');
  expect(asked(PODS + passing + first('Allow', only) + open)('web -> api:80')).toBe('allow by open spec.ingress[0]');
  expect(asked(PODS + late + first('Deny') + open)('web -> api:80')).toBe('allow by open spec.ingress[0]');
  expect(asked(PODS + first('Deny') + open)('web -> api:80')).toBe('deny by first.p spec.ingress[0]');
});

test('a rule that logs decides nothing', () => {
  const logged = calico('log', '{ selector: all(), types: [Ingress], ingress: [{ action: Log }, { action: Allow }] }');
  expect(asked(PODS + logged)('web -> api:80')).toBe('allow by log spec.ingress[1]');
});

test.each([
  ['selector: "app == \'web\'"', ['allow', 'deny', 'deny']],
  ['selector: "app == \'web\'", namespaceSelector: all()', ['allow', 'allow', 'deny']],
  ['namespaceSelector: "kubernetes.io/metadata.name == \'bank\'"', ['deny', 'allow', 'deny']],
  ['notSelector: "app == \'web\'"', ['deny', 'deny', 'deny']],
  ['nets: [203.0.113.0/24]', ['deny', 'deny', 'allow']],
  ['notNets: [203.0.113.0/24]', ['allow', 'allow', 'deny']],
  ['serviceAccounts: { names: [robot] }', ['deny', 'deny', 'deny']],
  ['serviceAccounts: { names: [default] }', ['allow', 'deny', 'deny']],
  ['selector: "role == \'partner\'"', ['deny', 'deny', 'deny']],
  ['selector: "role == \'partner\'", namespaceSelector: global()', ['deny', 'deny', 'allow']],
  ['', ['allow', 'allow', 'allow']],
])('a source with %s, in a policy of a namespace', (source, verdicts) => {
  const set = `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: { name: partner, labels: { role: partner } }
spec: { nets: [203.0.113.0/24] }
---`;
  const policy = calico('api', `{ selector: "app == 'api'", ingress: [{ action: Allow, source: { ${source} } }] }`);
  const ask = asked(PODS + set + policy);
  const questions = ['web -> api:8080', 'bank/web -> api:8080', '203.0.113.7 -> api:8080'];
  expect(questions.map((question) => ask(question).split(' ')[0])).toEqual(verdicts);
});

test('what is about packets before pods see them says nothing of pods', () => {
  const rule =
    '{ order: 1, selector: all(), types: [Ingress], applyOnForward: true, FLAG: true, ingress: [{ action: Deny }] }';
  for (const flag of ['preDNAT', 'doNotTrack']) {
    expect(asked(PODS + calico('g', rule.replace('FLAG', flag), 'GlobalNetworkPolicy'))('web -> api:80')).toBe('allow');
  }
  const none = rule.replace(', applyOnForward: true, FLAG: true', '');
  expect(asked(PODS + calico('g', none, 'GlobalNetworkPolicy'))('web -> api:80')).toBe('deny by g spec.ingress[0]');
});

test('a Service as destination is its pods and their ports', () => {
  const service = `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---`;
  const policy = calico(
    'web',
    '{ selector: "app == \'web\'", egress: [{ action: Allow, destination: { services: { name: api, namespace: shop } } }] }',
  );
  const ask = asked(PODS + service + policy);
  expect(ask('web -> api:8080')).toBe('allow by web spec.egress[0]');
  expect(ask('web -> api:80')).toBe('deny by web end of tier');
  expect(ask('web -> db:8080')).toBe('deny by web end of tier');
  expect(asked(PODS + policy)('web -> api:8080')).toBe('deny by web end of tier');
});

test('pods in the network of their node have no policy', () => {
  const host = pod('host').replace('spec:\n', 'spec:\n  hostNetwork: true\n');
  const deny = kubernetes('all', '{ podSelector: {}, policyTypes: [Ingress, Egress] }');
  const ask = asked(PODS + host + deny);
  expect(ask('host -> 203.0.113.7:80')).toBe('allow');
  expect(ask('host -> api:80')).toBe('deny by all end of tier');
});

test('administrators are asked first and last', () => {
  const admin = (action: string, level: string) => `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: ${level.toLowerCase()} }
spec:
  tier: ${level}
  priority: 10
  subject: { namespaces: {} }
  ingress: [{ action: ${action}, from: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: web } } } }], protocols: [{ tcp: { destinationPort: { number: 80 } } }] }]
---`;
  const own = kubernetes('api', '{ podSelector: { matchLabels: { app: api } }, ingress: [{}] }');
  expect(asked(PODS + admin('Deny', 'Admin') + own)('web -> api:80')).toBe('deny by admin spec.ingress[0]');
  expect(asked(PODS + admin('Deny', 'Admin') + own)('web -> api:81')).toBe('allow by api spec.ingress[0]');
  expect(asked(PODS + admin('Pass', 'Admin') + own)('web -> api:80')).toBe('allow by api spec.ingress[0]');
  expect(asked(PODS + admin('Deny', 'Baseline') + own)('web -> api:80')).toBe('allow by api spec.ingress[0]');
  expect(asked(PODS + admin('Deny', 'Baseline') + own)('web -> db:80')).toBe('deny by baseline spec.ingress[0]');
  expect(asked(PODS + admin('Accept', 'Admin'))('web -> db:80')).toBe('allow by admin spec.ingress[0]');
});

test('staged policies change nothing, until one asks what they would do', () => {
  const staged = calico(
    's',
    '{ stagedAction: Set, selector: "app == \'api\'", types: [Ingress] }',
    'StagedNetworkPolicy',
  );
  expect(asked(PODS + staged)('web -> api:80')).toBe('allow');
  expect(asked(PODS + staged, { staged: true })('web -> api:80')).toBe('deny by s end of tier');
  const live = calico('s', '{ selector: "app == \'api\'", ingress: [{ action: Allow }] }');
  const gone = calico('s', '{ stagedAction: Delete }', 'StagedNetworkPolicy');
  expect(asked(PODS + live + staged, { staged: true })('web -> api:80')).toBe('deny by s end of tier');
  expect(asked(PODS + live + gone, { staged: true })('web -> api:80')).toBe('allow');
  const plain = calico(
    'k',
    '{ stagedAction: Set, podSelector: {}, policyTypes: [Ingress] }',
    'StagedKubernetesNetworkPolicy',
  );
  expect(asked(PODS + plain, { staged: true })('web -> api:80')).toBe('deny by k end of tier');
  expect(asked(PODS + plain)('web -> api:80')).toBe('allow');
});

describe('what is known', () => {
  const of = (yaml: string) => Reach.of(new World(objects(yaml).map((manifest) => ({ manifest }))));
  const names = (policies: readonly { object: { name: string } }[]) => policies.map(({ object }) => object.name);
  const end = (reach: Reach, name: string) => reach.endpoints.find((one) => one.name === name) as Endpoint;

  test('tiers: those that are written, those that are always there, and those that policies name', () => {
    const { tiers } = of(
      PODS +
        tier('kube-admin', '{ order: 900, defaultAction: Pass }') +
        tier('team', '{ order: 50 }') +
        calico('missing.p', '{ tier: missing, selector: all() }') +
        calico('missing.q', '{ tier: missing, selector: all() }'),
    );
    expect(tiers.map(({ name, order, defaultAction }) => `${name} ${order} ${defaultAction}`)).toEqual([
      'team 50 Deny',
      'kube-admin 900 Pass',
      'adminnetworkpolicy 1000 Pass',
      'missing 999999 Deny',
      'default 1000000 Deny',
      'baselineadminnetworkpolicy 10000000 Pass',
      'kube-baseline 10000000 Pass',
    ]);
  });

  test('policies are those that are enforced, and sets those of networks', () => {
    const set = `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: { name: partner, labels: { role: partner } }
spec: { nets: [203.0.113.0/24] }
---`;
    const reach = of(
      PODS + set + calico('s', '{ selector: all() }', 'StagedNetworkPolicy') + calico('p', '{ selector: all() }'),
    );
    expect(names(reach.policies)).toEqual(['p']);
    expect(reach.sets.map(({ labels }) => labels)).toEqual([{ role: 'partner' }]);
  });

  test('the policies of pods, in their order and of each direction', () => {
    const reach = of(
      PODS +
        calico('late', '{ order: 20, selector: "app == \'api\'", types: [Ingress] }') +
        calico('early', '{ order: 10, selector: all(), types: [Ingress, Egress] }') +
        kubernetes('bank', '{ podSelector: {}, policyTypes: [Ingress] }', 'bank'),
    );
    const [early] = reach.policies.filter(({ object }) => object.name === 'early');
    const [late] = reach.policies.filter(({ object }) => object.name === 'late');
    expect(names(reach.policiesOf(end(reach, 'shop/api'), 'ingress'))).toEqual(['early', 'late']);
    expect(names(reach.policiesOf(end(reach, 'shop/api'), 'egress'))).toEqual(['early']);
    expect(names(reach.policiesOf(end(reach, 'bank/web'), 'ingress'))).toEqual(['bank']);
    expect(reach.policiesOf(outside(Network.parse('203.0.113.7') as Network), 'ingress')).toEqual([]);
    const podsOf = (object: ObjectFact | undefined, direction: Direction) =>
      object && reach.podsOf(object, direction).map(({ name }) => name);
    expect(podsOf(early?.object, 'ingress')).toEqual(['shop/web', 'shop/api', 'shop/db']);
    expect(podsOf(late?.object, 'ingress')).toEqual(['shop/api']);
    expect(podsOf(late?.object, 'egress')).toEqual([]);
    expect(late && reach.policyOf(late.object)).toBe(late);
  });

  test('pods in the network of their node are none that a policy is about', () => {
    const onHost = pod('host').replace('spec:\n', 'spec:\n  hostNetwork: true\n');
    const reach = of(onHost + pod('web') + calico('all', '{ selector: all(), types: [Ingress] }'));
    const [all] = reach.policies;
    expect(all && reach.podsOf(all.object, 'ingress').map(({ name }) => name)).toEqual(['shop/web']);
  });

  test('which policies decide about every connection, and so end the asking', () => {
    const reach = of(
      calico(
        'open',
        '{ selector: all(), types: [Ingress], ingress: [{ action: Deny, protocol: UDP }, { action: Allow }] }',
      ) +
        calico('some', '{ selector: all(), types: [Ingress], ingress: [{ action: Allow, protocol: TCP }] }') +
        calico('out', '{ selector: all(), types: [Egress], egress: [{ action: Deny }] }'),
    );
    expect([names(reach.decisiveIn('ingress')), names(reach.decisiveIn('egress'))]).toEqual([['open'], ['out']]);
  });

  test('the pods of a workload, and none of what makes none', () => {
    const world = new World(objects(PODS).map((manifest) => ({ manifest })));
    const [workload] = world.workloads;
    expect(workload && Reach.of(world).endpointOf(workload)?.name).toBe('shop/web');
    const other = new World(objects(PODS).map((manifest) => ({ manifest })));
    expect(workload && Reach.of(other).endpointOf(workload)).toBeUndefined();
  });

  test('pods reach themselves, and no side of an address is looked at', () => {
    const reach = of(PODS + kubernetes('all', '{ podSelector: {}, policyTypes: [Ingress, Egress] }'));
    const [api, address] = [end(reach, 'shop/api'), outside(Network.parse('203.0.113.7') as Network)];
    const verdict = (from: Endpoint, to: Endpoint) => reach.verdict({ from, to, port: 80, protocol: 'TCP' });
    expect(verdict(api, api)).toEqual({ isAllowed: true, egress: undefined, ingress: undefined });
    expect(verdict(api, address)).toMatchObject({ isAllowed: false, egress: { isAllowed: false }, ingress: undefined });
    expect(verdict(address, api)).toMatchObject({ isAllowed: false, egress: undefined, ingress: { isAllowed: false } });
    const open = of(PODS);
    const untouched = { isAllowed: true, policy: undefined, field: undefined };
    expect(open.verdict({ from: end(open, 'shop/web'), to: end(open, 'shop/api'), port: 80, protocol: 'TCP' })).toEqual(
      {
        isAllowed: true,
        egress: untouched,
        ingress: untouched,
      },
    );
  });
});
