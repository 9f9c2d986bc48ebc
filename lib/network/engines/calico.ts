import {
  type CalicoEntityManifest,
  type CalicoPolicySpecManifest,
  type CalicoRuleManifest,
  emit,
} from '../../manifests';
import type { TargetCluster } from '../../values';
import { invalid } from '../../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../values/labels';
import type { FenceRule } from '../fence-policy';
import type { PeerIntent } from '../peer';
import type { PortIntent } from '../port';
import type { CalicoFenceOptions } from '../props';
import type { Engine } from './engine';

const DEFAULT_TIER = 'default';
const ORDER = 1000;
/** The policy of the whole namespace is asked after those of its apps: what it logs, none of them allows. */
const WIDE = 1;
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const STAGED_SINCE = 30;
const TIERS_SINCE = 29;

/** Calico's own policies. */
export function calico({
  tier = DEFAULT_TIER,
  order = ORDER,
  stage = false,
  logsDenied = false,
}: CalicoFenceOptions): Engine {
  return {
    name: 'calico',

    check({ network }: TargetCluster) {
      const release = network?.calico;
      if (release === undefined) {
        const fix = "use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })";
        throw invalid('engine', 'nothing says which release of Calico there is', fix);
      }
      const minor = Number(release.split('.')[1]);
      if (stage && minor < STAGED_SINCE) {
        const problem = `staged policies need Calico 3.${STAGED_SINCE} or newer, the target has ${release}`;
        throw invalid('engine: stage', problem, 'remove stage');
      }
      if (tier !== DEFAULT_TIER && minor < TIERS_SINCE) {
        const problem = `tiers need Calico 3.${TIERS_SINCE} or newer, the target has ${release}`;
        throw invalid('engine: tier', problem, 'remove tier');
      }
    },

    emit(scope, id, name, namespace, policy) {
      const head = {
        apiVersion: 'projectcalico.org/v3',
        kind: stage ? 'StagedNetworkPolicy' : 'NetworkPolicy',
        metadata: { name: `${tier}.${name}`, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
      };
      return emit<{ spec: CalicoPolicySpecManifest }>(scope, id, head, {
        spec: () => {
          const { labels, ingress, egress } = policy();
          const log: CalicoRuleManifest[] = labels === undefined && logsDenied ? [{ action: 'Log' }] : [];
          const rulesOf = (rules: readonly FenceRule[], side: 'source' | 'destination') => {
            const all = [...rules.flatMap((rule) => rulesFor(rule, side, namespace)), ...log];
            return all.length === 0 ? undefined : all;
          };
          return {
            ...(stage && { stagedAction: 'Set' as const }),
            tier,
            order: labels === undefined ? order + WIDE : order,
            selector: labels === undefined ? 'all()' : expression(labels),
            types: ['Ingress', 'Egress'],
            ingress: rulesOf(ingress, 'source'),
            egress: rulesOf(egress, 'destination'),
          };
        },
      });
    },
  };
}

/** One rule for each protocol and end. */
function rulesFor(
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

function expression(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key} == '${value}'`)
    .join(' && ');
}

function portText({ port, last }: PortIntent): number | string {
  return last === undefined ? port : `${port}:${last}`;
}
