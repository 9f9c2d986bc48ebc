import { ObjectFact, type Source } from './object';
import { below } from './read';
import { Selector } from './selector';

/** Istio's AuthorizationPolicy: who may call the pods that it selects. */
export class AuthorizationFact extends ObjectFact {
  /** The fact if the object is an AuthorizationPolicy. */
  public static read(source: Source, object: ObjectFact): AuthorizationFact | undefined {
    return object.isOf('security.istio.io', 'AuthorizationPolicy') ? new AuthorizationFact(source) : undefined;
  }

  /** The pods; without a selector those of the whole namespace, or of what `targetRefs` names. */
  public get selector(): Selector {
    return Selector.ofLabels(below(this.spec, 'selector', 'matchLabels'));
  }
}
