// HE-6
import { type HostEndpointFact, HostReach, type World } from '../../facts';
import { Severity } from '../../findings';
import { SYNC_WAVE } from '../../values/annotations';
import type { RuleOf } from '../rule';
import { globalPolicy, hostEndpoint } from './calico-snippet';

const wave = (yaml: string, number: number) =>
  yaml.replace('labels:', `annotations: { ${SYNC_WAVE}: "${number}" }, labels:`);
const policy = globalPolicy(`  types: [Ingress, Egress]
  ingress: [{ action: Allow }]
  egress: [{ action: Allow }]
`);
const host = hostEndpoint('{ node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11] }');

export const hostEndpointBeforePolicies: RuleOf<'hostEndpoint'> = {
  id: 'network/host-endpoint-before-policies',
  severity: Severity.ERROR,
  appliesTo: 'hostEndpoint',
  since: '0.1.0',
  why: `A HostEndpoint closes its interface the moment it is stored. If the policies that open it come later, the node is cut off until then, and for good if what applies them runs on
that node, or gives up. Argo CD goes by sync waves: the HostEndpoint needs a later one than its policies, which also makes it go first when both are deleted.`,
  sources: [
    'https://docs.tigera.io/calico/latest/reference/host-endpoints/overview',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  ],
  bad: `${policy}---${wave(host, -1)}`,
  good: `${policy}---${wave(host, 1)}`,
  check: (target, world) => {
    const early = waveOf(target);
    const late = policiesOf(target, world)
      .map((one) => ({ name: `${one.kind} ${one.name}`, wave: waveOf(one) }))
      .filter((one) => one.wave > early)
      .sort((one, other) => other.wave - one.wave)[0];
    if (late === undefined) return [];
    const problem = `is applied in wave ${early}, and ${late.name}, which opens the interface, in wave ${late.wave}, so that the node is cut off in between`;
    const field = `metadata.annotations[${SYNC_WAVE}]`;
    return [{ field, problem, fix: `use ${SYNC_WAVE}: "${late.wave + 1}"` }];
  },
};

/** What opens the interface for processes of the node. */
function policiesOf(target: HostEndpointFact, world: World) {
  const reach = HostReach.of(world);
  const known = reach.hostOf(target);
  if (known === undefined) return [];
  const all = (['ingress', 'egress'] as const).flatMap((direction) => reach.policiesOf(known, 'normal', direction));
  return [...new Set(all.map(({ object }) => object))];
}

function waveOf({ annotations }: { readonly annotations: Readonly<Record<string, string>> }): number {
  const written = Number(annotations[SYNC_WAVE] ?? 0);
  return Number.isInteger(written) ? written : 0;
}
