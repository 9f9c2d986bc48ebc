import { DestinationRuleFact } from './destination-rule';
import { GatewayFact } from './gateway';
import { type LabelIndex, push } from './label-index';
import { reachesAllSidecars } from './mesh-entrance';
import { MeshProxy } from './mesh-proxy';
import { NamespaceFact } from './namespace';
import type { ObjectFact } from './object';
import { PeerAuthenticationFact } from './peer-authentication';
import { ReferenceGrantFact } from './reference-grant';
import { Selector } from './selector';
import { ServiceEntryFact } from './service-entry';
import { VirtualServiceFact } from './virtual-service';
import type { WorkloadFact } from './workload';

const INJECT = 'sidecar.istio.io/inject';
const DATAPLANE_MODE = 'istio.io/dataplane-mode';
/** The namespace whose objects hold for the whole mesh, unless the mesh is told another. */
const ROOT = 'istio-system';

/** Where requests go once a mesh or a gateway has them. */
export class Mesh {
  public readonly virtualServices: readonly VirtualServiceFact[];
  public readonly gateways: readonly GatewayFact[];

  private readonly rules = new Map<string, DestinationRuleFact[]>();
  private readonly virtualServicesByName = new Map<string, VirtualServiceFact>();
  private readonly firstForSidecars = new Map<string, VirtualServiceFact>();
  private readonly gatewaysByKey = new Map<string, GatewayFact>();
  private readonly istioGateways = new Map<string, GatewayFact[]>();
  private readonly namesakes = new Map<string, GatewayFact[]>();
  private readonly entries = new Set<string>();
  private readonly grants = new Map<string, ReferenceGrantFact[]>();
  private readonly namespaces = new Map<string, NamespaceFact>();
  /** By namespace: those that are for all of its pods. */
  private readonly wide = new Map<string, PeerAuthenticationFact[]>();
  private readonly authenticationsByWorkload = new Map<WorkloadFact, PeerAuthenticationFact[]>();

  public constructor(objects: readonly ObjectFact[], pods: LabelIndex<WorkloadFact>) {
    this.virtualServices = objects.filter((object) => object instanceof VirtualServiceFact);
    this.gateways = objects.filter((object) => object instanceof GatewayFact);
    for (const object of objects) {
      if (object instanceof DestinationRuleFact) push(this.rules, object.host.host, object);
      else if (object instanceof NamespaceFact) this.namespaces.set(object.name, object);
      else if (object instanceof ReferenceGrantFact) push(this.grants, object.namespace, object);
      else if (object instanceof ServiceEntryFact) for (const host of object.hosts) this.entries.add(host);
      else if (object instanceof PeerAuthenticationFact) this.addAuthentication(object, pods);
    }
    for (const gateway of this.gateways) {
      this.gatewaysByKey.set(`${gateway.isIstio} ${gateway.namespace}/${gateway.name}`, gateway);
      if (!gateway.isIstio) continue;
      push(this.istioGateways, gateway.namespace, gateway);
      push(this.namesakes, gateway.name, gateway);
    }
    for (const route of this.virtualServices) {
      this.virtualServicesByName.set(`${route.namespace} ${route.name}`, route);
      if (!reachesAllSidecars(route) || !route.isVisibleEverywhere) continue;
      for (const { host } of route.hosts) {
        if (!this.firstForSidecars.has(host)) this.firstForSidecars.set(host, route);
      }
    }
  }

  /** What is said of requests to a host. */
  public destinationRulesOf(host: string): readonly DestinationRuleFact[] {
    return this.rules.get(host) ?? [];
  }

  /** The VirtualService of a name. */
  public virtualService(namespace: string, name: string): VirtualServiceFact | undefined {
    return this.virtualServicesByName.get(`${namespace} ${name}`);
  }

  /** Whether the pods with some labels belong to a subset of a host. */
  public isInSubset(host: string, subset: string, labels: Readonly<Record<string, string>>): boolean {
    const subsets = this.destinationRulesOf(host).flatMap((rule) => rule.subsets.filter(({ name }) => name === subset));
    return subsets.some((one) => Object.entries(one.labels).every(([key, value]) => labels[key] === value));
  }

  /** Whether a ServiceEntry makes the host known, by its name or by a wildcard. */
  public isEntry(host: string): boolean {
    const dots = [...host.matchAll(/\./g)].map(({ index }) => `*${host.slice(index)}`);
    return [host, '*', ...dots].some((one) => this.entries.has(one));
  }

