import { HostReach, outside, World } from '../../../lib/facts';
import { Network } from '../../../lib/values/ip-network';
import { objects } from '../../support/rules';

const HOST = `
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n1-eth0, labels: { role: edge } }
spec: { node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11] }
`;
const policy = (name: string, spec: string) => `---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: ${name} }
spec: { selector: "role == 'edge'", ${spec} }
`;
const anybody = outside(Network.parse('198.51.100.7') as Network);
const somebody = outside(Network.parse('203.0.113.9') as Network);

function hostOf(yaml: string) {
  const reach = HostReach.of(new World(objects(yaml).map((manifest) => ({ manifest }))));
  const [host] = reach.hosts;
  if (host === undefined) throw new Error('no host');
  const flow = (port: number, peer = anybody, protocol = 'TCP') => ({ peer, port, protocol });
  const through = (port: number, from = anybody, entryPort?: number) => ({
    from,
    to: somebody,
    port,
    protocol: 'TCP',
    entryPort,
  });
  return {
    reach,
    host,
    into: (port: number, peer = anybody, protocol = 'TCP') =>
      reach.local(host, 'ingress', flow(port, peer, protocol)).isAllowed,
    outOf: (port: number, peer = anybody, protocol = 'TCP') =>
      reach.local(host, 'egress', flow(port, peer, protocol)).isAllowed,
    through: (port: number, from = anybody, entryPort?: number) =>
      reach.forwarded(host, through(port, from, entryPort)).isAllowed,
    leaving: (port: number) => reach.leaving(host, { from: somebody, to: anybody, port, protocol: 'TCP' }).isAllowed,
  };
}

test('an interface without policies is closed for the node and open for what goes through', () => {
  const { into, outOf, through, leaving } = hostOf(HOST);
  expect([into(9000), outOf(443), through(8080), leaving(443)]).toEqual([false, false, true, true]);
});

test('failsafe ports are open, each in its direction and protocol', () => {
  const { into, outOf, through } = hostOf(
    HOST +
      policy('closed', 'order: 1, preDNAT: true, applyOnForward: true, types: [Ingress], ingress: [{ action: Deny }]'),
  );
  expect([22, 179, 2379, 2380, 5473, 6443, 6666, 6667].map((port) => into(port))).toEqual(Array(8).fill(true));
  expect([179, 2379, 2380, 5473, 6443, 6666, 6667].map((port) => outOf(port))).toEqual(Array(7).fill(true));
  expect([into(68, anybody, 'UDP'), outOf(53, anybody, 'UDP'), outOf(67, anybody, 'UDP')]).toEqual([true, true, true]);
  expect([into(68), into(53, anybody, 'UDP'), outOf(22), outOf(68, anybody, 'UDP'), outOf(53)]).toEqual(
    Array(5).fill(false),
  );
  expect([through(22), through(8080)]).toEqual([true, false]);
});

test('a profile opens what no policy looks at', () => {
  const open = hostOf(HOST.replace('expectedIPs', 'profiles: [projectcalico-default-allow], expectedIPs'));
  expect([open.into(9000), open.outOf(443)]).toEqual([true, true]);
  const looked = hostOf(
    HOST.replace('expectedIPs', 'profiles: [open], expectedIPs') + policy('some', 'types: [Ingress], ingress: []'),
  );
  expect([looked.into(9000), looked.outOf(443)]).toEqual([false, true]);
});

test('a policy without applyOnForward is about the node alone', () => {
  const { into, through } = hostOf(
    HOST + policy('p', 'types: [Ingress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [9000] } }]'),
  );
  expect([into(9000), into(9001), through(9001)]).toEqual([true, false, true]);
});

test('a policy with it denies what goes through and it does not allow', () => {
  const { into, through, leaving } = hostOf(
    HOST +
      policy(
        'p',
        'applyOnForward: true, types: [Ingress, Egress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [9000] } }], egress: [{ action: Allow, protocol: TCP, destination: { ports: [443] } }]',
      ),
  );
  expect([into(9000), through(9000), through(9001)]).toEqual([true, true, false]);
  expect([leaving(443), leaving(80)]).toEqual([true, false]);
});

