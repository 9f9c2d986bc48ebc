// NET3
import type { PolicyPeer } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const policy = (peers: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress:
    - ports: [{ port: 8080 }]
      from:
        - namespaceSelector: { matchLabels: { team: ops } }
        ${peers}podSelector: { matchLabels: { app: prometheus } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const peersInOr: RuleOf<'policy'> = {
  id: 'network/peers-in-or',
  severity: Severity.WARNING,
  appliesTo: 'policy',
  since: '0.1.0',
  why: `Each item of \`from\` or \`to\` is a peer of its own. A namespace selector and a pod selector in one item choose those pods in those namespaces; in two items they choose
every pod of those namespaces, and pods of the policy's own namespace. One dash makes the difference, and the policy then allows far more than was meant.`,
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
    'https://github.com/ahmetb/kubernetes-network-policy-recipes/issues/98',
  ],
  bad: policy('- '),
  good: policy('  '),
  check: (target, world) => {
    if (!world.hasWorkloads(target.namespace) || world.delivery.releasesIn(target.namespace)) return [];
    return target.effective.flatMap(({ peers }) =>
      peers.flatMap((peer, index) => {
        const wide = [peers[index - 1], peers[index + 1]].find((one) => one !== undefined && isNamespaces(one));
        if (wide === undefined || !isPods(peer) || peer.pods.seesNoTemplate) return [];
        if (world.workloadsIn(target.namespace, peer.pods).length > 0) return [];
        const whose = wide.namespaces.isEmpty ? 'all namespaces' : `the namespaces with ${wide.namespaces}`;
        const dash = wide === peers[index - 1] ? 'podSelector' : 'namespaceSelector';
        return [
          {
            field: `${peer.field}.podSelector`,
            problem: `an item of its own, which chooses ${peer.pods} in namespace ${target.namespace}, where no workload makes such pods, while the item beside it opens the policy to every pod of ${whose}`,
            fix: `remove the dash before ${dash}, so that both hold for one peer`,
          },
        ];
      }),
    );
  },
};

function isNamespaces({ namespaces, pods }: PolicyPeer): boolean {
  return !namespaces.isNull && pods.isNull;
}

function isPods({ namespaces, pods }: PolicyPeer): boolean {
  return namespaces.isNull && !pods.isNull && !pods.isEmpty;
}
