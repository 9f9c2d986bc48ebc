import { type MeshHost, meshHost } from './mesh-host';
import { ObjectFact, type Source } from './object';
import { fields, list, text, texts } from './read';

/** A part of a Service's pods that routes can name. */
export interface Subset {
  readonly field: string;
  readonly name: string;
  /** What its pods bear beside the labels that the Service selects. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Istio's DestinationRule: what holds for requests to a host once a route has chosen it. */
export class DestinationRuleFact extends ObjectFact {
  /** The fact if the object is a DestinationRule. */
  public static read(source: Source, object: ObjectFact): DestinationRuleFact | undefined {
    return object.isOf('networking.istio.io', 'DestinationRule') ? new DestinationRuleFact(source) : undefined;
  }

  /** The host that it is about. */
  public get host(): MeshHost {
    return meshHost(text(this.spec.host) ?? '', this.namespace);
  }

  /** `spec.subsets`. */
  public get subsets(): readonly Subset[] {
    return list(this.spec.subsets).map((value, index) => {
      const { name, labels } = fields(value);
      return { field: `spec.subsets[${index}]`, name: text(name) ?? '', labels: texts(labels) };
    });
  }
}
