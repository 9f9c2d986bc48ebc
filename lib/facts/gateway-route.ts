import type { ObjectFact, Source } from './object';
import { type Fields, fields, int, list, text, textList } from './read';
import { RouteFact } from './route';

/** Where a rule of a route sends requests. */
export interface Backend {
  readonly field: string;
  /** `Service`, unless it is something else. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | undefined;
  /** 1 where it is not written. */
  readonly weight: number;
}

/** What a route hangs on: a Gateway, or a Service in a mesh. */
export interface ParentReference {
  readonly field: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The only listener that counts; undefined means all. */
  readonly section: string | undefined;
  readonly port: number | undefined;
}

/** One entry of `spec.rules`. */
export interface RouteRule {
  readonly field: string;
  /** Each match in a form that compares; empty means every request. */
  readonly matches: readonly Fields[];
  readonly backends: readonly Backend[];
}

/** An HTTPRoute or a GRPCRoute of the Gateway API. */
export class GatewayRouteFact extends RouteFact {
  /** The fact if the object is such a route. */
  public static read(source: Source, object: ObjectFact): GatewayRouteFact | undefined {
    const isRoute = object.isOf('gateway.networking.k8s.io', 'HTTPRoute', 'GRPCRoute');
    return isRoute ? new GatewayRouteFact(source) : undefined;
  }

  /** `spec.parentRefs`. */
  public readonly parents: readonly ParentReference[];
  /** The hosts that it takes; empty means those of the listener. */
  public readonly hosts: readonly string[];
  /** `spec.rules`. */
  public readonly rules: readonly RouteRule[];

  private constructor(source: Source) {
    super(source);
    const { parentRefs, hostnames, rules } = this.spec;
    this.parents = list(parentRefs).map((value, index) => this.parent(value, `spec.parentRefs[${index}]`));
    this.hosts = textList(hostnames);
    this.rules = list(rules).map((value, index) => this.rule(value, `spec.rules[${index}]`));
  }

  protected override get backendServices(): readonly string[] {
    const backends = this.rules.flatMap((rule) => rule.backends);
    return backends
      .filter(({ kind, namespace, name }) => kind === 'Service' && namespace === this.namespace && name !== '')
      .map(({ name }) => name);
  }

  private parent(value: unknown, field: string): ParentReference {
    const { kind, namespace, name, sectionName, port } = fields(value);
    return {
      field,
      kind: orElse(kind, 'Gateway'),
      namespace: orElse(namespace, this.namespace),
      name: text(name) ?? '',
      section: text(sectionName) || undefined,
      port: int(port),
    };
  }

  private rule(value: unknown, field: string): RouteRule {
    const { matches, backendRefs } = fields(value);
    const backends = list(backendRefs).map((one, at) => this.backend(one, `${field}.backendRefs[${at}]`));
    return { field, matches: list(matches).map(fields), backends };
  }

  private backend(value: unknown, field: string): Backend {
    const { kind, namespace, name, port, weight } = fields(value);
    return {
      field,
      kind: orElse(kind, 'Service'),
      namespace: orElse(namespace, this.namespace),
      name: text(name) ?? '',
      port: int(port),
      weight: int(weight) ?? 1,
    };
  }
}

/** `value`, or `missing` where nothing is written; a wrong type names nothing. */
function orElse(value: unknown, missing: string): string {
  return value === undefined || value === null ? missing : (text(value) ?? '');
}
