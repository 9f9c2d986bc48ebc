import { Chance } from './policy-worlds';

const ROLES = ['edge', 'cache', 'plain'];
const PORTS = [22, 9000, 10250, 30080];
const HOOKS: readonly Readonly<Record<string, boolean>>[] = [
  {},
  {},
  { applyOnForward: true },
  { applyOnForward: true, preDNAT: true },
  { applyOnForward: true, doNotTrack: true },
];

/** Interfaces of one node, and policies of every kind that may be about them. */
export function hostWorld(seed: number): any[] {
  const chance = new Chance(seed);
  const tiers = chance.some(0, 2, (index) => ({
    ...head('Tier', `tier-${index}`),
    spec: { order: 10 + index, defaultAction: chance.of('Deny', 'Pass') },
  }));
  const hosts = chance.some(2, 4, (index) => ({
    ...head('HostEndpoint', `host-${index}`, { role: chance.of(...ROLES), side: chance.of('in', 'out') }),
    spec: { node: 'n1', interfaceName: index === 0 ? '*' : `eth${index}`, expectedIPs: [`192.0.2.${10 + index}`] },
  }));
  const policies = chance.some(8, 14, (index) => policy(index, chance, tiers));
  return [...tiers, ...hosts, ...policies];
}

function policy(index: number, chance: Chance, tiers: readonly any[]) {
  const hook = chance.of(...HOOKS);
  const tier = chance.is(0.4) && tiers.length > 0 ? chance.of(...tiers).metadata.name : 'default';
  const directions = hook.preDNAT ? ['Ingress'] : chance.of(['Ingress'], ['Egress'], ['Ingress', 'Egress']);
  const rules = () => chance.some(0, 3, () => rule(chance, hook));
  const about = chance.is(0.15)
    ? {
        [chance.of('namespaceSelector', 'serviceAccountSelector')]: chance.of(
          'all()',
          "team == 'a'",
          "kubernetes.io/metadata.name not in { 'kube-system' }",
        ),
      }
    : {};
  return {
    ...head('GlobalNetworkPolicy', `${tier}.policy-${index}`),
    spec: {
      tier,
      ...(chance.is(0.8) && { order: chance.below(5) }),
      ...hook,
      ...about,
      ...(chance.is(0.9) && { selector: selector(chance) }),
      types: directions,
      ...(directions.includes('Ingress') && { ingress: rules() }),
      ...(directions.includes('Egress') && { egress: rules() }),
    },
  };
}

function selector(chance: Chance): string {
  const role = `role == '${chance.of(...ROLES)}'`;
  return chance.of('all()', role, role, `${role} || side == 'in'`, `has(role) && side != 'out'`);
}

function rule(chance: Chance, hook: Readonly<Record<string, boolean>>) {
  const isEarly = hook.preDNAT === true || hook.doNotTrack === true;
  return {
    action: isEarly ? chance.of('Allow', 'Deny') : chance.of('Allow', 'Allow', 'Deny', 'Pass'),
    protocol: 'TCP',
    ...(chance.is(0.5) && { source: { nets: ['198.51.100.0/24'] } }),
    ...(chance.is(0.7) && { destination: { ports: [chance.of(...PORTS)] } }),
  };
}

function head(kind: string, name: string, labels?: Record<string, string>) {
  return { apiVersion: 'projectcalico.org/v3', kind, metadata: { name, ...(labels && { labels }) } };
}
