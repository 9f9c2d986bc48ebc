import { ObjectFact, type Source } from './object';
import { type Fields, fields, list, text, textList } from './read';

/** One rule of a policy of Calico. */
export interface CalicoRule {
  readonly field: string;
  readonly direction: 'ingress' | 'egress';
  readonly manifest: Fields;
  readonly source: Fields;
  readonly destination: Fields;
}

const KINDS = ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy'];

/** A NetworkPolicy or GlobalNetworkPolicy of Calico, staged or not. */
export class CalicoPolicyFact extends ObjectFact {
  /** The fact if the object is one. */
  public static read(source: Source, object: ObjectFact): CalicoPolicyFact | undefined {
    return object.isOf('projectcalico.org', ...KINDS) ? new CalicoPolicyFact(source) : undefined;
  }

  /** Whether it may be about pods of all namespaces, and about hosts. */
  public get isGlobal(): boolean {
    return this.kind.includes('Global');
  }

  /** `spec.tier`. */
  public get tier(): string {
    return text(this.spec.tier) || 'default';
  }

  /** Whether it is asked before addresses are translated. */
  public get isBeforeDnat(): boolean {
    return this.spec.preDNAT === true;
  }

  /** Whether its connections are not tracked. */
  public get isUntracked(): boolean {
    return this.spec.doNotTrack === true;
  }

  /** `spec.types`, as they are written. */
  public get types(): readonly string[] {
    return textList(this.spec.types);
  }

  /** All of its rules. */
  public get rules(): readonly CalicoRule[] {
    return (['ingress', 'egress'] as const).flatMap((direction) =>
      list(this.spec[direction]).map((value, index) => {
        const manifest = fields(value);
        const [source, destination] = [fields(manifest.source), fields(manifest.destination)];
        return { field: `spec.${direction}[${index}]`, direction, manifest, source, destination };
      }),
    );
  }
}

/** A network interface of a node that Calico's policies hold for. */
export class HostEndpointFact extends ObjectFact {
  /** The fact if the object is one. */
  public static read(source: Source, object: ObjectFact): HostEndpointFact | undefined {
    return object.isOf('projectcalico.org', 'HostEndpoint') ? new HostEndpointFact(source) : undefined;
  }

  /** `spec.node`. */
  public get node(): string | undefined {
    return text(this.spec.node) || undefined;
  }

  /** `spec.interfaceName`; `*` means all of the node. */
  public get interfaceName(): string | undefined {
    return text(this.spec.interfaceName) || undefined;
  }

  /** `spec.expectedIPs`. */
  public get addresses(): readonly string[] {
    return textList(this.spec.expectedIPs);
  }
}

/** What is Calico's own. */
export class Calico {
  public readonly policies: readonly CalicoPolicyFact[];
  public readonly hosts: readonly HostEndpointFact[];

  public constructor(objects: readonly ObjectFact[]) {
    this.policies = objects.filter((object) => object instanceof CalicoPolicyFact);
    this.hosts = objects.filter((object) => object instanceof HostEndpointFact);
  }
}
