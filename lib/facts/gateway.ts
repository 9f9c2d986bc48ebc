import { hostsMeet } from './mesh-host';
import { ObjectFact, type Source } from './object';
import { below, fields, int, list, text, textList } from './read';
import { Selector } from './selector';

/** A port on which a gateway takes requests. */
export interface Listener {
  readonly field: string;
  /** Only a listener of the Gateway API must have one. */
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly protocol: string;
  /** The hosts that it takes, `namespace/host` in Istio's form; empty means every host. */
  readonly hosts: readonly string[];
  /** Whose routes it takes: the same namespace, all, those that the selector chooses, or none. Istio's gateways take all. */
  readonly from: 'Same' | 'All' | 'Selector' | 'None';
  /** The namespaces of `Selector`, by their labels. */
  readonly namespaces: Selector;
  /** The only kinds of routes that it takes; empty means all that fit its protocol. */
  readonly kinds: readonly string[];
  /** Answers every request with a redirect to HTTPS. */
  readonly redirects: boolean;
}

/** A Gateway, of the Gateway API or of Istio. */
export class GatewayFact extends ObjectFact {
  /** The fact if the object is a Gateway. */
  public static read(source: Source, object: ObjectFact): GatewayFact | undefined {
    const isGateway =
      object.isOf('gateway.networking.k8s.io', 'Gateway') || object.isOf('networking.istio.io', 'Gateway');
    return isGateway ? new GatewayFact(source) : undefined;
  }

  /** Whether it is Istio's own kind, which VirtualServices name. */
  public get isIstio(): boolean {
    return this.isOf('networking.istio.io', 'Gateway');
  }

  /** The pods that serve it; only Istio's own kind selects them. */
  public get selector(): Selector {
    return Selector.ofLabels(this.isIstio ? this.spec.selector : undefined);
  }

  /** `spec.listeners`, or `spec.servers` of Istio. */
  public get listeners(): readonly Listener[] {
    return this.isIstio ? this.servers() : list(this.spec.listeners).map(readListener);
  }

  /** Whether one of its servers takes requests to a host for the VirtualServices of a namespace. */
  public serves({ hosts }: Listener, wanted: string, namespace: string): boolean {
    return hosts.some((host) => {
      const slash = host.indexOf('/');
      const from = slash === -1 ? '*' : host.slice(0, slash);
      const isForIt = from === '*' || (from === '.' ? this.namespace : from) === namespace;
      return isForIt && hostsMeet(host.slice(slash + 1), wanted);
    });
  }

  /** The listeners that a route means by naming a section, a port, both or neither. */
  public listenersOf(section: string | undefined, port: number | undefined): readonly Listener[] {
    return this.listeners.filter(
      (listener) =>
        (section === undefined || listener.name === section) && (port === undefined || listener.port === port),
    );
  }

  private servers(): Listener[] {
    return list(this.spec.servers).map((value, index) => {
      const { port, hosts, tls } = fields(value);
      const { name, number, protocol } = fields(port);
      return {
        field: `spec.servers[${index}]`,
        name: text(name),
        port: int(number),
        protocol: text(protocol) ?? '',
        hosts: textList(hosts),
        from: 'All' as const,
        namespaces: Selector.parse(undefined),
        kinds: [],
        redirects: fields(tls).httpsRedirect === true,
      };
    });
  }
}

function readListener(value: unknown, index: number): Listener {
  const { name, port, protocol, hostname } = fields(value);
  const from = below(value, 'allowedRoutes', 'namespaces', 'from');
  return {
    field: `spec.listeners[${index}]`,
    name: text(name),
    port: int(port),
    protocol: text(protocol) ?? '',
    hosts: typeof hostname === 'string' && hostname !== '' ? [hostname] : [],
    from: from === 'All' || from === 'Selector' || from === 'None' ? from : 'Same',
    namespaces: Selector.parse(below(value, 'allowedRoutes', 'namespaces', 'selector')),
    kinds: list(below(value, 'allowedRoutes', 'kinds')).flatMap((kind) => text(fields(kind).kind) ?? []),
    redirects: false,
  };
}
