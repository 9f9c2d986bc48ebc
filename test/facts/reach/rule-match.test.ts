import type { Endpoint, Entity, Flow, MatchedRule, NetworkSet } from '../../../lib/facts';
import { ANYONE, isAboutAll, isAmong, isDecisive, matches, outside } from '../../../lib/facts';
import { Network } from '../../../lib/values/ip-network';

const network = (text: string) => Network.parse(text) as Network;
const address = (text: string) => outside(network(text));
const pod = (name: string, more: Partial<Endpoint> = {}): Endpoint => ({
  ...address('10.244.0.1'),
  name: `shop/${name}`,
  namespace: 'shop',
  labels: { app: name },
  networks: [],
  ports: [{ name: 'http', number: 8080, protocol: 'TCP' }],
  kind: 'pod',
  ...more,
});
const RULE: MatchedRule = {
  field: 'spec.ingress[0]',
  action: 'Allow',
  protocols: [],
  notProtocol: undefined,
  family: undefined,
  source: ANYONE,
  destination: ANYONE,
};
const FLOW: Flow = { from: pod('web'), to: pod('api'), port: 8080, protocol: 'TCP' };
const rule = (more: Partial<MatchedRule>): MatchedRule => ({ ...RULE, ...more });
const source = (more: Partial<Entity>) => rule({ source: { ...ANYONE, ...more } });
const destination = (more: Partial<Entity>) => rule({ destination: { ...ANYONE, ...more } });
const isMatch = (one: MatchedRule, flow: Partial<Flow> = {}, sets: readonly NetworkSet[] = []) =>
  matches(one, { ...FLOW, ...flow }, sets);
const labelled = (app: string) => (one: Endpoint | NetworkSet) => one.labels.app === app;
const set = (app: string, ...networks: string[]): NetworkSet => ({
  labels: { app },
  isInNamespace: false,
  namespace: undefined,
  namespaceLabels: {},
  networks: networks.map(network),
});

describe('a rule of everything', () => {
  test('has nothing written, of either end', () => {
    expect([isAboutAll(RULE), isDecisive(RULE), isDecisive(rule({ action: 'Deny' }))]).toEqual([true, true, true]);
  });

  test.each<[string, MatchedRule]>([
    ['a protocol', rule({ protocols: ['TCP'] })],
    ['a protocol that is left out', rule({ notProtocol: 'TCP' })],
    ['a family', rule({ family: 4 })],
    ['a selector', source({ selects: () => true })],
    ['a port', destination({ ports: [[80, 80]] })],
    ['a network', source({ networks: [network('10.0.0.0/8')] })],
  ])('%s makes it one of something', (_, one) => {
    expect([isAboutAll(one), isDecisive(one)]).toEqual([false, false]);
  });

  test.each(['Pass', 'Log'] as const)('%s decides nothing', (action) => {
    expect([isAboutAll(rule({ action })), isDecisive(rule({ action }))]).toEqual([true, false]);
  });
});

test.each<[Parameters<typeof isAmong>[0], string[] | undefined, boolean]>([
  [[], undefined, false],
  [[[80, 80]], undefined, true],
  [[[80, 90]], undefined, true],
  [[[70, 80]], undefined, true],
  [[[81, 90]], undefined, false],
  [[[70, 79]], undefined, false],
  [
    [
      [1, 2],
      [80, 80],
    ],
    undefined,
    true,
  ],
  [['http'], ['http'], true],
  [['http'], ['dns'], false],
  [['http'], undefined, false],
  [['dns', [80, 80]], undefined, true],
])('port 80 among %j, called %j: %s', (ports, names, isThere) => {
  expect(isAmong(ports, 80, names)).toBe(isThere);
});

test('protocols are asked of the connection', () => {
  expect(isMatch(rule({ protocols: ['TCP', 'UDP'] }))).toBe(true);
  expect(isMatch(rule({ protocols: ['UDP'] }))).toBe(false);
  expect(isMatch(rule({ notProtocol: 'UDP' }))).toBe(true);
  expect(isMatch(rule({ notProtocol: 'TCP' }))).toBe(false);
});

