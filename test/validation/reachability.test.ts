import { Chart } from 'cdk8s';
import * as p from '../../lib';
import { chartIn, thrown } from '../support/apps';
import { fenced, webApp } from '../support/fences';
import { pod } from '../support/reach';
import { objects } from '../support/rules';

const DENY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }] }
---`;
const of = (yaml: string) => p.Reachability.ofManifests(objects(yaml));

test('a connection, and the rules that decide', () => {
  const reachability = of(pod('web') + pod('api') + DENY);
  expect(reachability.explain('shop/web', 'shop/api', 8080)).toEqual({
    source: 'shop/web',
    destination: 'shop/api',
    port: 8080,
    protocol: 'TCP',
    isAllowed: true,
    egress: '',
    ingress: 'NetworkPolicy api spec.ingress[0]',
  });
  expect(reachability.explain('203.0.113.7', 'shop/api', 53, 'UDP')).toMatchObject({
    isAllowed: false,
    ingress: 'NetworkPolicy api and its tier',
  });
  expect([
    reachability.reaches('shop/web', 'shop/api', 8080),
    reachability.reaches('shop/web', 'shop/api', 8081),
  ]).toEqual([true, false]);
});

test('every pair, with every port that a container names once', () => {
  const all = of(pod('web') + pod('api') + DENY).all();
  expect(
    all.map(
      ({ source, destination, port, protocol, isAllowed }) =>
        `${source} ${destination} ${port} ${protocol} ${isAllowed}`,
    ),
  ).toEqual([
    'shop/web shop/api 8080 TCP true',
    'shop/web shop/api 53 UDP false',
    'shop/api shop/web 8080 TCP true',
    'shop/api shop/web 53 UDP true',
  ]);
});

test('the table, as one reads it', () => {
  expect(
    of(pod('web') + pod('api') + DENY).table(),
  ).toBe(`shop/web -> shop/api:8080/TCP  NetworkPolicy api spec.ingress[0]
shop/api -> shop/web:8080/TCP  no policy says otherwise
shop/api -> shop/web:53/UDP    no policy says otherwise
1 of 4 connections are denied
`);
  expect(of(pod('web')).table()).toBe('0 of 0 connections are denied\n');
});

test('the target says where pods get their addresses from', () => {
  const block = DENY.replace('podSelector: { matchLabels: { app: web } } }]', 'ipBlock: { cidr: 10.244.0.0/16 } }]');
  const reaching = (pods: string[] | undefined) => {
    const target = p.TargetCluster.of({ network: p.ClusterNetwork.of({ pods }) });
    return p.Reachability._of(
      objects(pod('web') + pod('api') + block).map((manifest) => ({ manifest, target })),
    ).reaches('shop/web', 'shop/api', 8080);
  };
  expect([
    reaching(['10.244.0.0/16']),
    reaching(['10.244.3.0/24']),
    reaching(['10.0.0.0/8']),
    reaching(undefined),
  ]).toEqual([true, true, false, false]);
});

test.each<[string, () => unknown, string]>([
  [
    'a name that is none',
    () => of(pod('web')).reaches('shop/wep', 'shop/web', 80),
    'Reachability: `shop/wep` is neither a workload, nor a HostEndpoint, nor an address; there are shop/web',
  ],
  [
    'anything in nothing',
    () => of(DENY).reaches('x', 'y', 80),
    'Reachability: `x` is neither a workload, nor a HostEndpoint, nor an address; there is none of them',
  ],
  [
    'a name of several',
    () => of(pod('web') + pod('web')).reaches('shop/web', 'shop/web', 80),
    'Reachability: shop/web names several: Pod, Pod; look at one of them in a scope of its own',
  ],
])('%s is refused', (_, work, message) => {
  expect(thrown(work)).toBe(message);
});

test('apps of a program are asked by their constructs', () => {
  const all = fenced();
  all.fence.allow(p.Peer.workload(all.frontend), p.Peer.workload(all.checkout));
  const manifests = p.Manifests.of(all.app);
  expect([
    manifests.reaches(all.frontend, all.checkout, 8080),
    manifests.reaches(all.checkout, all.frontend, 8080),
    manifests.reaches(all.frontend, all.checkout, 8080, 'UDP'),
  ]).toEqual([true, false, false]);
  const { chart } = chartIn();
  expect(thrown(() => p.Manifests.of(chart).reaches(all.frontend, all.checkout, 1))).toContain('is neither a workload');
  const loose = new Chart(new p.ProductionApp(), 'loose');
  const [one, other] = [webApp(loose, 'one'), webApp(loose, 'other')];
  expect(p.Manifests.of(loose).reaches(one, other, 8080)).toBe(true);
});

test('nodes that are known as HostEndpoints, at their own ends', () => {
  const host = `
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n1-eth0, labels: { role: edge } }
spec: { node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11] }
---`;
  const policy = `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: edge }
spec: { selector: "role == 'edge'", types: [Ingress], ingress: [{ action: Allow, protocol: TCP, destination: { ports: [9100] } }] }
---`;
  const reachability = of(pod('web') + host + policy);
  expect(reachability.explain('198.51.100.7', 'n1-eth0', 9100)).toMatchObject({
    isAllowed: true,
    egress: '',
    ingress: 'GlobalNetworkPolicy edge spec.ingress[0]',
  });
  expect(reachability.explain('shop/web', 'n1-eth0', 9101)).toMatchObject({
    isAllowed: false,
    ingress: 'GlobalNetworkPolicy edge and its tier',
  });
  expect(reachability.explain('n1-eth0', '198.51.100.7', 443)).toMatchObject({
    isAllowed: false,
    egress: 'HostEndpoint, which no policy opens',
  });
  expect(reachability.reaches('198.51.100.7', 'n1-eth0', 22)).toBe(true);
  expect(reachability.all()).toEqual([]);
});