test('before the translation the port of the node counts, and what is allowed there is not asked of again', () => {
  const early = policy(
    'early',
    'order: 1, preDNAT: true, applyOnForward: true, types: [Ingress], ingress: [{ action: Allow, protocol: TCP, source: { nets: [198.51.100.0/24] }, destination: { ports: [31852] } }, { action: Deny, protocol: TCP, destination: { ports: [31852] } }]',
  );
  const { into, through } = hostOf(
    HOST + early + policy('late', 'order: 2, applyOnForward: true, types: [Ingress], ingress: [{ action: Deny }]'),
  );
  expect([through(8080, anybody, 31852), through(8080, somebody, 31852)]).toEqual([true, false]);
  expect([through(8080, anybody, 31853), through(31852)]).toEqual([false, true]);
  expect([into(31852), into(31852, somebody), into(31853)]).toEqual([true, false, false]);
});

test('untracked connections need a rule for their answers', () => {
  const untracked = (egress: string) =>
    policy(
      'u',
      `doNotTrack: true, applyOnForward: true, types: [Ingress, Egress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [9000] } }], egress: ${egress}`,
    );
  const mirrored = hostOf(HOST + untracked('[{ action: Allow, protocol: TCP, source: { ports: [9000] } }]'));
  expect([mirrored.into(9000), mirrored.into(9001)]).toEqual([true, false]);
  expect(hostOf(HOST + untracked('[]')).into(9000)).toBe(false);
  expect(hostOf(HOST + untracked('[{ action: Allow, protocol: TCP, source: { ports: [9001] } }]')).into(9000)).toBe(
    false,
  );
  expect(hostOf(HOST + untracked('[{ action: Deny }]')).into(9000)).toBe(false);
  const denied = hostOf(
    HOST +
      untracked('[]').replace('action: Allow', 'action: Deny') +
      policy('n', 'types: [Ingress], ingress: [{ action: Allow }]'),
  );
  expect([denied.into(9000), denied.into(9001)]).toEqual([false, true]);
  const client = hostOf(
    HOST +
      policy(
        'c',
        'doNotTrack: true, applyOnForward: true, types: [Ingress, Egress], egress: [{ action: Allow, protocol: TCP, destination: { ports: [11211] } }], ingress: [{ action: Allow, protocol: TCP, source: { ports: [11211] } }]',
      ),
  );
  expect([client.outOf(11211), client.outOf(11212)]).toEqual([true, false]);
});

test('what goes on to pods never gets its answers untracked', () => {
  const untracked = policy(
    'u',
    'doNotTrack: true, applyOnForward: true, types: [Ingress, Egress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [9000] } }], egress: [{ action: Allow }]',
  );
  const { reach, host, through } = hostOf(HOST + untracked);
  expect([through(9000), through(9001)]).toEqual([false, true]);
  expect(reach.forwarded(host, { from: anybody, to: somebody, port: 9000, protocol: 'TCP' }).field).toBe(
    'spec.ingress[0]',
  );
});

test('untracked policies do not hold for all interfaces at once', () => {
  const all =
    HOST.replace('interfaceName: eth0', 'interfaceName: "*"') +
    policy(
      'u',
      'doNotTrack: true, applyOnForward: true, types: [Ingress, Egress], ingress: [{ action: Allow }], egress: [{ action: Allow }]',
    );
  const { reach, host, into } = hostOf(all);
  expect([reach.policiesOf(host, 'untracked', 'ingress'), into(9000)]).toEqual([[], false]);
});

test('tiers are asked in turn, and a rule that passes leaves it to the next', () => {
  const tier = '---\napiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: { name: first }\nspec: { order: 1 }\n';
  const first = policy(
    'first.p',
    'tier: first, types: [Ingress], ingress: [{ action: Pass, protocol: TCP, destination: { ports: [9000] } }]',
  );
  const second = policy('second', 'types: [Ingress], ingress: [{ action: Allow }]');
  const { into } = hostOf(HOST + tier + first + second);
  expect([into(9000), into(9001)]).toEqual([true, false]);
});

test('selectors of rules mean hosts too, by their addresses', () => {
  const other = HOST.replace('n1-eth0', 'n2-eth0')
    .replace('node: n1', 'node: n2')
    .replace('192.0.2.11', '192.0.2.12')
    .replace('role: edge', 'role: client');
  const rule = policy(
    'p',
    `types: [Ingress], ingress: [{ action: Allow, source: { namespaceSelector: global(), selector: "role == 'client'" } }]`,
  );
  const yaml = `${HOST}${rule}---${other}`;
  const { reach, host } = hostOf(yaml);
  const peer = reach.hosts[1]?.endpoint;
  if (peer === undefined) throw new Error('no second host');
  expect(reach.local(host, 'ingress', { peer, port: 9000, protocol: 'TCP' }).isAllowed).toBe(true);
  expect(reach.local(host, 'ingress', { peer: anybody, port: 9000, protocol: 'TCP' }).isAllowed).toBe(false);
});

