import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Decision, type Endpoint, HostReach, outside, Reach, type Source, World } from '../facts';
import { listed } from '../findings/format';
import { constructsBelow } from '../manifests';
import { invalid } from '../values/invalid';
import { Network } from '../values/ip-network';
import { TargetCluster } from '../values/target-cluster';

/** Which policies are looked at. */
export interface ReachabilityOptions {
  /**
   * Looks at staged policies as if they were enforced.
   *
   * @default false
   */
  readonly staged?: boolean;
}

/** A connection that somebody may want to open, and what becomes of it. */
export interface ReachedPort {
  /** `namespace/name` of the workload that connects, the name of a HostEndpoint, or an address. */
  readonly source: string;
  /** `namespace/name` of the workload that is connected to, the name of a HostEndpoint, or an address. */
  readonly destination: string;
  /** A port of the pods. */
  readonly port: number;
  /** `TCP`, `UDP` or `SCTP`. */
  readonly protocol: string;
  /** Whether policies let it through. */
  readonly isAllowed: boolean;
  /** What decides where it leaves; empty for an address, and where no policy looks at it. */
  readonly egress: string;
  /** What decides where it arrives; empty for an address, and where no policy looks at it. */
  readonly ingress: string;
}

/**
 * Who may connect to whom, by all network policies together: those of Kubernetes, of Calico with tiers, orders and sets, and those of the cluster's
 * administrators. Of nodes those count that are known as HostEndpoints: what ends or starts there.
 *
 * Says nothing of what is there besides: the mesh, firewalls, that a node always reaches its own pods. Where neither a manifest nor the TargetCluster says
 * which addresses pods have, only networks of all addresses have them.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { ProductionApp, Reachability } from 'cdk8s-patterns';
 *
 * const app = new ProductionApp();
 * new Chart(app, 'shop', { namespace: 'shop' });
 * const table = Reachability.of(app).table();
 */
export class Reachability {
  /**
   * Of everything below `scope`, as it would be written now.
   *
   * @param scope an app, a chart or a construct
   * @param options which policies
   */
  public static of(scope: IConstruct, options: ReachabilityOptions = {}): Reachability {
    const objects = constructsBelow(scope).filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
    const sources = objects.map((origin) => ({
      manifest: origin.toJson(),
      target: TargetCluster.find(origin),
      origin,
    }));
    return new Reachability(sources, options);
  }

  /**
   * Of manifests, whoever wrote them.
   *
   * @param manifests objects, as they are applied
   * @param options which policies
   */
  public static ofManifests(manifests: any[], options: ReachabilityOptions = {}): Reachability {
    return Reachability._of(
      manifests.map((manifest) => ({ manifest })),
      options,
    );
  }

  /** @internal */
  public static _of(sources: readonly Source[], options: ReachabilityOptions = {}): Reachability {
    return new Reachability(sources, options);
  }

  private readonly reach: Reach;
  private readonly hosts: HostReach;
  private readonly ends = new Map<string, Endpoint[]>();

  private constructor(sources: readonly Source[], options: ReachabilityOptions) {
    const world = new World(sources);
    this.reach = Reach.of(world, options);
    this.hosts = HostReach.of(world);
    for (const endpoint of [...this.reach.endpoints, ...this.hosts.hosts.map((host) => host.endpoint)]) {
      const known = this.ends.get(endpoint.name) ?? [];
      this.ends.set(endpoint.name, [...known, endpoint]);
    }
  }

  /**
   * Whether one end may connect to a port of another.
   *
   * @param source `namespace/name` of a workload, the name of a HostEndpoint, or an address
   * @param destination `namespace/name` of a workload, the name of a HostEndpoint, or an address
   * @param port a port of the pods, not of a Service
   * @param protocol `TCP`, `UDP` or `SCTP`; TCP if nothing is said
   * @throws if an end is none of these
   */
  public reaches(source: string, destination: string, port: number, protocol: string = 'TCP'): boolean {
    return this.explain(source, destination, port, protocol).isAllowed;
  }