test('a family is that of both ends, and of IPv4 where nobody knows', () => {
  const [four, six] = [address('192.0.2.1'), address('2001:db8::1')];
  const both = pod('web', { networks: [network('10.244.0.0/16'), network('fd00::/8')] });
  expect([4, 6].map((family) => isMatch(rule({ family: family as 4 | 6 })))).toEqual([true, false]);
  expect(isMatch(rule({ family: 4 }), { from: four })).toBe(true);
  expect(isMatch(rule({ family: 4 }), { from: six })).toBe(false);
  expect(isMatch(rule({ family: 6 }), { from: six })).toBe(false);
  expect(isMatch(rule({ family: 6 }), { from: six, to: both })).toBe(true);
  expect(isMatch(rule({ family: 6 }), { from: both, to: six })).toBe(true);
  expect(isMatch(rule({ family: 4 }), { from: both, to: six })).toBe(false);
});

describe('an end that is selected', () => {
  test('is one by its own labels', () => {
    expect(isMatch(source({ selects: labelled('web') }))).toBe(true);
    expect(isMatch(source({ selects: labelled('api') }))).toBe(false);
    expect(isMatch(destination({ selects: labelled('api') }))).toBe(true);
  });

  test('or lies in a set that is, whatever its own labels', () => {
    const partners = set('partner', '198.51.100.0/24', '203.0.113.0/24');
    const from = address('203.0.113.7');
    expect(isMatch(source({ selects: labelled('partner') }), { from }, [partners])).toBe(true);
    expect(isMatch(source({ selects: labelled('partner') }), { from }, [set('other', '203.0.113.0/24')])).toBe(false);
    expect(isMatch(source({ selects: labelled('partner') }), { from: address('192.0.2.1') }, [partners])).toBe(false);
    expect(isMatch(source({ selects: () => true }), { from })).toBe(false);
  });

  test('is left out by its own labels', () => {
    expect(isMatch(source({ spares: labelled('web') }))).toBe(false);
    expect(isMatch(source({ spares: labelled('api') }))).toBe(true);
    expect(isMatch(source({ selects: () => true, spares: labelled('web') }))).toBe(false);
    expect(isMatch(source({ selects: () => true, spares: labelled('api') }))).toBe(true);
  });

  test('or by those of a set, unless it is selected by itself', () => {
    const partners = set('partner', '10.244.0.0/16');
    const from = pod('web', { networks: [network('10.244.3.7')] });
    expect(isMatch(source({ spares: labelled('partner') }), { from }, [partners])).toBe(false);
    expect(isMatch(source({ selects: labelled('web'), spares: labelled('partner') }), { from }, [partners])).toBe(true);
  });
});

describe('networks', () => {
  const inside = address('10.1.2.3');

  test('are those of which one holds the end', () => {
    expect(isMatch(source({ networks: [network('192.0.2.0/24'), network('10.0.0.0/8')] }), { from: inside })).toBe(
      true,
    );
    expect(isMatch(source({ networks: [network('192.0.2.0/24')] }), { from: inside })).toBe(false);
    expect(isMatch(source({ notNetworks: [network('192.0.2.0/24'), network('10.0.0.0/8')] }), { from: inside })).toBe(
      false,
    );
    expect(isMatch(source({ notNetworks: [network('192.0.2.0/24')] }), { from: inside })).toBe(true);
  });

  test('one address of several is enough', () => {
    const from = pod('web', { networks: [network('fd00::1'), network('10.1.2.3')] });
    expect(isMatch(source({ networks: [network('10.0.0.0/8')] }), { from })).toBe(true);
  });

  test('an address that nobody knows lies in the network of all of IPv4 alone', () => {
    expect(isMatch(source({ networks: [network('0.0.0.0/0')] }))).toBe(true);
    expect(isMatch(source({ networks: [network('::/0')] }))).toBe(false);
    expect(isMatch(source({ networks: [network('10.0.0.0/8')] }))).toBe(false);
  });
});

