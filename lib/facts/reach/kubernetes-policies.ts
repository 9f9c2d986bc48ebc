import { Network } from '../../values/ip-network';
import type { EffectiveRule, NetworkPolicyFact, PolicyPeer, PolicyPort } from '../network-policy';
import type { Endpoint } from './endpoint';
import { ANYONE, type Entity, type MatchedRule, type NetworkSet, type PortMatch } from './rule-match';
import { DEFAULT_TIER, type Direction, type TieredPolicy } from './tiered-policy';

/** Where Calico asks them; without Calico there is nothing before or after. */
const ORDER = 1000;

/** A NetworkPolicy of Kubernetes: what it does not allow is denied, since nothing else in its tier follows. */
export function kubernetesPolicy(policy: NetworkPolicyFact): TieredPolicy {
  const { namespace, name, effective, isolatesIngress, isolatesEgress, selector } = policy;
  const rulesOf = (direction: Direction) =>
    effective.filter((rule) => rule.direction === direction).flatMap((rule) => rulesFor(rule, namespace));
  return {
    object: policy,
    tier: DEFAULT_TIER,
    order: ORDER,
    key: `${namespace}/knp.default.${name}`,
    namespace,
    selects: ({ labels }) => selector.matches(labels),
    atHosts: undefined,
    rules: {
      ingress: isolatesIngress ? rulesOf('ingress') : undefined,
      egress: isolatesEgress ? rulesOf('egress') : undefined,
    },
  };
}

function rulesFor({ field, direction, peers, ports }: EffectiveRule, namespace: string): MatchedRule[] {
  const entities = peers.length === 0 ? [ANYONE] : peers.map((peer) => entityOf(peer, namespace));
  return entities.flatMap((peer) =>
    byProtocol(ports).map(({ protocols, matches }): MatchedRule => {
      const [source, destination] = direction === 'ingress' ? [peer, ANYONE] : [ANYONE, peer];
      return {
        field,
        action: 'Allow',
        protocols,
        notProtocol: undefined,
        family: undefined,
        source,
        destination: { ...destination, ports: matches },
      };
    }),
  );
}

function byProtocol(ports: readonly PolicyPort[]): { protocols: string[]; matches: PortMatch[] }[] {
  if (ports.length === 0) return [{ protocols: [], matches: [] }];
  return [...new Set(ports.map(({ protocol }) => protocol))].map((protocol) => {
    const own = ports.filter((one) => one.protocol === protocol);
    // a protocol without a port opens all of its ports
    const isOpen = own.some(({ port }) => port === undefined);
    return { protocols: [protocol], matches: isOpen ? [] : own.flatMap(matchOf) };
  });
}

function matchOf({ port, end }: PolicyPort): PortMatch[] {
  if (typeof port === 'number') return [[port, end ?? port]];
  return port === undefined ? [] : [port];
}

function entityOf({ cidr, except, namespaces, pods }: PolicyPeer, namespace: string): Entity {
  if (cidr !== undefined) {
    const network = Network.parse(cidr);
    const notNetworks = except.flatMap((one) => Network.parse(one) ?? []);
    // a network that cannot be read has no address
    return network === undefined ? NOBODY : { ...ANYONE, networks: [network], notNetworks };
  }
  const isThere = (one: Endpoint) =>
    namespaces.isNull ? one.namespace === namespace : namespaces.matches(one.namespaceLabels);
  const selects = (one: Endpoint | NetworkSet) =>
    'kind' in one && one.kind === 'pod' && isThere(one) && (pods.isNull || pods.matches(one.labels));
  return { ...ANYONE, selects };
}

const NOBODY: Entity = { ...ANYONE, selects: () => false };