  /**
   * What becomes of a connection, and by which rules.
   *
   * @param source `namespace/name` of a workload, the name of a HostEndpoint, or an address
   * @param destination `namespace/name` of a workload, the name of a HostEndpoint, or an address
   * @param port a port of the pods, not of a Service
   * @param protocol `TCP`, `UDP` or `SCTP`; TCP if nothing is said
   * @throws if an end is none of these
   */
  public explain(source: string, destination: string, port: number, protocol: string = 'TCP'): ReachedPort {
    return this.reached(this.end(source), this.end(destination), port, protocol);
  }

  /** Every ordered pair of workloads, with each port that a container of the second one names. */
  public all(): ReachedPort[] {
    const { endpoints } = this.reach;
    return endpoints.flatMap((from) =>
      endpoints.flatMap((to) => {
        if (from === to) return [];
        return portsOf(to).map(({ port, protocol }) => this.reached(from, to, port, protocol));
      }),
    );
  }

  /** The same for people: a line for each pair that may connect, and the number of those that may not. */
  public table(): string {
    const all = this.all();
    const open = all.filter(({ isAllowed }) => isAllowed);
    const rows = open.map(({ source, destination, port, protocol, egress, ingress }) => {
      const why = [egress, ingress].filter((one) => one !== '').join(', ');
      return [
        `${source} -> ${destination}:${port}/${protocol}`,
        why === '' ? 'no policy says otherwise' : why,
      ] as const;
    });
    const width = Math.max(0, ...rows.map(([flow]) => flow.length));
    const lines = rows.map(([flow, why]) => `${flow.padEnd(width)}  ${why}\n`);
    return `${lines.join('')}${all.length - open.length} of ${all.length} connections are denied\n`;
  }

  private reached(from: Endpoint, to: Endpoint, port: number, protocol: string): ReachedPort {
    const flow = { port, protocol };
    const ofPods = this.reach.verdict({ from, to, ...flow });
    const egress = ofPods.egress ?? this.hosts.of(from, 'egress', { peer: to, ...flow });
    const ingress = ofPods.ingress ?? this.hosts.of(to, 'ingress', { peer: from, ...flow });
    const isAllowed = (egress?.isAllowed ?? true) && (ingress?.isAllowed ?? true);
    const head = { source: from.name, destination: to.name, port, protocol };
    return { ...head, isAllowed, egress: decisionText(egress), ingress: decisionText(ingress) };
  }

  private end(name: string): Endpoint {
    const [endpoint, ...more] = this.ends.get(name) ?? [];
    if (more.length > 0) {
      const kinds = [endpoint, ...more].map((one) => one?.workload?.kind ?? 'HostEndpoint');
      throw invalid(
        'Reachability',
        `${name} names several: ${listed(kinds)}`,
        'look at one of them in a scope of its own',
      );
    }
    if (endpoint !== undefined) return endpoint;
    const network = Network.parse(name);
    if (network !== undefined) return outside(network);
    const there = [...this.ends.keys()];
    const fix = there.length === 0 ? 'there is none of them' : `there are ${listed(there)}`;
    throw invalid('Reachability', `\`${name}\` is neither a workload, nor a HostEndpoint, nor an address`, fix);
  }
}

function portsOf({ workload }: Endpoint): { port: number; protocol: string }[] {
  const ports = (workload?.pod.all ?? []).flatMap((container) => container.ports);
  const named = new Map(ports.map(({ number, protocol }) => [`${number}/${protocol}`, { port: number, protocol }]));
  return [...named.values()];
}

function decisionText(decision: Decision | undefined): string {
  const policy = decision?.policy;
  if (decision === undefined) return '';
  if (policy === undefined) return decision.isAllowed ? '' : 'HostEndpoint, which no policy opens';
  return `${policy.kind} ${policy.name}${decision.field === undefined ? ' and its tier' : ` ${decision.field}`}`;
}
