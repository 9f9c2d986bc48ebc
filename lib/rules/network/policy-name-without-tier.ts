// CP-9
import { Severity } from '../../findings';
import { minorOf } from '../../values/cluster-network';
import type { RuleOf } from '../rule';

const policy = (name: string) => `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: ${name} }
spec: { tier: apps, order: 10, selector: "app == 'web'", types: [Ingress] }
`;

/** From here on a name may be any. */
const ANY_NAME_SINCE = 32;

export const policyNameWithoutTier: RuleOf<'calicoPolicy'> = {
  id: 'network/policy-name-without-tier',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `Up to Calico 3.31 the name of a policy in a tier begins with the name of the tier and a dot, and the server refuses another one. From 3.32 on any name will do; but whoever renames a policy
then makes a second one, and the cluster is without the first for a moment.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/policy-tiers/tiered-policy'],
  network: { calico: '3.31' },
  bad: policy('web'),
  good: policy('apps.web'),
  check: ({ tier, name, target }) => {
    const minor = minorOf(target.network?.calico);
    if (minor === undefined || minor >= ANY_NAME_SINCE || tier === 'default' || name.startsWith(`${tier}.`)) return [];
    const problem = `\`${name}\` does not begin with \`${tier}.\`, so that Calico ${target.network?.calico} refuses the policy`;
    return [{ field: 'metadata.name', problem, fix: `use name: ${tier}.${name}` }];
  },
};
