import { ObjectFact, type Source } from './object';

/** A Namespace. */
export class NamespaceFact extends ObjectFact {
  /** The fact if the object is a Namespace. */
  public static read(source: Source, object: ObjectFact): NamespaceFact | undefined {
    return object.isOf('', 'Namespace') ? new NamespaceFact(source) : undefined;
  }

  /** Whether its labels say that a node proxy takes the requests of pods in it. */
  public get isAmbient(): boolean {
    return this.labels['istio.io/dataplane-mode'] === 'ambient';
  }

  /** Whether its labels say that pods in it get a sidecar; undefined where they say nothing. */
  public get injects(): boolean | undefined {
    const injection = this.labels['istio-injection'];
    if (injection === 'disabled') return false;
    return injection === 'enabled' || 'istio.io/rev' in this.labels ? true : undefined;
  }
}
