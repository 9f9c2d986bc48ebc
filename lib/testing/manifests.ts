import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Finding } from '../findings';
import { listed } from '../findings/format';
import { constructsBelow } from '../manifests';
import { AppValidation, Reachability } from '../validation';
import { invalid } from '../values/invalid';

/**
 * What an app, a chart or a construct emits, for your own tests.
 *
 * @example
 * import { Chart, Testing } from 'cdk8s';
 * import { Manifests } from 'cdk8s-patterns';
 *
 * const chart = new Chart(Testing.app(), 'shop');
 * const deployments = Manifests.of(chart).all('Deployment');
 */
export class Manifests {
  /**
   * Renders everything below `scope`, as it would be written now.
   *
   * @param scope an app, a chart or one construct
   */
  public static of(scope: Construct): Manifests {
    return new Manifests(scope);
  }

  private readonly manifests: readonly any[];

  private constructor(private readonly scope: IConstruct) {
    const objects = constructsBelow(scope).filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
    this.manifests = objects.map((object) => object.toJson());
  }

  /**
   * All objects of a kind.
   *
   * @param kind for example `Deployment`
   */
  public all(kind: string): any[] {
    return this.manifests.filter((manifest) => manifest.kind === kind);
  }

  /**
   * The only object of a kind, or the one of a name.
   *
   * @param kind for example `Deployment`
   * @param name `metadata.name`; needed if there are several
   * @throws if there is none, or more than one
   */
  public one(kind: string, name?: string): any {
    const found = this.all(kind).filter((manifest) => name === undefined || manifest.metadata.name === name);
    if (found.length === 1) return found[0];
    const wanted = name === undefined ? kind : `${kind} ${name}`;
    const there = this.manifests.map((manifest) => `${manifest.kind} ${manifest.metadata.name}`);
    throw invalid('Manifests.one', `there are ${found.length} of ${wanted}`, `there are ${listed(there)}`);
  }

  /**
   * Whether the network policies below the scope let one app connect to a port of another.
   *
   * @param source the app that connects
   * @param destination the app that is connected to
   * @param port a port of its pods, not of a Service
   * @param protocol `TCP`, `UDP` or `SCTP`; TCP if nothing is said
   * @throws if one of the two is not below the scope
   */
  public reaches(source: IConstruct, destination: IConstruct, port: number, protocol: string = 'TCP'): boolean {
    const nameOf = (app: IConstruct) => {
      const { metadata } = ApiObject.of(app);
      return `${metadata.namespace ?? 'default'}/${metadata.name}`;
    };
    return Reachability.of(this.scope).reaches(nameOf(source), nameOf(destination), port, protocol);
  }

  /** What the rules say of everything below the scope, the acknowledged findings too. */
  public findings(): Finding[] {
    return AppValidation._findingsBelow(this.scope);
  }
}
