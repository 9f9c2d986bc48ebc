import { type MeshHost, meshHost } from './mesh-host';
import { ObjectFact, type Source } from './object';
import { below, type Fields, fields, int, list, text, textList, texts } from './read';

/** Where a route of a mesh sends requests. */
export interface MeshDestination extends MeshHost {
  readonly field: string;
  /** The host as written. */
  readonly written: string;
  readonly subset: string | undefined;
  readonly port: number | undefined;
  /** As written; undefined counts as 0 beside others, and as everything alone. */
  readonly weight: number | undefined;
}

/** Which requests a route takes. */
export interface MeshMatch {
  readonly field: string;
  /** The gateways that it names, as `namespace/name`; undefined means those of the VirtualService. */
  readonly gateways: readonly string[] | undefined;
  readonly sourceLabels: Readonly<Record<string, string>> | undefined;
  /** All conditions in a form that compares. */
  readonly conditions: Fields;
}

/** One entry of `spec.http`. */
export interface MeshRoute {
  readonly field: string;
  readonly name: string | undefined;
  /** Empty: every request. */
  readonly matches: readonly MeshMatch[];
  /** Where it leads, and what it mirrors to. */
  readonly destinations: readonly MeshDestination[];
  /** Those among which it divides the requests by weight. */
  readonly shares: readonly MeshDestination[];
  /** Leaves it to another VirtualService what becomes of the requests. */
  readonly delegates: boolean;
}

const MESH = 'mesh';

/** Istio's VirtualService: where requests to some hosts go. */
export class VirtualServiceFact extends ObjectFact {
  /** The fact if the object is a VirtualService. */
  public static read(source: Source, object: ObjectFact): VirtualServiceFact | undefined {
    return object.isOf('networking.istio.io', 'VirtualService') ? new VirtualServiceFact(source) : undefined;
  }

  /** `spec.http`. */
  public readonly http: readonly MeshRoute[];
  /** Everywhere that its routes lead, `tcp` and `tls` too. */
  public readonly destinations: readonly MeshDestination[];

  private constructor(source: Source) {
    super(source);
    this.http = this.routes('http');
    const others = [...this.routes('tls'), ...this.routes('tcp')];
    this.destinations = [...this.http, ...others].flatMap(({ destinations }) => destinations);
  }

  /** The hosts whose requests it takes; none for one that others delegate to. */
  public get hosts(): readonly MeshHost[] {
    return textList(this.spec.hosts).map((host) => meshHost(host, this.namespace));
  }

  /** Whether it takes no requests but those that another one hands to it, which also says for which gateways. */
  public get isDelegate(): boolean {
    return this.hosts.length === 0;
  }

  /** Gateways as `namespace/name`, and `mesh` for sidecars. */
  public get gateways(): readonly string[] {
    const written = textList(this.spec.gateways);
    return written.length === 0 ? [MESH] : written.map((name) => this.gateway(name));
  }

  /** Whether proxies of all namespaces see it, as they do where nothing is said. */
  public get isVisibleEverywhere(): boolean {
    return list(this.spec.exportTo).length === 0;
  }

  /** Whether sidecars obey it. */
  public get isForMesh(): boolean {
    return this.gateways.includes(MESH);
  }

  /** Whether some Gateway obeys it. */
  public get isForGateways(): boolean {
    return this.gateways.some((gateway) => gateway !== MESH);
  }

  private gateway(name: string): string {
    if (name === MESH) return name;
    if (name.includes('/')) return name.replace(/^\.\//, `${this.namespace}/`);
    const [short, namespace = this.namespace] = name.split('.');
    return `${namespace}/${short}`;
  }

  private routes(kind: 'http' | 'tls' | 'tcp'): MeshRoute[] {
    return list(this.spec[kind]).map((value, index) => {
      const route = fields(value);
      const field = `spec.${kind}[${index}]`;
      const shares = list(route.route).map((one, at) => this.destination(one, `${field}.route[${at}].destination`));
      const mirrored = mirrors(route, field).map(([one, at]) => this.destination({ destination: one }, at));
      return {
        field,
        name: text(route.name),
        matches: list(route.match).map((match, at) => this.match(match, `${field}.match[${at}]`)),
        destinations: [...shares, ...mirrored],
        shares,
        delegates: fields(route.delegate) === route.delegate,
      };
    });
  }

  private match(value: unknown, field: string): MeshMatch {
    const written = Object.entries(fields(value)).filter(([, condition]) => condition !== null);
    const { name: _, statPrefix: __, ...conditions }: Fields = Object.fromEntries(written);
    const gateways = textList(conditions.gateways);
    return {
      field,
      gateways: gateways.length === 0 ? undefined : gateways.map((gateway) => this.gateway(gateway)),
      sourceLabels: 'sourceLabels' in conditions ? texts(conditions.sourceLabels) : undefined,
      conditions,
    };
  }

  private destination(value: unknown, field: string): MeshDestination {
    const { destination, weight } = fields(value);
    const { host, subset, port } = fields(destination);
    const written = text(host) ?? '';
    return {
      field,
      written,
      ...meshHost(written, this.namespace),
      subset: text(subset) || undefined,
      port: int(fields(port).number),
      weight: int(weight),
    };
  }
}

function mirrors(route: Fields, field: string): [unknown, string][] {
  const several = list(route.mirrors).map((mirror, index): [unknown, string] => [
    below(mirror, 'destination'),
    `${field}.mirrors[${index}].destination`,
  ]);
  const single = route.mirror ?? undefined;
  return single === undefined ? several : [[single, `${field}.mirror`], ...several];
}
