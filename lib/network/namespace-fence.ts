import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { eachApp } from '../app/neighbours';
import { Reachability, type ReachabilityOptions } from '../validation';
import { at, invalid } from '../values/invalid';
import { type Completion, commonCompletions, ownCompletions } from './completions';
import { describe, type FenceDescription } from './description';
import { edgeRules, isEnd } from './edges';
import type { FencePolicy } from './fence-policy';
import { type Fenced, fencedIn } from './fenced-app';
import { allowIn, type Edge, fencesIn } from './fences';
import { checkEdge, type FenceIntent, resolve } from './intent';
import { Peer } from './peer';
import type { Port } from './port';
import type { FenceCompletion, NamespaceFenceProps } from './props';

const WHOLE = 'fence';

/**
 * A namespace whose pods connect to nobody, and accept nobody, but whom you allow.
 *
 * Emits a policy for each app of the namespace, which holds all that the app may do, and one for all other pods. What every pod needs although nobody
 * thinks of it is allowed too, each with its reason in `describe()`: DNS, the mesh, scrapes, the API server, its webhooks. Of an edge between two fenced
 * namespaces both halves are emitted. Each policy is complete by itself, so that none of them, applied alone, takes away what another one allows.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 *
 * @example
 * import { Chart, Size } from 'cdk8s';
 * import { HealthCheck, NamespaceFence, Peer, ProductionApp, Resources, WebApp } from 'cdk8s-patterns';
 *
 * const shop = new Chart(new ProductionApp(), 'shop', { namespace: 'shop' });
 * const resources = Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) });
 * const health = HealthCheck.http('/ready', { alivePath: '/live' });
 * const frontend = new WebApp(shop, 'frontend', { image: 'registry.example.com/frontend:1.0.0', port: 8080, resources, health });
 * const checkout = new WebApp(shop, 'checkout', { image: 'registry.example.com/checkout:1.4.2', port: 8080, resources, health });
 * const fence = new NamespaceFence(shop, 'fence');
 * fence.allow(Peer.workload(frontend), Peer.workload(checkout));
 */
export class NamespaceFence extends Construct {
  /** The namespace that is fenced. */
  public readonly fencedNamespace: string;
  private readonly around: FenceIntent;
  private readonly covered = new Map<string, Fenced>();
  private readonly removed = new Map<FenceCompletion, string>();
  private readonly whole: Construct;

  /**
   * Fences the namespace of the chart.
   *
   * @param scope a chart with a namespace, or a construct in one
   * @param id names the construct
   * @param props whose policies, who scrapes
   * @throws if the chart has no namespace, it is one of the cluster's own, it is fenced already, or the target lacks the engine
   */
  public constructor(scope: Construct, id: string, props: NamespaceFenceProps = {}) {
    super(scope, id);
    this.around = at(this, () => resolve(this, props));
    const { engine, namespace } = this.around;
    this.fencedNamespace = namespace;
    this.whole = engine.emit(this, 'Whole', WHOLE, namespace, () => this.policyOfAll());
    const { byNamespace, edges } = fencesIn(this);
    byNamespace.set(this.fencedNamespace, { path: this.node.path, meet: (edge) => this.meet(edge) });
    for (const edge of edges) this.meet(edge);
    eachApp(this, (app) => {
      const isThere = (Chart.of(app).namespace ?? 'default') === this.fencedNamespace;
      // policies of pods do not hold for what is in the network of its node
      if (!isThere || app._isOnHosts) return;
      this.cover(fencedIn(this.fencedNamespace, Peer.workload(app)._intent));
    });
  }

  /**
   * Allows connections from one end to another.
   *
   * @param source who connects
   * @param destination who is connected to
   * @param ports ports of the pods, not of a Service; none: those of the workload that is connected to, else every port
   * @throws if neither end lies in this namespace, or the engine does not know such an end
   */
  public allow(source: Peer, destination: Peer, ...ports: Port[]): void {
    at(this, () => {
      const edge: Edge = { from: source._intent, to: destination._intent, ports: ports.map(({ _intent }) => _intent) };
      checkEdge(this.around, edge);
      allowIn(this, edge);
    });
  }

  /**
   * Leaves out what pods need although nobody thinks of it.
   *
   * @param completion what is left out
   * @param reason why they do not need it; shows in `describe()`
   * @throws if the reason is empty
   */
  public without(completion: FenceCompletion, reason: string): void {
    at(this, () => {
      if (reason.trim() === '') throw invalid('without', 'a reason is missing', 'say why the pods do not need it');
      this.removed.set(completion, reason);
    });
  }

  /** What is allowed, and why. */
  public describe(): FenceDescription {
    return at(this, () => {
      const { byNamespace, edges } = fencesIn(this);
      const apps = [...this.covered.values()];
      const completions = [
        ...this.kept(commonCompletions(this.around)).map((one) => ({ ...one, app: undefined })),
        ...apps.flatMap((app) => this.kept(this.ownOf(app)).map((one) => ({ ...one, app: app.name }))),
      ];
      const own = edges.filter(
        (edge) => isEnd(this.fencedNamespace, edge.from) || isEnd(this.fencedNamespace, edge.to),
      );
      return describe(this.around, {
        edges: own,
        completions,
        removed: this.removed,
        fenced: new Set(byNamespace.keys()),
      });
    });
  }

  /**
   * Who may connect to whom, by all policies of the app: those of fences and all others.
   *
   * @param options which policies; `staged` shows what staged ones would do
   */
  public reachability(options: ReachabilityOptions = {}): Reachability {
    return at(this, () => Reachability.of(this.node.root, options));
  }

  private meet({ from, to }: Edge): void {
    for (const peer of [from, to]) this.cover(fencedIn(this.fencedNamespace, peer));
  }

  private cover(app: Fenced | undefined): void {
    if (app === undefined || this.covered.has(app.name)) return;
    this.covered.set(app.name, app);
    const { engine, namespace } = this.around;
    const policy = engine.emit(this, `App-${app.name}`, `${WHOLE}-${app.name}`, namespace, () => this.policyOf(app));
    // what allows is applied before what denies
    this.whole.node.addDependency(policy);
  }

  private policyOf(app: Fenced): FencePolicy {
    return at(this, () => {
      const completions = this.kept([...commonCompletions(this.around), ...this.ownOf(app)]);
      const { edges } = fencesIn(this);
      return {
        labels: app.labels,
        ingress: [...edgeRules(this.around, edges, app, 'ingress'), ...completions.flatMap(({ ingress }) => ingress)],
        egress: [...edgeRules(this.around, edges, app, 'egress'), ...completions.flatMap(({ egress }) => egress)],
      };
    });
  }

  private policyOfAll(): FencePolicy {
    const completions = this.kept(commonCompletions(this.around));
    return {
      labels: undefined,
      ingress: completions.flatMap(({ ingress }) => ingress),
      egress: completions.flatMap(({ egress }) => egress),
    };
  }

  private ownOf(app: Fenced): Completion[] {
    // what is left out needs no address either
    return ownCompletions(this.around, app, (completion) => !this.removed.has(completion));
  }

  private kept(completions: readonly Completion[]): Completion[] {
    return completions.filter(({ completion }) => !this.removed.has(completion));
  }
}
