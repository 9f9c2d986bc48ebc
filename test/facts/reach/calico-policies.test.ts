import { type Endpoint, HostReach, outside, Reach, World } from '../../../lib/facts';
import { Network } from '../../../lib/values/ip-network';
import { asked, pod } from '../../support/reach';
import { objects } from '../../support/rules';

const inBank = (yaml: string) => yaml.replace('namespace: shop', 'namespace: bank');
const PODS = `${pod('web')}${pod('api')}${pod('db')}${inBank(pod('web'))}`;
const calico = (name: string, spec: string, kind = 'NetworkPolicy') => `
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { name: ${name}${kind.includes('Global') ? '' : ', namespace: shop'} }
spec: ${spec}
---`;
/** Who of some may connect to api at 8080 by a rule of a policy of its namespace. */
function allowed(rule: string, more = '', policy: [name: string, kind: string] = ['api', 'NetworkPolicy']) {
  const [name, kind] = policy;
  const ask = asked(
    `${PODS}${more}${calico(name, `{ selector: "app == 'api'", ingress: [{ action: Allow, ${rule} }] }`, kind)}`,
  );
  return (question: string) => ask(question).startsWith('allow');
}

test('policies of one order are asked by their full names, with the tier', () => {
  const rule = (action: string) =>
    `{ order: 5, selector: "app == 'api'", types: [Ingress], ingress: [{ action: ${action} }] }`;
  const ask = (...policies: string[]) => asked(PODS + policies.join(''))('web -> api:80');
  expect(ask(calico('default.a', rule('Deny')), calico('b', rule('Allow')))).toContain('deny by default.a');
  expect(ask(calico('default.b', rule('Deny')), calico('a', rule('Allow')))).toContain('allow by a');
  // one of the cluster has no namespace before its name
  expect(ask(calico('z', rule('Deny'), 'GlobalNetworkPolicy'), calico('a', rule('Allow')))).toContain('deny by z');
});

test('a tier without an order is the last one, and without an action it denies', () => {
  const tier = (spec: string) => `
apiVersion: projectcalico.org/v3
kind: Tier
metadata: { name: first }
spec: ${spec}
---`;
  const inTier = calico(
    'first.p',
    `{ tier: first, selector: all(), types: [Ingress], ingress: [{ action: Deny, source: { selector: "app == 'db'" } }] }`,
  );
  const open = calico('open', '{ selector: all(), types: [Ingress], ingress: [{ action: Allow }] }');
  expect(asked(PODS + tier('{}') + inTier + open)('db -> api:80')).toContain('allow by open');
  expect(asked(PODS + tier('{ order: 10 }') + inTier + open)('db -> api:80')).toContain('deny by first.p');
  expect(asked(PODS + tier('{ order: 10 }') + inTier + open)('web -> api:80')).toBe('deny by first.p end of tier');
});

