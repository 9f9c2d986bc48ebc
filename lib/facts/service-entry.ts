import { ObjectFact, type Source } from './object';
import { textList } from './read';

/** Istio's ServiceEntry: hosts that the mesh knows beside the Services. */
export class ServiceEntryFact extends ObjectFact {
  /** The fact if the object is a ServiceEntry. */
  public static read(source: Source, object: ObjectFact): ServiceEntryFact | undefined {
    return object.isOf('networking.istio.io', 'ServiceEntry') ? new ServiceEntryFact(source) : undefined;
  }

  /** The hosts, always as written. */
  public get hosts(): readonly string[] {
    return textList(this.spec.hosts);
  }
}
