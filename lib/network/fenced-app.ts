import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { DeployedApp } from '../app';
import { below, fields, int, list, text } from '../facts/read';
import { invalid } from '../values/invalid';
import type { PeerIntent } from './peer';
import type { PortIntent } from './port';

/** Pods that have a policy of their own. */
export interface Fenced {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined for pods of which only the labels are known. */
  readonly construct: IConstruct | undefined;
}

/** The pods that a peer means, if they lie in a namespace. */
export function fencedIn(namespace: string, peer: PeerIntent): Fenced | undefined {
  if (peer.kind === 'workload' && peer.namespace === namespace) return peer;
  if (peer.kind !== 'pods' || peer.namespace !== namespace || Object.keys(peer.labels).length === 0) return undefined;
  const name = Object.values(peer.labels)
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-');
  return { name, labels: peer.labels, construct: undefined };
}

/** What a fence reads of a workload's manifest, as it will be written. */
export class FencedManifest {
  public static of(construct: IConstruct): FencedManifest {
    return new FencedManifest(construct);
  }

  private readonly pod: Readonly<Record<string, unknown>>;

  private constructor(private readonly construct: IConstruct) {
    const { spec } = ApiObject.of(construct).toJson() as { spec: Record<string, unknown> };
    const template = spec.template ?? below(spec, 'jobTemplate', 'spec', 'template');
    this.pod = fields(below(template, 'spec'));
  }

  /** Whether its pods can speak to the API server. */
  public get keepsToken(): boolean {
    const { automountServiceAccountToken: written } = this.pod;
    const account = this.child('ServiceAccount');
    return (written ?? account?.automountServiceAccountToken ?? true) === true;
  }

  /** Whose metrics count the requests that a release judges it by. */
  public get measuredBy(): 'mesh' | 'app' | undefined {
    return this.construct instanceof DeployedApp ? this.construct._measuredBy : undefined;
  }

  /** The ports that its Service leads to; without one, those that its containers name. What only a monitor asks is not among them. */
  public get ports(): readonly PortIntent[] {
    const service = this.child('Service');
    const all =
      service === undefined
        ? this.containerPorts.map(({ port, protocol }) => ({ port, protocol }))
        : list(below(service, 'spec', 'ports')).map((value) => this.targetOf(fields(value)));
    const { scraped } = this;
    const others = all.filter(({ port }) => port !== scraped?.port);
    return others.length === 0 ? all : others;
  }

  /** The port that its monitor asks; undefined where nothing is monitored. */
  public get scraped(): PortIntent | undefined {
    const monitor = this.child('Monitor');
    if (monitor === undefined) return undefined;
    const endpoints = list(below(monitor, 'spec', 'endpoints') ?? below(monitor, 'spec', 'podMetricsEndpoints'));
    const asked = text(fields(endpoints[0]).port) ?? '';
    const written = list(below(this.child('Service'), 'spec', 'ports')).map(fields);
    const behind = written.find(({ name }) => name === asked);
    return behind === undefined ? this.named(asked) : this.targetOf(behind);
  }

  /** The port of the pods behind a port of a Service of this name; undefined if the Service is not theirs. */
  public behind(service: string, port: number): PortIntent | undefined {
    const own = this.child('Service');
    if (own === undefined || below(own, 'metadata', 'name') !== service) return undefined;
    const found = list(below(own, 'spec', 'ports'))
      .map(fields)
      .find((one) => int(one.port) === port);
    return found === undefined ? undefined : this.targetOf(found);
  }

  /** The port of the pods behind a port of any Service of theirs. */
  public targetOf({ port, targetPort, protocol }: Readonly<Record<string, unknown>>): PortIntent {
    const target = text(targetPort);
    return target === undefined
      ? { port: int(targetPort) ?? int(port) ?? 0, protocol: protocolOf(protocol) }
      : this.named(target);
  }

  /** A port that somebody names, by its number; throws if no container has it. */
  public checked(port: PortIntent): PortIntent {
    const known = this.containerPorts;
    const found = known.find(
      (one) => (one.port === port.port || one.name === port.port) && one.protocol === port.protocol,
    );
    const isRange = port.last !== undefined;
    if (found !== undefined || isRange)
      return isRange ? port : { port: found?.port ?? port.port, protocol: port.protocol };
    const has = known.map((one) => `${one.port}/${one.protocol}${one.name === undefined ? '' : ` (${one.name})`}`);
    const problem = `${this.construct.node.path} has no port ${port.port}/${port.protocol}`;
    throw invalid('allow', problem, has.length === 0 ? 'it has none' : `it has ${has.join(', ')}`);
  }

  private get containerPorts() {
    const containers = [...list(this.pod.initContainers), ...list(this.pod.containers)].map(fields);
    return containers.flatMap(({ ports }) =>
      list(ports).map((value) => {
        const { containerPort, name, protocol } = fields(value);
        return { port: int(containerPort) ?? 0, name: text(name), protocol: protocolOf(protocol) };
      }),
    );
  }

  private named(name: string): PortIntent {
    const found = this.containerPorts.find((one) => one.name === name);
    return { port: found?.port ?? name, protocol: found?.protocol ?? 'TCP' };
  }

  private child(id: string): Readonly<Record<string, unknown>> | undefined {
    const found = this.construct.node.tryFindChild(id);
    return found instanceof ApiObject ? fields(found.toJson()) : undefined;
  }
}

function protocolOf(value: unknown): PortIntent['protocol'] {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP';
}
