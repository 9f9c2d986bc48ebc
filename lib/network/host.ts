import { invalid } from '../values/invalid';
import { Network } from '../values/ip-network';
import { checkLabels, hostName } from '../values/names';
import { expression } from './engines/calico-rules';

/** The label by which nodes are known, and by which automatic HostEndpoints are too. */
export const HOST_NAME = 'kubernetes.io/hostname';
/** Linux cuts names of interfaces there. */
const LONGEST_DEVICE = 15;

/** An interface of a node. */
export interface HostOptions {
  /** The node's address there. */
  readonly ip: string;

  /** The interface, as `eth0`, at most 15 characters. */
  readonly device: string;

  /**
   * Labels by which policies find it, beside `kubernetes.io/hostname`.
   *
   * @default - only `kubernetes.io/hostname`
   */
  readonly labels?: { readonly [key: string]: string };
}

/** A node whose interface policies hold for. */
export class Host {
  /**
   * Describes a node.
   *
   * @param name its name in Kubernetes
   * @param options address and interface
   * @throws if the address is none, or the interface has more than 15 characters
   */
  public static of(name: string, options: HostOptions): Host {
    const where = `Host.of ${name}`;
    const { ip, device, labels = {} } = options;
    hostName('Host.of', name);
    // no type forbids it where the program is run without being compiled
    if (Network.parse(ip ?? '') === undefined || ip.includes('/')) {
      throw invalid(`${where}: ip`, `\`${ip}\` is no address`, "use ip: '192.0.2.11'");
    }
    if (device === '' || device.length > LONGEST_DEVICE) {
      const problem = `\`${device}\` has ${device.length} characters, and an interface has 1 to ${LONGEST_DEVICE}`;
      throw invalid(`${where}: device`, problem, "use device: 'eth0'");
    }
    if (!/^[A-Za-z0-9_.-]+$/.test(device)) {
      throw invalid(`${where}: device`, `\`${device}\` is not one interface`, "use device: 'eth0'");
    }
    if (HOST_NAME in labels) {
      throw invalid(`${where}: labels`, `\`${HOST_NAME}\` is the name of the node`, 'remove it');
    }
    return new Host(name, ip, device, checkLabels(`${where}: labels`, labels));
  }

  private constructor(
    /** Its name in Kubernetes. */
    public readonly name: string,
    /** Its address. */
    public readonly ip: string,
    /** The interface. */
    public readonly device: string,
    /** @internal */
    public readonly _labels: Readonly<Record<string, string>>,
  ) {}
}

/** Nodes that policies are about, by labels of their HostEndpoints. */
export class HostSet {
  /**
   * By labels.
   *
   * @param labels what they bear; at least one
   * @throws if there is none, or one cannot be a label
   */
  public static labelled(labels: { [key: string]: string }): HostSet {
    const where = 'HostSet.labelled';
    if (Object.keys(labels).length === 0) throw invalid(where, 'no label says which', "use { role: 'edge' }");
    return new HostSet(expression(checkLabels(where, labels)));
  }

  /**
   * These.
   *
   * @param hosts one or more
   * @throws if there is none
   */
  public static of(...hosts: Host[]): HostSet {
    if (hosts.length === 0) throw invalid('HostSet.of', 'it has no host', "use HostSet.labelled({ role: 'edge' })");
    const names = hosts.map(({ name }) => `'${name}'`).join(', ');
    return new HostSet(`${HOST_NAME} in { ${names} }`);
  }

  private constructor(
    /** @internal */
    public readonly _selector: string,
  ) {}
}
