import { ObjectFact, type Source } from './object';
import { fields, int, list, text } from './read';
import { Selector } from './selector';

/** A port of a Service. */
export interface ServicePort {
  readonly field: string;
  readonly name: string | undefined;
  readonly number: number | undefined;
  /** The pods' port: a name, or a number; equal to the Service's own where it is not written. */
  readonly target: string | number | undefined;
  readonly protocol: string;
  /** The port on the nodes; undefined where there is none, or chance decides. */
  readonly nodePort: number | undefined;
  /** What is spoken on it, where that is written. */
  readonly appProtocol: string | undefined;
}

/** A Service. */
export class ServiceFact extends ObjectFact {
  /** The fact if the object is a Service. */
  public static read(source: Source, object: ObjectFact): ServiceFact | undefined {
    return object.isOf('', 'Service') ? new ServiceFact(source) : undefined;
  }

  public readonly selector: Selector;
  public readonly ports: readonly ServicePort[];

  private constructor(source: Source) {
    super(source);
    this.selector = Selector.ofLabels(this.isExternal ? undefined : this.spec.selector);
    this.ports = list(this.spec.ports).map((value, index) => {
      const port = fields(value);
      const target = port.targetPort ?? port.port;
      return {
        field: `spec.ports[${index}]`,
        name: text(port.name),
        number: int(port.port),
        target: typeof target === 'string' || typeof target === 'number' ? target : undefined,
        protocol: text(port.protocol) || 'TCP',
        nodePort: int(port.nodePort),
        appProtocol: text(port.appProtocol),
      };
    });
  }

  /** Whether clients get the addresses of the pods, so that its own ports mean nothing. */
  public get isHeadless(): boolean {
    return this.spec.clusterIP === 'None';
  }

  /** Whether it is only another name for a host. */
  public get isExternal(): boolean {
    return this.spec.type === 'ExternalName';
  }

  /** The numbers of its ports. */
  public get portNumbers(): readonly number[] {
    return this.ports.flatMap(({ number }) => number ?? []);
  }
}
