import { Network } from '../../values/ip-network';
import type { ObjectFact } from '../object';
import { fields, int, list, text } from '../read';
import type { World } from '../world';
import { isCalico } from './calico-policies';
import type { Endpoint } from './endpoint';
import type { Direction } from './tiered-policy';

interface FailsafePort {
  readonly port: number;
  readonly protocol: string;
  /** Who is let through; undefined: everybody. */
  readonly network: Network | undefined;
}

const TCP_PORTS = [179, 2379, 2380, 5473, 6443, 6666, 6667];
const FIELD: Readonly<Record<Direction, string>> = {
  ingress: 'failsafeInboundHostPorts',
  egress: 'failsafeOutboundHostPorts',
};
const DEFAULT: Readonly<Record<Direction, readonly FailsafePort[]>> = {
  ingress: [port('TCP', 22), port('UDP', 68), ...TCP_PORTS.map((one) => port('TCP', one))],
  egress: [port('UDP', 53), port('UDP', 67), ...TCP_PORTS.map((one) => port('TCP', one))],
};

/**
 * The ports of nodes that no policy closes.
 *
 * @see https://docs.tigera.io/calico/latest/reference/host-endpoints/failsafe
 */
export class Failsafe {
  private readonly configurations: readonly ObjectFact[];

  public constructor({ objects }: World) {
    this.configurations = objects.filter((object) => isCalico(object, 'FelixConfiguration'));
  }

  /** Whether a connection of a node with somebody is let through whatever policies say. */
  public lets(node: string | undefined, direction: Direction, peer: Endpoint, port: number, protocol: string): boolean {
    return this.portsOf(node, direction).some(
      (one) =>
        one.port === port &&
        one.protocol === protocol &&
        (one.network === undefined || peer.networks.some((network) => one.network?.contains(network))),
    );
  }

  private portsOf(node: string | undefined, direction: Direction): readonly FailsafePort[] {
    const key = FIELD[direction];
    const own = this.configurations.find(({ name, spec }) => name === `node.${node}` && spec[key] !== undefined);
    const all = this.configurations.find(({ name, spec }) => name === 'default' && spec[key] !== undefined);
    const written = (own ?? all)?.spec[key];
    if (written === undefined || written === null) return DEFAULT[direction];
    return list(written).map((value) => {
      const { port: number, protocol, net } = fields(value);
      const network = Network.parse(text(net) ?? '');
      return { port: int(number) ?? 0, protocol: (text(protocol) ?? 'TCP').toUpperCase(), network };
    });
  }
}

function port(protocol: string, number: number): FailsafePort {
  return { port: number, protocol, network: undefined };
}
