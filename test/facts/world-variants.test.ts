import type { WorkloadFact } from '../../lib/facts';
import { meshHost, Selector } from '../../lib/facts';
import { worldOf } from '../support/facts';
import { deployment, names, service } from '../support/worlds';

const subsets = (name: string, versions: readonly string[], host = name) => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: shop }
spec: { host: ${host}, subsets: [${versions.map((v) => `{ name: ${v}, labels: { version: ${v} } }`).join(', ')}] }
`;

const split = (destinations: string, kind = 'http') => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], ${kind}: [{ route: [${destinations}] }] }
`;

const versions = ['v1', 'v2', 'v3'].map((v) => deployment(v, { app: `web, version: ${v}` })).join('');
const V1 = '{ destination: { host: web, subset: v1 }, weight: 90 }';
const V2 = '{ destination: { host: web, subset: v2 }, weight: 10 }';
const RULE = subsets('web', ['v1', 'v2', 'v3']);
const APP = versions + service('web');

test.each([
  ['subsets that share the requests', APP + RULE + split(`${V1}, ${V2}`), ['v1,v2', 'v1,v2', 'v3']],
  [
    'the host written in full',
    APP + RULE + split(`${V1}, ${V2}`).replaceAll('host: web', 'host: web.shop.svc.cluster.local'),
    ['v1,v2', 'v1,v2', 'v3'],
  ],
  ['one subset alone', APP + RULE + split(V1), ['v1', 'v2', 'v3']],
  ['one subset twice', APP + RULE + split(`${V1}, ${V1}`), ['v1', 'v2', 'v3']],
  ['no Service', versions + RULE + split(`${V1}, ${V2}`), ['v1', 'v2', 'v3']],
  ['no rule', APP + split(`${V1}, ${V2}`), ['v1', 'v2', 'v3']],
  ['a subset without pods', APP + RULE + split(`${V1}, ${V2.replace('v2', 'v4')}`), ['v1', 'v2', 'v3']],
  [
    'a host that is no Service',
    APP + RULE + split(`${V1}, ${V2}`).replaceAll('host: web', 'host: web.com'),
    ['v1', 'v2', 'v3'],
  ],
  [
    'a mirror',
    APP + RULE + split(V1).replace('route:', 'mirror: { host: web, subset: v2 }, route:'),
    ['v1', 'v2', 'v3'],
  ],
  ['another host beside it', APP + RULE + split(`${V1}, ${V2.replace('host: web', 'host: api')}`), ['v1', 'v2', 'v3']],
  ['all pods beside a subset', APP + RULE + split(`${V1}, { destination: { host: web } }`), ['v1', 'v2', 'v3']],
])('workloads are one app if a route divides requests among their subsets: %s', (_, yaml, apps) => {
  const world = worldOf(yaml);
  expect(world.workloads.map((one) => names(world.variantsOf(one)).join())).toEqual(apps);
});

test('the labels of an app are those that all of its variants bear', () => {
  const world = worldOf(APP + RULE + split(`${V1}, ${V2}`));
  const [first] = worldOf(
    APP.replaceAll('  template:', '  selector: { matchLabels: { app: web, version: v1 } }\n  template:'),
  ).workloads;
  expect(first?.selector.labels).toEqual({ app: 'web', version: 'v1' });
  const joined = worldOf(
    (APP + RULE + split(`${V1}, ${V2}`)).replaceAll(
      '  template:',
      '  selector: { matchLabels: { app: web, version: v1 } }\n  template:',
    ),
  );
  expect(joined.labelsOfApp(joined.workloads[0] as WorkloadFact)).toEqual({ app: 'web' });
  // a workload without labels in its selector is chosen by those of its pods: no labels would choose the whole namespace
  expect(world.labelsOfApp(world.workloads[0] as WorkloadFact)).toEqual({ app: 'web' });
});

test('one subset of two workloads is no division', () => {
  const twins = deployment('v1', { app: 'web, version: v1' }) + deployment('twin', { app: 'web, version: v1' });
  const world = worldOf(twins + service('web') + RULE + split(`${V1}, ${V2}`));
  expect(world.workloads.map((one) => names(world.variantsOf(one)).join())).toEqual(['v1', 'twin']);
});

test('two routes over one Service, and what the library manages, join to one app', () => {
  const V3 = V2.replace('v2', 'v3');
  const world = worldOf(APP + RULE + split(`${V1}, ${V2}`) + split(`${V2}, ${V3}`));
  expect(world.workloads.map((one) => names(world.variantsOf(one)).join())).toEqual(Array(3).fill('v1,v2,v3'));
  expect(world.workloads.map((one) => world.fewestPodsOfApp(one))).toEqual([3, 3, 3]);
});

test('the Services of a namespace, and those of a name, are known', () => {
  const world = worldOf(service('web') + service('api') + service('web', { namespace: 'ops' }));
  expect(names(world.servicesIn('shop'))).toEqual(['web', 'api']);
  expect(world.servicesNamed('web').map(({ namespace }) => namespace)).toEqual(['shop', 'ops']);
  expect([world.servicesIn('infra'), world.servicesNamed('none')]).toStrictEqual([[], []]);
});

const flagger = `
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web, namespace: shop }
spec: { targetRef: { kind: Deployment, name: web } }
`;

const entry = `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: web, namespace: shop }
spec: { hosts: [web.shop.svc.cluster.local] }
`;

test.each([
  ['itself', service('web'), 'web', 'web'],
  ['none', service('api'), undefined, undefined],
  [
    'one that stands for another host',
    service('web').replace('spec: {', 'spec: { type: ExternalName,'),
    undefined,
    undefined,
  ],
  ['one that Flagger writes over', service('web') + flagger, undefined, undefined],
  ['one beside a ServiceEntry', service('web') + entry, 'web', undefined],
])('a Service says what its ports are: %s', (_, yaml, settled, ofHost) => {
  const world = worldOf(yaml);
  expect(world.settledService('shop', 'web')?.name).toBe(settled);
  expect(world.serviceOfHost(meshHost('web', 'shop'))?.name).toBe(ofHost);
  expect(world.serviceOfHost(meshHost('web.com', 'shop'))).toBeUndefined();
});

test('the workloads of a namespace are found by labels', () => {
  const world = worldOf(deployment('web') + deployment('api') + deployment('web', { namespace: 'ops' }));
  expect(names(world.workloadsIn('shop', Selector.ofLabels({ app: 'web' })))).toEqual(['web']);
});

const inject = (value: string) => `{ app: web, sidecar.istio.io/inject: "${value}" }`;

test('a namespace is outside of the mesh if the manifests say so of each workload in it', () => {
  const out = deployment('a', { app: 'a' }).replace('{ app: a }', inject('false'));
  const open = deployment('b');
  expect(worldOf(out).isOutsideMesh('shop')).toBe(true);
  expect(worldOf(out + open).isOutsideMesh('shop')).toBe(false);
  expect(worldOf(open + out).isOutsideMesh('shop')).toBe(false);
  expect(worldOf(out + deployment('b', { namespace: 'ops' })).isOutsideMesh('shop')).toBe(true);
  expect(worldOf(out).isOutsideMesh('ops')).toBe(false);
});
