import { ObjectFact, type Source } from './object';
import { fields, list, text } from './read';

/** What a grant lets refer to something, or what may be referred to. */
interface Granted {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  /** Undefined means all of the kind. */
  readonly name: string | undefined;
}

/** A ReferenceGrant: who in other namespaces may refer to what in its own. */
export class ReferenceGrantFact extends ObjectFact {
  /** The fact if the object is a ReferenceGrant. */
  public static read(source: Source, object: ObjectFact): ReferenceGrantFact | undefined {
    return object.isOf('gateway.networking.k8s.io', 'ReferenceGrant') ? new ReferenceGrantFact(source) : undefined;
  }

  /** Whether a route of a kind and a namespace may refer to a Service of this name. */
  public allows(route: ObjectFact, service: string): boolean {
    const from = granted(this.spec.from).some(
      ({ group, kind, namespace }) => route.isOf(group, kind) && namespace === route.namespace,
    );
    const to = granted(this.spec.to).some(
      ({ group, kind, name }) => group === '' && kind === 'Service' && (name === undefined || name === service),
    );
    return from && to;
  }
}

function granted(value: unknown): Granted[] {
  return list(value).map((one) => {
    const { group, kind, namespace, name } = fields(one);
    return {
      group: text(group) ?? '',
      kind: text(kind) ?? '',
      namespace: text(namespace),
      name: text(name) || undefined,
    };
  });
}
