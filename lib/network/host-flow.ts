import { invalid } from '../values/invalid';
import { type Peer, type PeerIntent, peerText } from './peer';
import type { Port, PortIntent } from './port';

/** A connection of hosts in plain words. */
export interface HostFlowIntent {
  readonly direction: 'ingress' | 'egress';
  readonly peer: PeerIntent;
  /** Empty: every port. */
  readonly ports: readonly PortIntent[];
}

/** A connection of processes on hosts that is allowed: of agents, of pods in the network of their node. */
export class HostFlow {
  /**
   * Somebody connects to the hosts.
   *
   * @param peer who
   * @param ports of the hosts; none: every port
   * @throws if a port has only a name, which processes on hosts have not
   */
  public static into(peer: Peer, ...ports: Port[]): HostFlow {
    return new HostFlow('ingress', peer, ports);
  }

  /**
   * The hosts connect to somebody.
   *
   * @param peer to whom
   * @param ports of the other one; none: every port
   * @throws if a port has only a name, which processes on hosts have not
   */
  public static outOf(peer: Peer, ...ports: Port[]): HostFlow {
    return new HostFlow('egress', peer, ports);
  }

  /** @internal */
  public readonly _intent: HostFlowIntent;

  private constructor(direction: 'ingress' | 'egress', { _intent: peer }: Peer, ports: readonly Port[]) {
    const named = ports.find(({ _intent }) => typeof _intent.port === 'string');
    if (named !== undefined && direction === 'ingress') {
      const problem = `port \`${named._intent.port}\` has a name, which processes on hosts have not`;
      throw invalid(`HostFlow with ${peerText(peer)}`, problem, 'use Port.tcp(9100)');
    }
    this._intent = Object.freeze({ direction, peer, ports: ports.map(({ _intent }) => _intent) });
  }
}