describe('whom a policy is about', () => {
  const closing = (spec: string, kind = 'GlobalNetworkPolicy') => {
    const ask = asked(PODS + calico('closed', `{ ${spec}, types: [Ingress] }`, kind));
    return ['db -> api:80', 'db -> web:80', 'db -> bank/web:80'].map((question) => ask(question).startsWith('deny'));
  };

  test.each<[string, boolean[]]>([
    ['selector: "app == \'web\'"', [false, true, true]],
    ['selector: "app == \'web\'", namespaceSelector: "kubernetes.io/metadata.name == \'bank\'"', [false, false, true]],
    ['selector: "projectcalico.org/namespace == \'bank\'"', [false, false, true]],
    ['selector: "projectcalico.org/orchestrator == \'k8s\'"', [true, true, true]],
    ['selector: "projectcalico.org/serviceaccount == \'default\'"', [true, true, true]],
    ['selector: all(), serviceAccountSelector: has(role)', [false, false, false]],
    ['selector: all(), namespaceSelector: has(team)', [false, false, false]],
    ['selector: global()', [true, true, true]],
  ])('of the cluster: %s', (spec, closed) => {
    expect(closing(spec)).toEqual(closed);
  });

  test('of a namespace: its pods alone, whatever a namespace selector would say', () => {
    expect(closing('selector: all()', 'NetworkPolicy')).toEqual([true, true, false]);
    expect(
      closing('selector: all(), namespaceSelector: "kubernetes.io/metadata.name == \'bank\'"', 'NetworkPolicy'),
    ).toEqual([true, true, false]);
  });

  test('by the labels of an account', () => {
    const account = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: default, namespace: bank, labels: { role: robot } }
---`;
    const ask = asked(
      PODS +
        account +
        calico('closed', '{ serviceAccountSelector: "role == \'robot\'", types: [Ingress] }', 'GlobalNetworkPolicy'),
    );
    expect(['db -> web:80', 'db -> bank/web:80'].map(ask)).toEqual(['allow', 'deny by closed end of tier']);
  });
});

describe('whether a policy of the cluster is about interfaces of nodes', () => {
  const HOST = `
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n1-eth0, labels: { role: edge } }
spec: { node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11] }
---`;

  test.each([
    ['selector: "role == \'edge\'"', true],
    ['selector: "role == \'other\'"', false],
    ['selector: all()', true],
    ['selector: global()', true],
    ['order: 1', true],
    ['selector: has(projectcalico.org/orchestrator)', false],
    // beside a selector of what hosts have not, `all()` asks for a namespace
    ['selector: all(), namespaceSelector: "!has(team)"', false],
    ['selector: "role == \'edge\'", namespaceSelector: "!has(team)"', true],
    ['selector: "role == \'edge\'", namespaceSelector: has(team)', false],
    ['selector: "role == \'edge\'", namespaceSelector: all()', false],
    ['selector: "role == \'edge\'", serviceAccountSelector: "!has(team)"', true],
    ['selector: "role == \'edge\'", serviceAccountSelector: has(team)', false],
    ['selector: "role == \'edge\'", namespaceSelector: "!has(team)", serviceAccountSelector: has(team)', false],
    ["selector: \"role == 'edge'\", namespaceSelector: ''", true],
  ])('%s: %s', (spec, isAbout) => {
    const yaml = HOST + calico('closed', `{ ${spec}, types: [Ingress] }`, 'GlobalNetworkPolicy');
    const reach = HostReach.of(new World(objects(yaml).map((manifest) => ({ manifest }))));
    const [host] = reach.hosts;
    const found = host && reach.policiesOf(host, 'normal', 'ingress');
    expect(found?.map(({ object }) => object.name)).toEqual(isAbout ? ['closed'] : []);
  });

  test('an interface is an end of a rule by its labels, and in no namespace', () => {
    const source = (written: string) => {
      const yaml =
        PODS +
        HOST +
        calico('api', `{ selector: "app == 'api'", ingress: [{ action: Allow, source: { ${written} } }] }`);
      const world = new World(objects(yaml).map((manifest) => ({ manifest })));
      const to = Reach.of(world).endpoints.find(({ name }) => name === 'shop/api') as Endpoint;
      const from = HostReach.of(world).hosts[0]?.endpoint as Endpoint;
      return Reach.of(world).verdict({ from, to, port: 80, protocol: 'TCP' }).isAllowed;
    };
    expect(source('selector: "role == \'edge\'", namespaceSelector: global()')).toBe(true);
    expect(source('selector: "role == \'other\'", namespaceSelector: global()')).toBe(false);
    expect(source('selector: "role == \'edge\'"')).toBe(false);
    expect(source('selector: "role == \'edge\'", namespaceSelector: all()')).toBe(false);
    expect(source('selector: has(projectcalico.org/orchestrator), namespaceSelector: global()')).toBe(false);
  });
});

describe('rules', () => {
  test('without types those of the directions that are written, ingress where none is', () => {
    const closed = (spec: string) => {
      const ask = asked(PODS + calico('api', `{ selector: "app == 'api'"${spec} }`));
      return ['db -> api:80', 'api -> db:80'].map((question) => ask(question).startsWith('deny'));
    };
    expect(closed('')).toEqual([true, false]);
    expect(closed(', egress: [{ action: Deny }]')).toEqual([false, true]);
    expect(closed(', ingress: [{ action: Deny }]')).toEqual([true, false]);
    expect(closed(', ingress: [{ action: Deny }], egress: [{ action: Deny }]')).toEqual([true, true]);
    expect(closed(', types: [Egress], ingress: [{ action: Deny }]')).toEqual([false, true]);
  });

  test('what is no action lets nothing through', () => {
    expect(
      asked(PODS + calico('api', `{ selector: "app == 'api'", ingress: [{ action: Permit }, { action: Allow }] }`))(
        'web -> api:80',
      ),
    ).toBe('deny by api spec.ingress[0]');
    expect(
      asked(PODS + calico('api', `{ selector: "app == 'api'", ingress: [{}, { action: Allow }] }`))('web -> api:80'),
    ).toBe('deny by api spec.ingress[0]');
  });

  test.each([
    ['protocol: TCP', [true, false]],
    ['protocol: tcp', [true, false]],
    ['protocol: 6', [true, false]],
    ['protocol: "17"', [false, true]],
    ['notProtocol: UDP', [true, false]],
    ['notProtocol: TCP', [false, true]],
  ])('%s', (rule, verdicts) => {
    const ask = allowed(rule);
    expect([ask('web -> api:8080'), ask('web -> api:53/UDP')]).toEqual(verdicts);
  });

  test.each([
    ['ipVersion: 4', [true, true, false]],
    ['ipVersion: 6', [false, false, false]],
    ['ipVersion: 5', [true, true, true]],
  ])('%s', (rule, verdicts) => {
    const ask = allowed(rule);
    expect(['web -> api:80', '203.0.113.7 -> api:80', '2001:db8::1 -> api:80'].map(ask)).toEqual(verdicts);
  });

  test('a family is that of both ends', () => {
    const six = PODS.replaceAll('---', 'status: { podIP: "fd00::7" }\n---').replace(/status: [^\n]*\n---$/, '---');
    const ask = (version: number) =>
      asked(six + calico('api', `{ selector: "app == 'api'", ingress: [{ action: Allow, ipVersion: ${version} }] }`));
    expect(ask(6)('2001:db8::1 -> api:80')).toBe('allow by api spec.ingress[0]');
    expect(ask(4)('2001:db8::1 -> api:80')).toContain('deny');
    expect(ask(6)('203.0.113.7 -> api:80')).toContain('deny');
  });

  test.each([
    ['[8080]', [true, false, false]],
    ['["8080"]', [true, false, false]],
    ['["8000:8080"]', [true, false, false]],
    ['["8080:9090"]', [true, true, true]],
    ['[http]', [true, false, false]],
    ['["80801"]', [false, false, false]],
    ['["x8080"]', [false, false, false]],
    ['["8080x"]', [false, false, false]],
    ['["8080:"]', [false, false, false]],
    ['[[]]', [false, false, false]],
    ['[]', [true, true, true]],
  ])('ports %s', (ports, verdicts) => {
    const ask = allowed(`protocol: TCP, destination: { ports: ${ports} }`);
    expect([8080, 8081, 9090].map((port) => ask(`web -> api:${port}`))).toEqual(verdicts);
    const without = allowed(`protocol: TCP, destination: { notPorts: ${ports} }`);
    const left = ports === '[]' ? verdicts : verdicts.map((one) => !one);
    expect([8080, 8081, 9090].map((port) => without(`web -> api:${port}`))).toEqual(left);
  });

  test('networks that cannot be read are none', () => {
    const ask = allowed('source: { nets: [nonsense, 203.0.113.0/24] }');
    expect(['203.0.113.7 -> api:80', '198.51.100.7 -> api:80'].map(ask)).toEqual([true, false]);
  });
});

describe('ends', () => {
  const ends = ['web -> api:80', 'bank/web -> api:80', '203.0.113.7 -> api:80'];
  const set = (kind: string, metadata: string) => `
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { ${metadata}, labels: { role: partner } }
spec: { nets: [203.0.113.0/24] }
---`;

  test.each([
    ['source: null', [true, true, true]],
    ['source: {}', [true, true, true]],
    ['source: { selector: "app == \'web\'" }', [true, false, false]],
    ['source: { notSelector: "app == \'db\'" }', [true, false, false]],
    ['source: { serviceAccounts: { selector: has(role) } }', [false, false, false]],
    ['source: { serviceAccounts: { selector: "!has(role)" } }', [true, false, false]],
    ['source: { serviceAccounts: { names: [default], selector: has(role) } }', [false, false, false]],
    ['source: { selector: all(), serviceAccounts: { selector: all() } }', [true, false, false]],
  ])('of a policy of a namespace: %s', (rule, verdicts) => {
    expect(ends.map(allowed(rule))).toEqual(verdicts);
  });

  test.each([
    ['source: { selector: "app == \'web\'" }', [true, true, false]],
    ['source: { notSelector: "app == \'db\'" }', [true, true, true]],
    ['source: { notSelector: "app == \'web\'" }', [false, false, true]],
    ['source: { namespaceSelector: all() }', [true, true, false]],
    ['source: { serviceAccounts: { names: [default] } }', [true, true, false]],
  ])('of a policy of the cluster: %s', (rule, verdicts) => {
    expect(ends.map(allowed(rule, '', ['api', 'GlobalNetworkPolicy']))).toEqual(verdicts);
  });

  test('a set of networks is in the namespace that it lies in, or in none', () => {
    const partner = 'source: { selector: "role == \'partner\'" }';
    const inside = set('NetworkSet', 'name: partner, namespace: shop');
    const elsewhere = set('NetworkSet', 'name: partner, namespace: bank');
    const global = set('GlobalNetworkSet', 'name: partner');
    const isPartner = (rule: string, more: string) => allowed(rule, more)('203.0.113.7 -> api:80');
    expect([inside, elsewhere, global].map((one) => isPartner(partner, one))).toEqual([true, false, false]);
    const all = 'source: { selector: "role == \'partner\'", namespaceSelector: all() }';
    expect([inside, elsewhere, global].map((one) => isPartner(all, one))).toEqual([true, true, false]);
    const none = 'source: { selector: "role == \'partner\'", namespaceSelector: global() }';
    expect([inside, elsewhere, global].map((one) => isPartner(none, one))).toEqual([false, false, true]);
    const bank =
      'source: { selector: "role == \'partner\'", namespaceSelector: "kubernetes.io/metadata.name == \'bank\'" }';
    expect([inside, elsewhere, global].map((one) => isPartner(bank, one))).toEqual([false, true, false]);
    const account = 'source: { selector: "role == \'partner\'", serviceAccounts: { names: [default] } }';
    expect(isPartner(account, inside)).toBe(false);
  });

  test('a Service is looked for in the namespace of the policy, unless another is named', () => {
    const service = (namespace: string) => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: ${namespace} }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---`;
    const leaving = (services: string, more: string) => {
      const ask = asked(
        PODS +
          more +
          calico(
            'api',
            `{ selector: "app == 'api'", egress: [{ action: Allow, destination: { services: ${services} } }] }`,
          ),
      );
      return ['api -> web:8080', 'api -> bank/web:8080', 'api -> web:80'].map((question) =>
        ask(question).startsWith('allow'),
      );
    };
    const both = service('shop') + service('bank');
    expect(leaving('{ name: web }', both)).toEqual([true, false, false]);
    expect(leaving('{ name: web, namespace: bank }', both)).toEqual([false, true, false]);
    expect(leaving('{ name: web }', service('bank'))).toEqual([false, false, false]);
    expect(leaving('{}', both)).toEqual([false, false, false]);
    expect(leaving('null', both)).toEqual([true, true, true]);
  });

  test('somebody outside is behind no Service', () => {
    const world = new World(objects(PODS).map((manifest) => ({ manifest })));
    const from = outside(Network.parse('203.0.113.7') as Network);
    const to = Reach.of(world).endpoints[0] as Endpoint;
    expect(Reach.of(world).verdict({ from, to, port: 80, protocol: 'TCP' })).toMatchObject({
      isAllowed: true,
      egress: undefined,
    });
  });
});
