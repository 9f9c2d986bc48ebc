import { emit, type NetworkPolicySpecManifest, type PolicyPeerManifest } from '../../manifests';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../values/labels';
import type { FenceRule } from '../fence-policy';
import type { PeerIntent } from '../peer';
import type { PortIntent } from '../port';
import type { Engine } from './engine';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Kubernetes' own policies, which every network plugin that has policies understands. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  check: () => undefined,

  emit(scope, id, name, namespace, policy) {
    const head = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
    };
    return emit<{ spec: NetworkPolicySpecManifest }>(scope, id, head, {
      spec: () => {
        const { labels, ingress, egress } = policy();
        return {
          podSelector: labels === undefined ? {} : { matchLabels: labels },
          policyTypes: ['Ingress', 'Egress'],
          ingress: ingress.map((rule) => ({ from: peersOf(rule, namespace), ports: portsOf(rule) })),
          egress: egress.map((rule) => ({ to: peersOf(rule, namespace), ports: portsOf(rule) })),
        };
      },
    });
  },
};

/** No list where anybody is meant: an empty one means the same, and reads as its opposite. */
function peersOf({ peers }: FenceRule, namespace: string): readonly PolicyPeerManifest[] | undefined {
  if (peers.some(({ kind }) => kind === 'anywhere')) return undefined;
  return peers.map((peer) => peerOf(peer, namespace));
}

function peerOf(peer: PeerIntent, own: string): PolicyPeerManifest {
  if (peer.kind === 'cidr') return { ipBlock: { cidr: peer.network } };
  if (peer.kind !== 'workload' && peer.kind !== 'pods') return {};
  const { namespace, labels } = peer;
  return {
    ...(namespace !== own && { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } } }),
    podSelector: Object.keys(labels).length === 0 ? {} : { matchLabels: labels },
  };
}

function portsOf({ ports }: FenceRule): NetworkPolicySpecManifest['ingress'][number]['ports'] {
  if (ports.length === 0) return undefined;
  return ports.map(({ port, last, protocol }: PortIntent) => ({
    port,
    protocol,
    ...(last !== undefined && { endPort: last }),
  }));
}
