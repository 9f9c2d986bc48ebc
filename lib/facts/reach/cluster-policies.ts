import { Network } from '../../values/ip-network';
import type { ObjectFact } from '../object';
import { below, type Fields, fields, int, list, text, textList } from '../read';
import { Selector } from '../selector';
import type { Endpoint } from './endpoint';
import { type Action, ANYONE, type Entity, type MatchedRule, type NetworkSet, type PortMatch } from './rule-match';
import type { Direction, TieredPolicy } from './tiered-policy';

const GROUP = 'policy.networking.k8s.io';
const ACTIONS: Readonly<Record<string, Action>> = { Accept: 'Allow', Allow: 'Allow', Pass: 'Pass' };

/** Whether an object is a policy of the cluster's administrators: ClusterNetworkPolicy, or one of its forerunners. */
export function isClusterPolicy(object: ObjectFact): boolean {
  return object.isOf(GROUP, 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy');
}

/**
 * A ClusterNetworkPolicy (v1alpha2), an AdminNetworkPolicy or a BaselineAdminNetworkPolicy (v1alpha1).
 *
 * @see https://network-policy-api.sigs.k8s.io
 */
export function clusterPolicy(object: ObjectFact): TieredPolicy {
  const { spec, kind, name } = object;
  const subject = ends(spec.subject);
  const rulesOf = (direction: Direction) =>
    list(spec[direction]).flatMap((value, index) =>
      readRule(value, `spec.${direction}[${index}]`, direction, kind !== 'ClusterNetworkPolicy'),
    );
  const rules = { ingress: rulesOf('ingress'), egress: rulesOf('egress') };
  return {
    object,
    tier: tierOf(kind, text(spec.tier)),
    order: int(spec.priority) ?? Number.POSITIVE_INFINITY,
    key: name,
    namespace: undefined,
    selects: (endpoint) => subject.some((is) => is(endpoint)),
    atHosts: undefined,
    rules: {
      ingress: rules.ingress.length === 0 ? undefined : rules.ingress,
      egress: rules.egress.length === 0 ? undefined : rules.egress,
    },
  };
}

function tierOf(kind: string, tier: string | undefined): string {
  if (kind === 'ClusterNetworkPolicy') return tier === 'Baseline' ? 'kube-baseline' : 'kube-admin';
  return kind === 'AdminNetworkPolicy' ? 'adminnetworkpolicy' : 'baselineadminnetworkpolicy';
}

function readRule(value: unknown, field: string, direction: Direction, hasSets: boolean): MatchedRule[] {
  const rule = fields(value);
  const peers = list(rule[direction === 'ingress' ? 'from' : 'to']).map((peer) => entityOf(peer, hasSets));
  const action = ACTIONS[text(rule.action) ?? ''] ?? 'Deny';
  return peers.flatMap((peer) =>
    portsOf(rule).map(({ protocols, ports }): MatchedRule => {
      const [source, destination] = direction === 'ingress' ? [peer, ANYONE] : [ANYONE, peer];
      const common = { field, action, protocols, notProtocol: undefined, family: undefined };
      return { ...common, source, destination: { ...destination, ports } };
    }),
  );
}

/** As Calico has them, peers of the forerunners that are whole namespaces mean the network sets there too. */
function entityOf(value: unknown, hasSets: boolean): Entity {
  const { networks, namespaces } = fields(value);
  if (networks !== undefined) {
    return { ...ANYONE, networks: textList(networks).flatMap((one) => Network.parse(one) ?? []) };
  }
  if (hasSets && namespaces !== undefined && namespaces !== null) {
    const selector = Selector.parse(namespaces);
    const isThere = ({ namespace, namespaceLabels }: Endpoint | NetworkSet) =>
      selector.isEmpty ? namespace !== undefined : selector.matches(namespaceLabels);
    return { ...ANYONE, selects: isThere };
  }
  const chosen = ends(value);
  return {
    ...ANYONE,
    selects: (one: Endpoint | NetworkSet) => 'kind' in one && one.kind !== 'host' && chosen.some((is) => is(one)),
  };
}

/** `namespaces`, or `pods` in namespaces; anything else, such as nodes and domain names, is no pod. */
function ends(value: unknown): ((endpoint: Endpoint) => boolean)[] {
  const { namespaces, pods } = fields(value);
  if (namespaces !== undefined && namespaces !== null) {
    const selector = Selector.parse(namespaces);
    return [({ namespaceLabels }) => selector.matches(namespaceLabels)];
  }
  if (pods === undefined || pods === null) return [];
  const where = Selector.parse(below(pods, 'namespaceSelector') ?? {});
  const which = Selector.parse(below(pods, 'podSelector') ?? {});
  return [({ namespaceLabels, labels }) => where.matches(namespaceLabels) && which.matches(labels)];
}

interface Ports {
  readonly protocols: readonly string[];
  readonly ports: readonly PortMatch[];
}

const ANY_PORT: Ports = { protocols: [], ports: [] };

/** `protocols` of v1alpha2, `ports` of v1alpha1. */
function portsOf(rule: Fields): Ports[] {
  const written = [...list(rule.protocols).flatMap(protocolIn), ...list(rule.ports).flatMap(portIn)];
  return written.length === 0 ? [ANY_PORT] : written;
}

function protocolIn(value: unknown): Ports[] {
  const entry = fields(value);
  const name = text(entry.destinationNamedPort);
  if (name !== undefined) return ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocols: [protocol], ports: [name] }));
  return ['tcp', 'udp', 'sctp'].flatMap((protocol) => {
    if (entry[protocol] === undefined || entry[protocol] === null) return [];
    const port = fields(below(entry[protocol], 'destinationPort'));
    return [{ protocols: [protocol.toUpperCase()], ports: rangeIn(port.number, fields(port.range)) }];
  });
}

function portIn(value: unknown): Ports[] {
  const { portNumber, portRange, namedPort } = fields(value);
  const name = text(namedPort);
  if (name !== undefined) return protocolIn({ destinationNamedPort: name });
  const port = fields(portNumber ?? portRange);
  return [{ protocols: [text(port.protocol) ?? 'TCP'], ports: rangeIn(port.port, port) }];
}

function rangeIn(number: unknown, { start, end }: Fields): PortMatch[] {
  const [single, first, last] = [int(number), int(start), int(end)];
  if (single !== undefined) return [[single, single]];
  return first === undefined || last === undefined ? [] : [[first, last]];
}
