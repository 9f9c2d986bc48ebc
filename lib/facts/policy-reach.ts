import type { PolicyPort, PolicyRule } from './network-policy';

/** A port that pods need to reach although their app does not name it. */
export interface PlatformPort {
  readonly protocol: 'TCP' | 'UDP';
  readonly numbers: readonly number[];
  /** What the names of such ports look like. */
  readonly names: RegExp;
  /** The namespace of the pods that listen on it. */
  readonly namespace: string;
}

/** Whether a rule opens a port of the pods; by name where that is one of `names`. */
export function opens({ ports }: PolicyRule, protocol: string, number: number, names: readonly string[] = []): boolean {
  return ports.length === 0 || ports.some((port) => port.protocol === protocol && covers(port, number, names));
}

/** Whether a rule is about pods, or about anyone, and not only about addresses. */
export function reachesPods({ peers }: PolicyRule): boolean {
  return peers.length === 0 || peers.some(({ namespaces, pods }) => !namespaces.isNull || !pods.isNull);
}

/**
 * Whether a rule may be what lets pods of `namespace` reach a port of the platform: it names the port, or it opens all ports of something that
 * does not lie in their own namespace.
 */
export function mayReach({ ports, peers }: PolicyRule, platform: PlatformPort, namespace: string): boolean {
  const open = ports.filter(({ protocol }) => protocol === platform.protocol);
  const isNamed = ({ port, end }: PolicyPort) =>
    typeof port === 'string'
      ? platform.names.test(port)
      : port !== undefined && platform.numbers.some((number) => port <= number && number <= (end ?? port));
  if (open.some(isNamed)) return true;
  if (ports.length > 0 && open.every(({ port }) => port !== undefined)) return false;
  const isElsewhere = peers.some(({ cidr, namespaces }) => cidr !== undefined || !namespaces.isNull);
  return peers.length === 0 || isElsewhere || namespace === platform.namespace;
}

function covers({ port, end }: PolicyPort, number: number, names: readonly string[]): boolean {
  if (typeof port === 'string') return names.includes(port);
  return port === undefined || (port <= number && number <= (end ?? port));
}