  /** Whether a ReferenceGrant lets a route refer to a Service in another namespace. */
  public grantsTo(route: ObjectFact, namespace: string, service: string): boolean {
    return (this.grants.get(namespace) ?? []).some((grant) => grant.allows(route, service));
  }

  /** The first of those that all sidecars everywhere obey for a host; they obey only one of them. */
  public firstForAllSidecars(host: string): VirtualServiceFact | undefined {
    return this.firstForSidecars.get(host);
  }

  /** Istio's own Gateways of a name, in all namespaces. */
  public istioGatewaysNamed(name: string): readonly GatewayFact[] {
    return this.namesakes.get(name) ?? [];
  }

  /** Istio's own Gateways in a namespace. */
  public istioGatewaysIn(namespace: string): readonly GatewayFact[] {
    return this.istioGateways.get(namespace) ?? [];
  }

  /** Istio's own Gateway, by `namespace/name`. */
  public istioGateway(key: string): GatewayFact | undefined {
    return this.gatewaysByKey.get(`true ${key}`);
  }

  /** A Gateway of the Gateway API, by `namespace/name`. */
  public gateway(key: string): GatewayFact | undefined {
    return this.gatewaysByKey.get(`false ${key}`);
  }

  /** The Namespace object of a name. */
  public namespace(name: string): NamespaceFact | undefined {
    return this.namespaces.get(name);
  }

  /** Whether the pods of a workload are in the mesh, by a sidecar or by the node's proxy; undefined where the manifests do not say it. */
  public holds(workload: WorkloadFact): boolean | undefined {
    return this.isAmbient(workload) || this.hasSidecar(workload);
  }

  /**
   * Whether the proxy of the node takes the requests of a workload's pods, since they have none of their own.
   *
   * @see https://github.com/istio/istio/blob/1.30.0/manifests/charts/istio-cni/values.yaml enablementSelectors
   */
  public isAmbient(workload: WorkloadFact): boolean {
    const { pod, namespace } = workload;
    const mode = pod.labels[DATAPLANE_MODE];
    if (pod.isOnHost || this.hasSidecar(workload) === true) return false;
    return mode === 'ambient' || (mode !== 'none' && this.namespaces.get(namespace)?.isAmbient === true);
  }

  /** The proxy beside a workload's containers; undefined where there is none, and where the manifests do not say it. */
  public proxyOf(workload: WorkloadFact): MeshProxy | undefined {
    return this.hasSidecar(workload) === true && MeshProxy.isSidecar(workload) ? new MeshProxy(workload) : undefined;
  }

  /**
   * What says how a port of a workload's pods takes connections: what is for the pods comes before what is for the namespace, and that before what
   * is for the mesh. Of several in one place the oldest counts, which manifests do not show: then undefined, unless they agree.
   *
   * @see https://github.com/istio/istio/blob/1.30.0/pilot/pkg/security/authn/policy_applier.go ComposePeerAuthentication
   */
  public mtlsOf(workload: WorkloadFact, port: number): PeerAuthenticationFact | undefined {
    const own = this.authenticationsByWorkload.get(workload) ?? [];
    for (const scope of [own, this.wideAuthentications(workload.namespace), this.wideAuthentications(ROOT)]) {
      const modes = new Set(scope.map((authentication) => authentication.modeOf(port)));
      if (modes.size > 1) return undefined;
      if (scope[0]?.modeOf(port) !== undefined) return scope[0];
    }
    return undefined;
  }

  /** @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy */
  private hasSidecar({ pod, namespace }: WorkloadFact): boolean | undefined {
    if (pod.isOnHost) return false;
    const inject = pod.labels[INJECT] ?? pod.annotations[INJECT];
    const injects = this.namespaces.get(namespace)?.injects;
    if (inject === 'false' || injects === false) return false;
    return pod.labels[INJECT] === 'true' || 'istio.io/rev' in pod.labels ? true : injects;
  }

  private addAuthentication(one: PeerAuthenticationFact, pods: LabelIndex<WorkloadFact>): void {
    const { namespace, podLabels } = one;
    if (podLabels === undefined) push(this.wide, namespace, one);
    else if (namespace !== ROOT) {
      const selected = pods.select(namespace, Selector.ofLabels(podLabels));
      for (const workload of selected) push(this.authenticationsByWorkload, workload, one);
    }
  }

  private wideAuthentications(namespace: string): readonly PeerAuthenticationFact[] {
    return this.wide.get(namespace) ?? [];
  }
}
