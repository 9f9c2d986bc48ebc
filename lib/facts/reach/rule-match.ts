import type { Network } from '../../values/ip-network';
import type { ServiceFact } from '../service';
import type { Labelled } from './calico-selector';
import type { Endpoint } from './endpoint';

/** A connection that somebody wants to open. */
export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The port of the one that is connected to: a pod's own, after the translation of a Service. */
  readonly port: number;
  /** The port of the one that connects, where it is no matter of chance. */
  readonly sourcePort?: number;
  /** `TCP`, `UDP`, `SCTP`, `ICMP`. */
  readonly protocol: string;
}

/** Addresses that a label stands for: a network set of Calico. */
export interface NetworkSet extends Labelled {
  readonly namespace: string | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly networks: readonly Network[];
}

/** A port, a range of ports, or the name of one. */
export type PortMatch = string | readonly [first: number, last: number];

/** One end of a rule: all that is written of it must hold. */
export interface Entity {
  /** Pods and network sets; undefined: any end. */
  readonly selects: ((one: Endpoint | NetworkSet) => boolean) | undefined;
  /** Pods and network sets that are left out. */
  readonly spares: ((one: Endpoint | NetworkSet) => boolean) | undefined;
  /** Any of these; empty: any address. */
  readonly networks: readonly Network[];
  readonly notNetworks: readonly Network[];
  /** Any of these; empty: any port. */
  readonly ports: readonly PortMatch[];
  readonly notPorts: readonly PortMatch[];
  /** The Services whose pods, and ports, it means; undefined: none is named. */
  readonly service: ServicePods | undefined;
}

/** A Service that a rule names. */
export interface ServicePods {
  readonly service: ServiceFact | undefined;
  readonly isBehind: (endpoint: Endpoint) => boolean;
}

/** What a rule does with a connection that it matches. */
export type Action = 'Allow' | 'Deny' | 'Pass' | 'Log';

/** One rule of a policy. */
export interface MatchedRule {
  readonly field: string;
  readonly action: Action;
  readonly protocols: readonly string[];
  readonly notProtocol: string | undefined;
  readonly family: 4 | 6 | undefined;
  readonly source: Entity;
  readonly destination: Entity;
}

/** An end of which nothing is written. */
export const ANYONE: Entity = {
  selects: undefined,
  spares: undefined,
  networks: [],
  notNetworks: [],
  ports: [],
  notPorts: [],
  service: undefined,
};

/** Whether a rule is about every connection. */
export function isAboutAll({ protocols, notProtocol, family, source, destination }: MatchedRule): boolean {
  const ends = [...Object.values(source), ...Object.values(destination)];
  const isAnything = ends.every((value) => value === undefined || (Array.isArray(value) && value.length === 0));
  return isAnything && protocols.length === 0 && notProtocol === undefined && family === undefined;
}

/** Whether a rule decides about every connection. */
export function isDecisive(rule: MatchedRule): boolean {
  return (rule.action === 'Allow' || rule.action === 'Deny') && isAboutAll(rule);
}

/** Whether a port is among some, by its number or by one of its names. */
export function isAmong(
  ports: readonly PortMatch[],
  port: number,
  names: readonly (string | undefined)[] = [],
): boolean {
  return ports.some((one) => (typeof one === 'string' ? names.includes(one) : one[0] <= port && port <= one[1]));
}

/** Some port that a client gets for its own end. */
const EPHEMERAL = 40_000;

/** Whether a rule is about a connection. */
export function matches(rule: MatchedRule, flow: Flow, sets: readonly NetworkSet[]): boolean {
  const { protocols, notProtocol, family, source, destination } = rule;
  if (protocols.length > 0 && !protocols.includes(flow.protocol)) return false;
  if (notProtocol !== undefined && notProtocol === flow.protocol) return false;
  if (family !== undefined && ![flow.from, flow.to].every((end) => isOf(end, family))) return false;
  return (
    isEnd(source, flow.from, sets) &&
    isEnd(destination, flow.to, sets) &&
    isPort(source, flow.from, flow.sourcePort ?? EPHEMERAL, flow.protocol) &&
    isPort(destination, flow.to, flow.port, flow.protocol) &&
    isServed(destination, flow)
  );
}

/** Where nobody knows the addresses, they are those of IPv4. */
function isOf({ networks }: Endpoint, family: 4 | 6): boolean {
  return networks.length === 0 ? family === 4 : networks.some((one) => one.family === family);
}

function isEnd(entity: Entity, end: Endpoint, sets: readonly NetworkSet[]): boolean {
  const { selects, spares, networks, notNetworks, service } = entity;
  // Calico asks both of one pod or set: a pod that is left out may still lie in a set that is not
  const isMeant = (one: Endpoint | NetworkSet) => selects?.(one) === true && spares?.(one) !== true;
  if (selects !== undefined && !isSelected(isMeant, end, sets)) return false;
  if (selects === undefined && spares !== undefined && isSelected(spares, end, sets)) return false;
  if (networks.length > 0 && !networks.some((network) => holds(network, end))) return false;
  if (notNetworks.some((network) => holds(network, end))) return false;
  return service === undefined || service.isBehind(end);
}

/** By its own labels, or by those of a set that has its address. */
function isSelected(
  selects: (one: Endpoint | NetworkSet) => boolean,
  end: Endpoint,
  sets: readonly NetworkSet[],
): boolean {
  if (end.kind !== 'address' && selects(end)) return true;
  return sets.some((set) => set.networks.some((network) => holds(network, end)) && selects(set));
}

/** Whether all addresses that an end may have are in a network; a network of everything has the unknown ones too. */
function holds(network: Network, { networks }: Endpoint): boolean {
  if (networks.length === 0) return network.isEverything && network.family === 4;
  return networks.some((one) => network.contains(one));
}

function isPort(entity: Entity, end: Endpoint, port: number, protocol: string): boolean {
  const { ports, notPorts, selects, spares } = entity;
  // a set of networks has no names of ports: only a pod that is selected itself does
  const isItself = end.kind === 'pod' && (selects === undefined || (selects(end) && spares?.(end) !== true));
  const is = (match: PortMatch) => {
    if (typeof match !== 'string') return match[0] <= port && port <= match[1];
    return isItself && isNamed(end, match, protocol, port);
  };
  return (ports.length === 0 || ports.some(is)) && !notPorts.some(is);
}

/** A rule that names a Service means the ports behind it. */
function isServed({ service }: Entity, { to, port, protocol }: Flow): boolean {
  if (service === undefined) return true;
  const ports = service.service?.ports ?? [];
  return ports.some(({ target, protocol: spoken }) => {
    if (spoken !== protocol) return false;
    return typeof target === 'string' ? isNamed(to, target, protocol, port) : target === port;
  });
}

function isNamed({ ports }: Endpoint, name: string, protocol: string, number: number): boolean {
  return ports.some((one) => one.name === name && one.number === number && one.protocol === protocol);
}
