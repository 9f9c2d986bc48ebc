import { ObjectFact, type Source } from './object';
import { below, fields, list, text } from './read';

/** An Ingress or an HTTPRoute: what brings requests from outside to Services. */
export class RouteFact extends ObjectFact {
  /** The fact if the object is a route. */
  public static read(source: Source, object: ObjectFact): RouteFact | undefined {
    const isRoute =
      object.isOf('networking.k8s.io', 'Ingress') || object.isOf('gateway.networking.k8s.io', 'HTTPRoute', 'GRPCRoute');
    return isRoute ? new RouteFact(source) : undefined;
  }

  /** The names of the Services behind it, in its own namespace. */
  public get services(): readonly string[] {
    return this.kind === 'Ingress' ? this.ingressServices() : this.routeServices();
  }

  private ingressServices(): string[] {
    const paths = list(this.spec.rules).flatMap((rule) => list(below(rule, 'http', 'paths')));
    const backends = [this.spec.defaultBackend, ...paths.map((path) => fields(path).backend)];
    return names(backends.map((backend) => below(backend, 'service', 'name')));
  }

  private routeServices(): string[] {
    const references = list(this.spec.rules).flatMap((rule) => list(fields(rule).backendRefs));
    const own = references.filter((reference) => {
      const { kind, namespace } = fields(reference);
      return (kind ?? 'Service') === 'Service' && (namespace ?? this.namespace) === this.namespace;
    });
    return names(own.map((reference) => fields(reference).name));
  }
}

function names(values: readonly unknown[]): string[] {
  return [...new Set(values.flatMap((value) => text(value) ?? []))];
}
