// CP-1, for policies of Calico
import { type Endpoint, isAmong, type MatchedRule, Reach, type WorkloadFact, type World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const fenced = (dns: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: web }
spec:
  selector: app == 'web'
  types: [Egress]
  egress:
    - { action: Allow, protocol: TCP, destination: { selector: "app == 'db'", ports: [5432] } }
${dns}`;

export const namesCutOff: RuleOf<'calicoPolicy'> = {
  id: 'network/names-cut-off',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `Pods that may connect only to what policies allow need the DNS server too, or they find nobody whom they may connect to. All policies together decide, in tiers and by their order; the one
that is asked last of those that look at the pods is the one that is named.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny'],
  bad: fenced(''),
  good: fenced(
    `    - { action: Allow, protocol: UDP, destination: { namespaceSelector: "kubernetes.io/metadata.name == 'kube-system'", ports: [53] } }
    - { action: Allow, protocol: TCP, destination: { namespaceSelector: "kubernetes.io/metadata.name == 'kube-system'", ports: [53] } }
`,
  ),
  check: (target, world) => {
    const reach = Reach.of(world);
    const cut = reach.podsOf(target, 'egress').find((endpoint) => isCutOffBy(endpoint, target, reach, world));
    if (cut === undefined) return [];
    const problem = `the pods of ${cut.name} may connect to what is allowed, which is not port 53 of the DNS server over UDP and TCP, so that they find nobody by name`;
    const fix = `add to egress: { action: Allow, protocol: UDP, destination: { namespaceSelector: "kubernetes.io/metadata.name == 'kube-system'", ports: [53] } }, and the same for TCP`;
    return [{ field: 'spec.egress', problem, fix }];
  },
};

function isCutOffBy(endpoint: Endpoint, target: object, reach: Reach, world: World): boolean {
  const { workload } = endpoint;
  const policies = reach.policiesOf(endpoint, 'egress');
  if (policies.at(-1)?.object !== target) return false;
  const open = policies.flatMap(({ rules }) => rules.egress ?? []).filter(({ action }) => action !== 'Deny');
  // pods that may connect to nobody need no names
  if (workload === undefined || !open.some(({ action }) => action === 'Allow')) return false;
  return !asksElsewhere(workload, world) && !['UDP', 'TCP'].every((one) => open.some((rule) => mayBeDns(rule, one)));
}

/** Whether a rule may be what lets pods ask for names: it opens port 53, or every port. */
function mayBeDns({ action, protocols, destination: { ports } }: MatchedRule, protocol: string): boolean {
  if (action === 'Log' || (protocols.length > 0 && !protocols.includes(protocol))) return false;
  if (ports.length === 0) return true;
  return isAmong(ports, 53) || ports.some((one) => typeof one === 'string' && one.includes('dns'));
}

function asksElsewhere({ pod }: WorkloadFact, world: World): boolean {
  const isOwn = pod.spec.dnsPolicy === 'None' || pod.spec.dnsPolicy === 'Default';
  return isOwn || world.workloads.some(({ pod: { labels } }) => labels['k8s-app'] === 'node-local-dns');
}
