// CP-11
import { type Endpoint, Reach } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const fenced = (hostNetwork: boolean) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      hostNetwork: ${hostNetwork}
      dnsPolicy: ClusterFirst${hostNetwork ? 'WithHostNet' : ''}
      containers: [{ name: agent, image: "agent:1.0", ports: [{ containerPort: 9100 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Ingress]
`;

export const policySelectsHostNetwork: RuleOf<'workload'> = {
  id: 'network/policy-selects-host-network',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Pods in the network of their node have no interface of their own, and policies of pods do not hold for them: they are open to whoever reaches the node. A policy that names such a pod by its
labels looks as if it closed it. Calico has policies for the node itself.`,
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods',
    'https://docs.tigera.io/calico/latest/reference/host-endpoints/overview',
  ],
  bad: fenced(true),
  good: fenced(false),
  check: (workload, world) => {
    const reach = Reach.of(world);
    const endpoint = reach.endpointOf(workload);
    if (!workload.pod.isOnHost || endpoint === undefined) return [];
    const naming = reach.policies.filter(
      ({ namespace, selects, atHosts }) =>
        (namespace === undefined || namespace === workload.namespace) &&
        (atHosts === undefined || atHosts.hook === 'normal') &&
        selects(endpoint) &&
        !selects(unlabelled(endpoint)),
    );
    if (naming.length === 0) return [];
    const names = listed(naming.map(({ object }) => `${object.kind} ${object.name}`));
    const problem = `the pods are in the network of their node, where ${names}, which selects them by their labels, does not hold`;
    const fix = 'remove hostNetwork, or fence the nodes: new HostFence(...)';
    return [{ field: `${workload.pod.field}.hostNetwork`, problem, fix }];
  },
};

/** The same pods without what is special about them: a policy that selects these too is about all. */
function unlabelled(endpoint: Endpoint): Endpoint {
  return { ...endpoint, labels: {} };
}
