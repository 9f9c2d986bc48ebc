import { type ClusterNetworkPolicySpecManifest, type ClusterPeerManifest, emit } from '../../manifests';
import type { TargetCluster } from '../../values';
import { whole } from '../../values/bounds';
import { minorOf } from '../../values/cluster-network';
import { invalid } from '../../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../values/labels';
import type { FenceRule } from '../fence-policy';
import { type PeerIntent, peerText } from '../peer';
import type { PortIntent } from '../port';
import { type ClusterNetworkPolicyFenceOptions, ClusterPolicyTier } from '../props';
import type { Engine } from './engine';

const PRIORITY = 100;
const CALICO_SINCE = 32;
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const EVERY_NETWORK = ['0.0.0.0/0', '::/0'];

/** Policies of the cluster's administrators, which those of a namespace cannot undo. */
export function clusterNetworkPolicy({ tier, priority = PRIORITY }: ClusterNetworkPolicyFenceOptions): Engine {
  const where = 'FenceEngine.clusterNetworkPolicy';
  whole(`${where}: priority`, priority, { min: 0, max: 999 });
  return {
    name: 'clusterNetworkPolicy',

    check({ network }: TargetCluster) {
      if ((minorOf(network?.calico) ?? CALICO_SINCE) >= CALICO_SINCE) return;
      const problem = `needs Calico 3.${CALICO_SINCE} or newer, the target has ${network?.calico}`;
      throw invalid('engine', problem, 'use FenceEngine.calico() or FenceEngine.kubernetes()');
    },

    emit(scope, id, name, namespace, policy) {
      const head = {
        apiVersion: 'policy.networking.k8s.io/v1alpha2',
        kind: 'ClusterNetworkPolicy',
        metadata: { name: `${namespace}-${name}`, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
        isOfCluster: true,
      };
      return emit<{ spec: ClusterNetworkPolicySpecManifest }>(scope, id, head, {
        spec: () => {
          const { labels = {}, ingress, egress } = policy();
          const accepted = (rules: readonly FenceRule[], peersOf: (peer: PeerIntent) => ClusterPeerManifest[]) =>
            rules.flatMap(({ peers, ports }, index) => {
              const known = peers.flatMap(peersOf);
              const head = { name: `allow-${index}`, action: 'Accept' as const };
              const open = { ...head, ...(ports.length > 0 && { protocols: ports.map(protocolOf) }) };
              return known.length === 0 ? [] : [{ ...open, peers: known }];
            });
          return {
            tier: tier ?? ClusterPolicyTier.ADMIN,
            // the namespace's own policy is asked after those of its apps
            priority: policy().labels === undefined ? priority + 1 : priority,
            subject: podsOf(namespace, labels),
            ingress: [
              ...accepted(ingress, sourcesOf).map(({ peers, ...rule }) => ({ ...rule, from: peers })),
              { name: 'deny', action: 'Deny', from: [{ namespaces: {} }] },
            ],
            egress: [
              ...accepted(egress, destinationsOf).map(({ peers, ...rule }) => ({ ...rule, to: peers })),
              { name: 'deny', action: 'Deny', to: [{ networks: EVERY_NETWORK }] },
            ],
          };
        },
      });
    },
  };
}

/** Networks are no sources; what comes from outside of the cluster is not denied either. */
function sourcesOf(peer: PeerIntent): ClusterPeerManifest[] {
  if (peer.kind === 'cidr') return [];
  return peer.kind === 'anywhere' ? [{ namespaces: {} }] : destinationsOf(peer);
}

function destinationsOf(peer: PeerIntent): ClusterPeerManifest[] {
  switch (peer.kind) {
    case 'cidr':
      return [{ networks: [peer.network] }];
    case 'anywhere':
      return [{ networks: EVERY_NETWORK }];
    case 'networkSet':
    case 'hosts':
      throw invalid('allow', `ClusterNetworkPolicy does not know ${peerText(peer)}`, 'use FenceEngine.calico()');
    default:
      return [podsOf(peer.namespace, peer.labels)];
  }
}

function podsOf(namespace: string, labels: Readonly<Record<string, string>>): ClusterPeerManifest {
  const podSelector = Object.keys(labels).length === 0 ? {} : { matchLabels: labels };
  return { pods: { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } }, podSelector } };
}

function protocolOf({ port, last, protocol }: PortIntent): object {
  if (typeof port === 'string') return { destinationNamedPort: port };
  const destinationPort = last === undefined ? { number: port } : { range: { start: port, end: last } };
  return { [protocol.toLowerCase()]: { destinationPort } };
}
