import type { HostEndpointFact } from '../calico-policy';
import { Memo } from '../memo';
import { textList } from '../read';
import type { World } from '../world';
import { type Decision, decide, type Group, grouped } from './decision';
import { type Endpoint, hostInterface } from './endpoint';
import { Failsafe } from './failsafe';
import { Reach } from './reach';
import type { Flow } from './rule-match';
import type { Direction, Hook, TieredPolicy } from './tiered-policy';

/** An interface of a node, with what is written of it. */
export interface Host {
  readonly fact: HostEndpointFact;
  readonly endpoint: Endpoint;
}

/** A connection of a node with somebody, by the port that is connected to. */
export interface HostFlow {
  readonly peer: Endpoint;
  readonly port: number;
  readonly protocol: string;
}

/** What goes through a node: where it was sent to, and where it ends after addresses are translated. */
export interface ForwardedFlow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: string;
  /** The port before the translation, as a NodePort is; the same where nothing is translated. */
  readonly entryPort?: number;
}

/** A list of policies of an interface. */
type Listed = Hook | 'forward';

const OPEN: Decision = { isAllowed: true, policy: undefined, field: undefined };
const CLOSED: Decision = { isAllowed: false, policy: undefined, field: undefined };
const OTHER: Readonly<Record<Direction, Direction>> = { ingress: 'egress', egress: 'ingress' };

/**
 * What policies of Calico do at the interfaces of nodes.
 *
 * What ends or starts on the node is denied unless a policy allows it, but for the failsafe ports; what goes through is allowed unless policies with
 * `applyOnForward` look at it.
 *
 * @see https://docs.tigera.io/calico/latest/reference/host-endpoints/summary
 */
export class HostReach {
  /** By the policies of a world. */
  public static of(world: World): HostReach {
    const found = KNOWN.get(world) ?? new HostReach(world);
    KNOWN.set(world, found);
    return found;
  }

  public readonly hosts: readonly Host[];
  private readonly reach: Reach;
  private readonly failsafe: Failsafe;
  private readonly groups = new Memo<Host, Map<string, readonly Group[]>>(() => new Map());

  private constructor(world: World) {
    this.reach = Reach.of(world);
    this.failsafe = new Failsafe(world);
    this.hosts = world.calico.hosts.map((fact) => ({ fact, endpoint: hostInterface(fact) }));
  }

  /** The host of a fact. */
  public hostOf(fact: HostEndpointFact): Host | undefined {
    return this.hosts.find((host) => host.fact === fact);
  }

  /** The same for an end that may be an interface of a node; undefined where it is none. */
  public of(end: Endpoint, direction: Direction, flow: HostFlow): Decision | undefined {
    if (end.kind !== 'host') return undefined;
    const host = this.hosts.find(({ endpoint }) => endpoint === end);
    return host && this.local(host, direction, flow);
  }

  /** The policies in one of the lists that Calico has for an interface, in the order in which they are asked. */
  public policiesOf(host: Host, listed: Listed, direction: Direction): readonly TieredPolicy[] {
    return this.groupsOf(host, listed, direction).flatMap(({ policies }) => policies);
  }

  /** What becomes of a connection to a process on the node, or from one. */
  public local(host: Host, direction: Direction, flow: HostFlow): Decision {
    const { peer, port, protocol } = flow;
    if (this.failsafe.lets(host.fact.node, direction, peer, port, protocol)) return OPEN;
    const asked = flowOf(host, direction, flow);
    const untracked = this.asked(host, 'untracked', direction, asked, true);
    if (untracked !== undefined) return untracked.isAllowed ? this.answered(host, direction, asked) : untracked;
    const early = direction === 'ingress' ? this.asked(host, 'preDNAT', direction, asked, true) : undefined;
    if (early !== undefined) return early;
    return this.asked(host, 'normal', direction, asked) ?? (hasProfile(host) ? OPEN : CLOSED);
  }

  /** What becomes of a connection that comes in here and goes on: to a pod, most often. */
  public forwarded(host: Host, { entryPort, ...flow }: ForwardedFlow): Decision {
    const entry = { ...flow, to: host.endpoint, port: entryPort ?? flow.port };
    if (this.failsafe.lets(host.fact.node, 'ingress', flow.from, entry.port, flow.protocol)) return OPEN;
    // what is let through untracked never gets its answers: pods know connections by their being tracked
    const untracked = this.asked(host, 'untracked', 'ingress', entry, true);
    if (untracked !== undefined) return { ...untracked, isAllowed: false };
    const early = this.asked(host, 'preDNAT', 'ingress', entry, true);
    if (early !== undefined) return early;
    return this.asked(host, 'forward', 'ingress', flow) ?? OPEN;
  }

  /** What becomes of a connection of a pod of the node that leaves by this interface. */
  public leaving(host: Host, flow: Flow): Decision {
    return this.asked(host, 'forward', 'egress', flow) ?? OPEN;
  }

  /** Answers are packets like any others where connections are not tracked. */
  private answered(host: Host, direction: Direction, { from, to, port, protocol }: Flow): Decision {
    const answer = { from: to, to: from, sourcePort: port, port: EPHEMERAL, protocol };
    return this.asked(host, 'untracked', OTHER[direction], answer, true) ?? CLOSED;
  }

  private asked(host: Host, listed: Listed, direction: Direction, flow: Flow, isOpen = false): Decision | undefined {
    return decide(this.groupsOf(host, listed, direction), direction, flow, this.reach.sets, { isOpen });
  }

  private groupsOf(host: Host, listed: Listed, direction: Direction): readonly Group[] {
    const known = this.groups.of(host);
    const key = `${listed} ${direction}`;
    const found = known.get(key) ?? this.find(host, listed, direction);
    known.set(key, found);
    return found;
  }

  private find({ fact, endpoint }: Host, listed: Listed, direction: Direction): readonly Group[] {
    // connections of all interfaces of a node are always tracked
    if (listed === 'untracked' && fact.interfaceName === '*') return [];
    const policies = this.reach.policies.filter(({ atHosts }) => {
      if (listed === 'forward') return atHosts?.hook === 'normal' && atHosts.isOnForward;
      return atHosts?.hook === listed;
    });
    return grouped(this.reach.tiers, policies, endpoint, direction);
  }
}

/** Some port that a client gets for its own end. */
const EPHEMERAL = 40_000;

const KNOWN = new WeakMap<World, HostReach>();

/** A profile lets through what no policy looks at, most often `projectcalico-default-allow` of automatic HostEndpoints. */
function hasProfile({ fact }: Host): boolean {
  return textList(fact.spec.profiles).length > 0;
}

function flowOf({ endpoint }: Host, direction: Direction, { peer, port, protocol }: HostFlow): Flow {
  const [from, to] = direction === 'ingress' ? [peer, endpoint] : [endpoint, peer];
  return { from, to, port, protocol };
}
