// NET1, CP-1
import { mayReach, type NetworkPolicyFact, type PlatformPort, reachesPods } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

/** Policies see the port of the DNS server's pod: 53, on OpenShift 5353, on Gardener 8053. */
const DNS = { numbers: [53, 5353, 8053], names: /dns|domain/, namespace: 'kube-system' };
const OVER_UDP: PlatformPort = { ...DNS, protocol: 'UDP' };
const OVER_TCP: PlatformPort = { ...DNS, protocol: 'TCP' };

const fenced = (rule: string) => `
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: 5432 }]
${rule}`;

const DNS_RULE = `
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
`;

export const egressWithoutDns: RuleOf<'workload'> = {
  id: 'network/egress-without-dns',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Pods that may connect only to what a policy allows need the DNS server too, or they find nobody whom they may connect to. It is asked over UDP, and over TCP for answers
that do not fit into one packet. A policy that opens port 53 over both to \`kube-system\` adds to all others. Policies of other kinds than Kubernetes' own are not seen.`,
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic',
    'https://github.com/ahmetb/kubernetes-network-policy-recipes/blob/master/11-deny-egress-traffic-from-an-application.md',
  ],
  bad: fenced(''),
  good: fenced(DNS_RULE),
  check: (workload, world) => {
    const { pod, namespace } = workload;
    const policies = world.fencesOf(workload);
    const rules = policies.flatMap(({ egress }) => egress);
    const resolvesElsewhere = pod.spec.dnsPolicy === 'None' || pod.spec.dnsPolicy === 'Default';
    if (resolvesElsewhere || world.mesh.isAmbient(workload) || !rules.some(reachesPods)) return [];
    const udp = rules.some((rule) => mayReach(rule, OVER_UDP, namespace));
    const tcp = rules.some((rule) => mayReach(rule, OVER_TCP, namespace));
    if (udp && tcp) return [];
    const problem = `the pods may connect to what ${names(policies)} allows, ${MISSING[`${udp} ${tcp}`]}`;
    const missing = [...(udp ? [] : ['{ port: 53, protocol: UDP }']), ...(tcp ? [] : ['{ port: 53, protocol: TCP }'])];
    const to = '[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]';
    const fix = `add to the egress of a policy: { to: ${to}, ports: [${missing.join(', ')}] }`;
    return [{ field: pod.labelsField, problem, fix }];
  },
};

/** What is said, by whether UDP and TCP are open. */
const MISSING: Readonly<Record<string, string>> = {
  'false false': 'which is not port 53 of the DNS server, so that they find nobody by name',
  'false true': 'which is port 53 over TCP but not over UDP, by which they ask first, so that they find nobody by name',
  'true false':
    'which is port 53 over UDP but not over TCP, by which they ask again for a long answer, so that names with many addresses are not found',
};

function names(policies: readonly NetworkPolicyFact[]): string {
  return listed(policies.map(({ name }) => `NetworkPolicy ${name}`));
}
