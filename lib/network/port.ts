import { portNumber } from '../values/bounds';
import { invalid } from '../values/invalid';
import { portName } from '../values/names';

/** A port in plain words. */
export interface PortIntent {
  /** By number, or by the name that a container gives it. */
  readonly port: number | string;
  /** The last one of a range. */
  readonly last?: number;
  /** Undefined for a name: then the container says it. */
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** A port of pods: policies see connections after a Service has translated them, so never a Service's own port. */
export class Port {
  /**
   * A TCP port.
   *
   * @param port 1 to 65535
   * @throws if it is outside of its bounds
   */
  public static tcp(port: number): Port {
    return new Port({ port: portNumber('Port.tcp', port), protocol: 'TCP' });
  }

  /**
   * A UDP port.
   *
   * @param port 1 to 65535
   * @throws if it is outside of its bounds
   */
  public static udp(port: number): Port {
    return new Port({ port: portNumber('Port.udp', port), protocol: 'UDP' });
  }

  /**
   * TCP ports that follow each other.
   *
   * @param first 1 to 65535
   * @param last `first` to 65535
   * @throws if one is outside of its bounds, or the last comes before the first
   */
  public static tcpRange(first: number, last: number): Port {
    portNumber('Port.tcpRange', first);
    portNumber('Port.tcpRange', last);
    if (last < first)
      throw invalid('Port.tcpRange', `${last} comes before ${first}`, `use Port.tcpRange(${last}, ${first})`);
    return new Port({ port: first, last, protocol: 'TCP' });
  }

  /**
   * The TCP port that a container of the pods gives this name.
   *
   * @param name as in `ports[].name` of a container
   * @throws if it is no name of a port
   */
  public static named(name: string): Port {
    return new Port({ port: portName('Port.named', name), protocol: 'TCP' });
  }

  private constructor(
    /** @internal */
    public readonly _intent: PortIntent,
  ) {}
}