test('policies of namespaces, of Kubernetes and of administrators say nothing of hosts', () => {
  const others = `---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: a }
spec: { selector: all(), types: [Ingress], ingress: [{ action: Allow }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: b }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{}] }
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: c }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Accept, from: [{ namespaces: {} }] }] }
`;
  expect(hostOf(HOST + others).into(9000)).toBe(false);
});

test('decisions name the policy and the rule', () => {
  const { reach, host } = hostOf(HOST + policy('p', 'types: [Ingress], ingress: [{ action: Allow, protocol: TCP }]'));
  const decided = (port: number, protocol: string) => {
    const { policy: by, field } = reach.local(host, 'ingress', { peer: anybody, port, protocol });
    return [by?.name, field];
  };
  expect(decided(9000, 'TCP')).toEqual(['p', 'spec.ingress[0]']);
  expect(decided(9000, 'UDP')).toEqual(['p', undefined]);
  expect(reach.hostOf({} as never)).toBeUndefined();
  expect(reach.hostOf(host.fact)).toBe(host);
});

test('what the early policies are not about is left to the others', () => {
  const [other, normal] = [
    'ingress: [{ action: Allow, protocol: TCP, destination: { ports: [1] } }]',
    policy('n', 'types: [Ingress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [9000] } }]'),
  ];
  for (const flag of ['preDNAT', 'doNotTrack']) {
    const early = policy('e', `order: 1, ${flag}: true, applyOnForward: true, types: [Ingress], ${other}`);
    const { into, through } = hostOf(HOST + early + normal);
    expect([flag, into(9000), into(9001), through(9000)]).toEqual([flag, true, false, true]);
  }
});

test('each policy is in the lists of its hook, and in no other', () => {
  const { reach, host } = hostOf(
    HOST +
      policy('early', 'preDNAT: true, applyOnForward: true, types: [Ingress], ingress: []') +
      policy('untracked', 'doNotTrack: true, applyOnForward: true, types: [Ingress, Egress], ingress: [], egress: []') +
      policy('forward', 'applyOnForward: true, types: [Ingress, Egress], ingress: [], egress: []') +
      policy('normal', 'types: [Ingress, Egress], ingress: [], egress: []'),
  );
  const listed = (list: 'untracked' | 'preDNAT' | 'forward' | 'normal', direction: 'ingress' | 'egress') =>
    reach.policiesOf(host, list, direction).map(({ object }) => object.name);
  expect([listed('untracked', 'ingress'), listed('untracked', 'egress')]).toEqual([['untracked'], ['untracked']]);
  expect([listed('preDNAT', 'ingress'), listed('preDNAT', 'egress')]).toEqual([['early'], []]);
  expect([listed('forward', 'ingress'), listed('forward', 'egress')]).toEqual([['forward'], ['forward']]);
  expect([listed('normal', 'ingress'), listed('normal', 'egress')]).toEqual([
    ['forward', 'normal'],
    ['forward', 'normal'],
  ]);
});

test('an end that is an interface is asked about as one', () => {
  const { reach, host } = hostOf(
    HOST +
      policy('p', 'types: [Ingress], ingress: [{ action: Allow, protocol: TCP, source: { nets: [198.51.100.0/24] } }]'),
  );
  const flow = { peer: anybody, port: 9000, protocol: 'TCP' };
  expect(reach.of(host.endpoint, 'ingress', flow)?.isAllowed).toBe(true);
  expect(reach.of(host.endpoint, 'ingress', { ...flow, peer: somebody })?.isAllowed).toBe(false);
  expect(reach.of(host.endpoint, 'egress', flow)?.isAllowed).toBe(false);
  expect(reach.of(anybody, 'ingress', flow)).toBeUndefined();
});

test('what leaves is asked as leaving', () => {
  const { outOf, into } = hostOf(
    HOST +
      policy(
        'p',
        'types: [Ingress, Egress], ingress: [], egress: [{ action: Allow, protocol: TCP, destination: { nets: [198.51.100.0/24] } }]',
      ),
  );
  expect([outOf(443), outOf(443, somebody), into(443)]).toEqual([true, false, false]);
});
