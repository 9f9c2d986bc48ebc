import { ObjectFact, type Source } from './object';
import { below, fields, list, text } from './read';

/** What brings requests from outside to Services: an Ingress, or a route of the Gateway API. */
export class RouteFact extends ObjectFact {
  /** The fact if the object is an Ingress. */
  public static read(source: Source, object: ObjectFact): RouteFact | undefined {
    return object.isOf('networking.k8s.io', 'Ingress') ? new RouteFact(source) : undefined;
  }

  /** The names of the Services behind it, in its own namespace. */
  public get services(): readonly string[] {
    return [...new Set(this.backendServices)];
  }

  protected get backendServices(): readonly string[] {
    const paths = list(this.spec.rules).flatMap((rule) => list(below(rule, 'http', 'paths')));
    const backends = [this.spec.defaultBackend, ...paths.map((path) => fields(path).backend)];
    return backends.flatMap((backend) => text(below(backend, 'service', 'name')) ?? []);
  }
}
