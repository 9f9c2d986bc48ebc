import type { CalicoEntityManifest, CalicoRuleManifest } from '../../manifests';
import type { FenceRule } from '../fence-policy';
import type { PeerIntent } from '../peer';
import type { PortIntent } from '../port';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** What a fence allows, as rules of Calico: one for each protocol and end. */
export function calicoRules(
  { peers, ports, service }: FenceRule,
  side: 'source' | 'destination',
  namespace: string,
): CalicoRuleManifest[] {
  if (service !== undefined && side === 'destination') return [{ action: 'Allow', destination: { services: service } }];
  const protocols = ports.length === 0 ? [undefined] : [...new Set(ports.map(({ protocol }) => protocol))];
  return peers.flatMap((peer) =>
    entitiesOf(peer, namespace).flatMap((entity) =>
      protocols.map((protocol): CalicoRuleManifest => {
        const open = ports.filter((port) => port.protocol === protocol).map(portText);
        const to: CalicoEntityManifest = open.length === 0 ? {} : { ports: open };
        const [source, destination] = side === 'source' ? [entity, to] : [{}, { ...entity, ...to }];
        return {
          action: 'Allow',
          ...(protocol !== undefined && { protocol }),
          ...(Object.keys(source).length > 0 && { source }),
          ...(Object.keys(destination).length > 0 && { destination }),
        };
      }),
    ),
  );
}

function entitiesOf(peer: PeerIntent, own: string): CalicoEntityManifest[] {
  switch (peer.kind) {
    case 'cidr':
      return [{ nets: [peer.network] }];
    case 'networkSet': {
      const selector = expression(peer.labels);
      return [{ selector }, { namespaceSelector: 'global()', selector }];
    }
    case 'hosts':
      return [{ namespaceSelector: 'global()', selector: peer.hosts._selector }];
    case 'anywhere':
      return [{}];
    default: {
      const { namespace, labels } = peer;
      const there = namespace === own ? {} : { namespaceSelector: `${NAMESPACE_NAME} == '${namespace}'` };
      const isAll = Object.keys(labels).length === 0;
      // without a selector a rule of the own namespace would mean everybody
      return [{ ...there, ...(isAll && namespace !== own ? {} : { selector: isAll ? 'all()' : expression(labels) }) }];
    }
  }
}

/** Labels as a selector of Calico. */
export function expression(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key} == '${value}'`)
    .join(' && ');
}

function portText({ port, last }: PortIntent): number | string {
  return last === undefined ? port : `${port}:${last}`;
}
