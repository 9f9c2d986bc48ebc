// CP-2
import { type Endpoint, isAboutAll, Reach, type TieredPolicy } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const policy = (namespaces: string) => `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: default-deny }
spec:
${namespaces}  selector: all()
  types: [Ingress, Egress]
  egress:
    - { action: Allow, protocol: UDP, destination: { selector: "k8s-app == 'kube-dns'", ports: [53] } }
    - { action: Allow, protocol: TCP, destination: { selector: "k8s-app == 'kube-dns'", ports: [53] } }
`;

const SYSTEM = ['kube-system', 'calico-system', 'calico-apiserver', 'tigera-operator'];
const SPARED = SYSTEM.map((one) => `'${one}'`).join(', ');

export const denyCoversSystem: RuleOf<'calicoPolicy'> = {
  id: 'network/deny-covers-system',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `A GlobalNetworkPolicy that selects all pods selects those of the cluster itself: the DNS server, Calico's own, whatever else stands in \`kube-system\`. What none of its tier
allows them is denied, and the first apply takes names, metrics or policies from everybody. A namespace selector spares them.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny'],
  bad: policy(''),
  good: policy(`  namespaceSelector: "kubernetes.io/metadata.name not in { ${SPARED} }"\n`),
  check: (target, world) => {
    const policy = Reach.of(world).policyOf(target);
    if (policy === undefined || !target.isGlobal) return [];
    const closed = (['ingress', 'egress'] as const).filter((direction) => denies(policy, direction));
    const covered = SYSTEM.filter((namespace) => policy.selects(podOf(namespace)));
    if (closed.length === 0 || covered.length === 0) return [];
    const problem = `selects the pods of ${listed(covered)}, and denies ${closed.join(' and ')} of theirs that no policy of its tier allows`;
    const fix = `use namespaceSelector: "kubernetes.io/metadata.name not in { ${SPARED} }"`;
    return [{ field: 'spec.selector', problem, fix }];
  },
};

/** Whether something is left that no rule lets through. */
function denies({ rules }: TieredPolicy, direction: 'ingress' | 'egress'): boolean {
  const isOpen = rules[direction]?.some(
    (rule) => (rule.action === 'Allow' || rule.action === 'Pass') && isAboutAll(rule),
  );
  return isOpen === false;
}

/** Some pod there, of which nothing is known. */
function podOf(namespace: string): Endpoint {
  return {
    name: namespace,
    workload: undefined,
    namespace,
    labels: {},
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace },
    account: 'default',
    accountLabels: {},
    networks: [],
    ports: [],
    kind: 'pod',
  };
}