describe('ports', () => {
  test('are those of the one that is connected to, from first to last', () => {
    const ranges = [
      [8080, 8080],
      [8000, 8080],
      [8080, 9000],
      [8081, 9000],
      [8000, 8079],
    ] as const;
    expect(ranges.map((range) => isMatch(destination({ ports: [range] })))).toEqual([true, true, true, false, false]);
    expect(ranges.map((range) => isMatch(destination({ notPorts: [range] })))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(
      isMatch(
        destination({
          ports: [
            [1, 2],
            [8080, 8080],
          ],
        }),
      ),
    ).toBe(true);
  });

  test('of the one that connects are some high ones, if nobody says which', () => {
    expect(isMatch(source({ ports: [[11211, 11211]] }))).toBe(false);
    expect(isMatch(source({ ports: [[32768, 60999]] }))).toBe(true);
    expect(isMatch(source({ ports: [[11211, 11211]] }), { sourcePort: 11211 })).toBe(true);
  });

  test('by name are those of the pods themselves, with their protocol', () => {
    expect(isMatch(destination({ ports: ['http'] }))).toBe(true);
    expect(isMatch(destination({ ports: ['http'] }), { port: 8081 })).toBe(false);
    expect(isMatch(destination({ ports: ['http'] }), { protocol: 'UDP' })).toBe(false);
    expect(isMatch(destination({ ports: ['dns'] }))).toBe(false);
    expect(isMatch(destination({ ports: ['http'], selects: labelled('api') }))).toBe(true);
    expect(isMatch(destination({ ports: ['http'], selects: labelled('api'), spares: labelled('db') }))).toBe(true);
  });

  test('by name are none of an address, nor of a pod that only a set selects', () => {
    const partners = set('partner', '10.244.0.0/16');
    const to = pod('api', { networks: [network('10.244.3.7')] });
    expect(isMatch(destination({ ports: ['http'] }), { to: { ...to, kind: 'address' } })).toBe(false);
    expect(isMatch(destination({ ports: ['http'] }), { to: { ...to, kind: 'host' } })).toBe(false);
    const bySet = { selects: labelled('partner'), ports: ['http'] };
    expect(isMatch(destination(bySet), { to }, [partners])).toBe(false);
    expect(isMatch(destination({ ...bySet, ports: [[8080, 8080]] }), { to }, [partners])).toBe(true);
    // a set that is left out leaves the pod out, and not its names alone
    const both = {
      selects: (one: Endpoint | NetworkSet) => one.labels.app !== 'db',
      spares: labelled('api'),
      ports: ['http'],
    };
    expect(isMatch(destination(both), { to }, [partners])).toBe(false);
  });
});

describe('a Service', () => {
  const behind = (...ports: object[]) => ({
    service: { service: { ports } as never, isBehind: ({ name }: Endpoint) => name === 'shop/api' },
  });

  test('is the pods behind it', () => {
    const one = behind({ target: 8080, protocol: 'TCP' });
    expect(isMatch(destination(one))).toBe(true);
    expect(isMatch(destination(one), { to: pod('db') })).toBe(false);
  });

  test('and the ports behind it, by number or name, any of them', () => {
    expect(isMatch(destination(behind({ target: 9090, protocol: 'TCP' })))).toBe(false);
    expect(isMatch(destination(behind({ target: 8080, protocol: 'UDP' })))).toBe(false);
    expect(isMatch(destination(behind({ target: 'http', protocol: 'TCP' })))).toBe(true);
    expect(isMatch(destination(behind({ target: 'dns', protocol: 'TCP' })))).toBe(false);
    const several = behind({ target: 9090, protocol: 'TCP' }, { target: 8080, protocol: 'TCP' });
    expect(isMatch(destination(several))).toBe(true);
    expect(isMatch(destination(behind()))).toBe(false);
  });

  test('that is not there has no pods', () => {
    const missing = { service: { service: undefined, isBehind: () => true } };
    expect(isMatch(destination(missing))).toBe(false);
  });
});
