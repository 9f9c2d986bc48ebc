// CP-9
import { Severity } from '../../findings';
import { minorOf } from '../../values/cluster-network';
import type { RuleOf } from '../rule';

const policy = (head: string, tier: string) => `
apiVersion: policy.networking.k8s.io/${head}
metadata: { name: closed }
spec:
${tier}  priority: 10
  subject: { namespaces: {} }
  ingress: [{ name: deny, action: Deny, from: [{ namespaces: {} }] }]
`;

/** From here on ClusterNetworkPolicy is read, and its forerunners are not. */
const CLUSTER_SINCE = 32;
const FORERUNNERS_SINCE = 29;

export const adminPolicyIgnored: RuleOf<'adminPolicy'> = {
  id: 'network/admin-policy-ignored',
  severity: Severity.ERROR,
  appliesTo: 'adminPolicy',
  since: '0.1.0',
  why: `AdminNetworkPolicy and BaselineAdminNetworkPolicy were merged into ClusterNetworkPolicy. Calico reads the former from 3.29 to 3.31, and the latter from 3.32 on. What it does not read is stored, and
does nothing: after an upgrade that which was denied is open.`,
  sources: ['https://network-policy-api.sigs.k8s.io', 'https://docs.tigera.io/calico/latest/release-notes/'],
  network: { calico: '3.32' },
  bad: policy('v1alpha1\nkind: AdminNetworkPolicy', ''),
  good: policy('v1alpha2\nkind: ClusterNetworkPolicy', '  tier: Admin\n'),
  check: ({ kind, target }) => {
    const release = target.network?.calico;
    const minor = minorOf(release);
    if (minor === undefined) return [];
    const isNew = kind === 'ClusterNetworkPolicy';
    const isRead = isNew ? minor >= CLUSTER_SINCE : minor >= FORERUNNERS_SINCE && minor < CLUSTER_SINCE;
    if (isRead) return [];
    const fix = minor >= CLUSTER_SINCE ? 'use kind: ClusterNetworkPolicy' : "use a GlobalNetworkPolicy of Calico's own";
    return [{ field: 'kind', problem: `Calico ${release} does not read ${kind}, so that it does nothing`, fix }];
  },
};
