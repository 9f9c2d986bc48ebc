import { NODE_PORTS, portNumber, whole } from '../values/bounds';
import { invalid } from '../values/invalid';
import { hostName } from '../values/names';

/** An Ingress. */
export interface IngressOptions {
  /** The host name. */
  readonly host: string;

  /**
   * Name of the Ingress; needed from the second one on.
   *
   * @default - the name of the app
   */
  readonly name?: string;

  /**
   * The path and everything below it.
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * Name of the IngressClass.
   *
   * @default - the cluster's default
   */
  readonly ingressClass?: string;

  /**
   * Name of the Secret with the certificate.
   *
   * @default - no TLS
   */
  readonly tlsSecret?: string;

  /**
   * Annotations for the controller.
   *
   * Findings: app/delay-shorter-than-deregistration
   *
   * @default - no annotations
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A route of the Gateway API. */
export interface HttpRouteOptions {
  /** The Gateway, as `name` or `namespace/name`. */
  readonly gateway: string;

  /**
   * Name of the HTTPRoute; needed from the second one on.
   *
   * @default - the name of the app
   */
  readonly name?: string;

  /**
   * The host names.
   *
   * @default - those of the Gateway's listeners
   */
  readonly hostnames?: string[];

  /**
   * The path and everything below it.
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * The listener of the Gateway.
   *
   * @default - every listener that allows it
   */
  readonly listener?: string;
}

/** A Service with an address outside of the cluster. */
export interface LoadBalancerOptions {
  /**
   * Name of the Service; needed from the second one on.
   *
   * @default - the name of the app with `-external` behind it
   */
  readonly name?: string;

  /**
   * The Service's port, 1 to 65535.
   *
   * @default - the app's Service's
   */
  readonly port?: number;

  /**
   * Networks that may connect, as CIDRs.
   *
   * @default - every network
   */
  readonly sourceRanges?: string[];

  /**
   * Which controller makes it.
   *
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;

  /**
   * Annotations for the controller.
   *
   * Findings: app/delay-shorter-than-deregistration
   *
   * @default - no annotations
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A Service with a port on every node. */
export interface NodePortOptions {
  /** The port on the nodes, 30000 to 32767: fixed, so that firewalls and policies can name it. */
  readonly nodePort: number;

  /**
   * Name of the Service; needed from the second one on.
   *
   * @default - the name of the app with `-node-port` behind it
   */
  readonly name?: string;

  /**
   * The Service's port, 1 to 65535.
   *
   * @default - the app's Service's
   */
  readonly port?: number;

  /**
   * Pods see the addresses of clients, and only nodes with such a pod answer (`externalTrafficPolicy: Local`). Without it pods see those of nodes.
   *
   * @default false
   */
  readonly keepsClientAddress?: boolean;
}

/** An exposure, resolved. */
export type ExposureIntent =
  | { readonly kind: 'ingress'; readonly options: IngressOptions; readonly path: string }
  | {
      readonly kind: 'httpRoute';
      readonly name?: string;
      readonly parent: object;
      readonly hostnames?: readonly string[];
      readonly path: string;
    }
  | { readonly kind: 'loadBalancer'; readonly options: LoadBalancerOptions }
  | { readonly kind: 'nodePort'; readonly options: NodePortOptions }
  | { readonly kind: 'headless' };

/** A way to the app beside its Service. */
export class Exposure {
  /**
   * An Ingress.
   *
   * @param options host, path, TLS
   * @throws if the host is no DNS name or the path is not absolute
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(options: IngressOptions): Exposure {
    hostName('Exposure.ingress: host', options.host);
    return new Exposure({ kind: 'ingress', options, path: pathOf('Exposure.ingress', options.path) });
  }

  /**
   * A route of the Gateway API.
   *
   * @param options the Gateway, hosts, path
   * @throws if the path is not absolute, or the Gateway is not `name` or `namespace/name`
   * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
   */
  public static httpRoute(options: HttpRouteOptions): Exposure {
    const where = 'Exposure.httpRoute';
    const parent = gatewayParent(where, options.gateway, options.listener);
    const hostnames = options.hostnames?.map((host) => hostName(`${where}: hostnames`, host));
    return new Exposure({
      kind: 'httpRoute',
      name: options.name,
      parent,
      hostnames,
      path: pathOf(where, options.path),
    });
  }

  /**
   * A second Service, with an address outside of the cluster.
   *
   * @param options port, networks, controller
   * @throws if the port is outside 1 to 65535
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): Exposure {
    if (options.port !== undefined) portNumber('Exposure.loadBalancer: port', options.port);
    return new Exposure({ kind: 'loadBalancer', options });
  }

  /**
   * A second Service, with a port on every node. Everybody who reaches a node reaches it, unless a `NodePortGuard` says otherwise.
   *
   * @param options the port on the nodes
   * @throws if a port is outside of its bounds
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
   */
  public static nodePort(options: NodePortOptions): Exposure {
    const where = 'Exposure.nodePort';
    whole(`${where}: nodePort`, options.nodePort, NODE_PORTS);
    if (options.port !== undefined) portNumber(`${where}: port`, options.port);
    return new Exposure({ kind: 'nodePort', options });
  }

  /** A second Service without an address of its own: its name stands for the pods. */
  public static headless(): Exposure {
    return new Exposure({ kind: 'headless' });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: ExposureIntent;

  private constructor(intent: ExposureIntent) {
    this._intent = Object.freeze(intent);
  }
}

/** A reference to a Gateway, given as `name` or `namespace/name`, and to one of its listeners. */
export function gatewayParent(where: string, gateway: string, listener: string | undefined): object {
  const match = /^(?:([a-z0-9-]+)\/)?([a-z0-9.-]+)$/.exec(gateway);
  if (!match) throw invalid(where, `\`${gateway}\` is not a Gateway`, 'use `name` or `namespace/name`');
  const [, namespace, name] = match;
  return {
    ...(namespace !== undefined && { namespace }),
    name,
    ...(listener !== undefined && { sectionName: listener }),
  };
}

function pathOf(where: string, path = '/'): string {
  if (!path.startsWith('/')) throw invalid(where, `the path \`${path}\` is not absolute`, `use \`/${path}\``);
  return path;
}
