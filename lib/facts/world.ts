import type { ArgoRolloutFact } from './argo-rollout';
import { AuthorizationFact } from './authorization';
import { AutoscalerFact } from './autoscaler';
import { BudgetFact } from './budget';
import { Calico } from './calico-policy';
import type { ContainerFact } from './container';
import { Delivery } from './delivery';
import { FlaggerCanaryFact } from './flagger-canary';
import { GatewayRouteFact } from './gateway-route';
import { LabelIndex, type Labelled, push } from './label-index';
import { Memo } from './memo';
import { Mesh } from './mesh';
import type { MeshHost } from './mesh-host';
import { MonitorFact } from './monitor';
import { type EffectiveRule, NetworkPolicyFact } from './network-policy';
import { isCustom, type ObjectFact, type Source } from './object';
import { isStuck, type Replacement, stoppedAtOnce } from './replacement';
import { factsOf } from './roles';
import { RouteFact } from './route';
import { Scraping } from './scraping';
import type { Selector } from './selector';
import { ServiceFact } from './service';
import { splitByRoutes, Variants } from './variants';
import { VolumeClaimFact } from './volume-claim';
import { WorkloadFact } from './workload';

/** What chooses pods by their labels. */
export type Selecting = BudgetFact | ServiceFact | NetworkPolicyFact | AuthorizationFact | MonitorFact;

/** A container that Services send requests to. */
export interface Served {
  readonly container: ContainerFact;
  /** The first of `services`. */
  readonly service: ServiceFact;
  readonly services: readonly ServiceFact[];
}

/** A workload that may be in the input. */
export type Named = Pick<WorkloadFact, 'namespace' | 'kind' | 'name'>;

interface Primary extends Labelled {
  readonly target: WorkloadFact;
}

/** Everything that is known: all objects in their roles, and who belongs to whom. */
export class World {
  public readonly objects: readonly ObjectFact[];
  public readonly workloads: readonly WorkloadFact[];
  public readonly budgets: readonly BudgetFact[];
  public readonly services: readonly ServiceFact[];
  public readonly routes: readonly RouteFact[];
  public readonly gatewayRoutes: readonly GatewayRouteFact[];
  public readonly autoscalers: readonly AutoscalerFact[];
  public readonly policies: readonly NetworkPolicyFact[];
  public readonly monitors: readonly MonitorFact[];
  public readonly authorizations: readonly AuthorizationFact[];
  /** All that chooses pods of its own namespace by labels. */
  public readonly selecting: readonly Selecting[];
  public readonly calico: Calico;
  public readonly mesh: Mesh;
  public readonly delivery: Delivery;
  public readonly scraping: Scraping;

  private readonly pods: LabelIndex<WorkloadFact>;
  private readonly primaries: LabelIndex<Primary>;
  private readonly budgetsByWorkload = new Map<WorkloadFact, BudgetFact[]>();
  private readonly servicesByWorkload = new Map<WorkloadFact, ServiceFact[]>();
  private readonly podsByService = new Memo<ServiceFact, number | undefined>((service) =>
    total(this.workloadsOf(service).map((workload) => this.fewestPods(workload))),
  );
  private readonly podsByWorkload = new Memo<WorkloadFact, number | undefined>((workload) => this.countPods(workload));
  private readonly podsByApp = new Memo<WorkloadFact, number | undefined>((workload) =>
    total(this.variantsOf(workload).map((variant) => this.fewestPods(variant))),
  );
  private readonly workloadsBySelecting = new Memo<Selecting, readonly WorkloadFact[]>((selecting) =>
    this.workloadsIn(selecting.namespace, selecting.selector),
  );
  private readonly servedByWorkload = new Memo<WorkloadFact, readonly Served[]>((workload) =>
    this.findServed(workload),
  );
  private readonly autoscalersByTarget = new Map<string, AutoscalerFact[]>();
  private readonly routesByService = new Map<string, RouteFact[]>();
  private readonly variants = new Variants();
  private readonly selectingByTarget = new Map<WorkloadFact, Selecting[]>();
  private readonly policiesByWorkload = new Map<WorkloadFact, NetworkPolicyFact[]>();
  private readonly claims = new Map<string, VolumeClaimFact>();
  private readonly servicesByName = new Map<string, ServiceFact>();
  private readonly servicesByNamespace = new Map<string, ServiceFact[]>();
  private readonly namesakes = new Map<string, ServiceFact[]>();
  /** The namespaces some workload of which is, or may be, in the mesh. */
  private readonly meshed = new Set<string>();
  private readonly workloadsByKey = new Map<string, WorkloadFact>();
  private readonly inhabited = new Set<string>();
  private readonly customNames = new Set<string>();

  public constructor(sources: readonly Source[]) {
    const objects = factsOf(sources);
    this.objects = objects;
    this.workloads = objects.filter((object) => object instanceof WorkloadFact);
    this.budgets = objects.filter((object) => object instanceof BudgetFact);
    this.services = objects.filter((object) => object instanceof ServiceFact);
    this.routes = objects.filter((object) => object instanceof RouteFact);
    this.gatewayRoutes = objects.filter((object) => object instanceof GatewayRouteFact);
    this.autoscalers = objects.filter((object) => object instanceof AutoscalerFact);
    this.policies = objects.filter((object) => object instanceof NetworkPolicyFact);
    this.monitors = objects.filter((object) => object instanceof MonitorFact);
    this.authorizations = objects.filter((object) => object instanceof AuthorizationFact);
    this.pods = new LabelIndex(this.workloads);
    this.mesh = new Mesh(objects, this.pods);
    this.calico = new Calico(objects);
    this.delivery = new Delivery(objects);
    this.scraping = new Scraping(this.services, this.workloads, (service) => this.workloadsOf(service));
    const podMonitors = this.monitors.filter((monitor) => monitor.selectsPods && monitor.looksInOwnNamespace);
    this.selecting = [...this.budgets, ...this.services, ...this.policies, ...this.authorizations, ...podMonitors];
    this.primaries = new LabelIndex(this.workloads.flatMap((workload) => this.primaryOf(workload)));
    for (const one of this.selecting) {
      for (const target of this.flaggerTargetsOf(one)) push(this.selectingByTarget, target, one);
    }
    for (const budget of this.budgets) {
      for (const workload of this.workloadsOf(budget)) push(this.budgetsByWorkload, workload, budget);
    }
    for (const service of this.services) {
      this.servicesByName.set(`${service.namespace} ${service.name}`, service);
      push(this.servicesByNamespace, service.namespace, service);
      push(this.namesakes, service.name, service);
      for (const workload of this.workloadsOf(service)) push(this.servicesByWorkload, workload, service);
    }
    for (const policy of this.policies) {
      for (const workload of this.workloadsOf(policy)) push(this.policiesByWorkload, workload, policy);
    }
    for (const scaler of this.autoscalers) {
      push(this.autoscalersByTarget, `${scaler.namespace} ${scaler.targetKey}`, scaler);
    }
    for (const route of this.routes) {
      for (const service of route.services) push(this.routesByService, `${route.namespace} ${service}`, route);
    }
    for (const claim of objects.filter((object) => object instanceof VolumeClaimFact)) {
      this.claims.set(`${claim.namespace} ${claim.name}`, claim);
    }
    for (const object of objects.filter(isCustom)) this.customNames.add(`${object.namespace} ${object.name}`);
    for (const workload of this.workloads) {
      this.workloadsByKey.set(`${workload.namespace} ${workload.kind}/${workload.name}`, workload);
      this.inhabited.add(workload.namespace);
      if (this.mesh.holds(workload) !== false) this.meshed.add(workload.namespace);
    }
    for (const group of [...this.managed(), ...splitByRoutes(this.mesh, this)]) this.variants.join(group);
  }

  /** What selects the pods that serve in place of a workload that Flagger releases. */
  public selectingPrimaryOf(workload: WorkloadFact): readonly Selecting[] {
    return this.selectingByTarget.get(workload) ?? [];
  }

  /** The workloads that Flagger releases, where something selects the pods that serve in their place. */
  public flaggerTargetsOf({ namespace, selector }: Selecting): readonly WorkloadFact[] {
    return this.primaries.select(namespace, selector).map(({ target }) => target);
  }

  /** The workloads whose pods something selects in its namespace. */
  public workloadsOf(selecting: Selecting): readonly WorkloadFact[] {
    return this.workloadsBySelecting.of(selecting);
  }

  /** The workloads of a namespace whose pods bear certain labels. */
  public workloadsIn(namespace: string, selector: Selector): readonly WorkloadFact[] {
    return this.pods.select(namespace, selector);
  }

  /** The workloads that the ports of a policy's rule belong to; none where some of them may lie in another namespace. */
  public listenersOf(policy: NetworkPolicyFact, { direction, peers }: EffectiveRule): readonly WorkloadFact[] {
    if (direction === 'ingress') return this.workloadsOf(policy);
    if (peers.some(({ namespaces, pods }) => !namespaces.isNull || pods.isNull)) return [];
    return [...new Set(peers.flatMap(({ pods }) => this.workloadsIn(policy.namespace, pods)))];
  }

  /** The policies that isolate the workload's pods. */
  public policiesOf(workload: WorkloadFact): readonly NetworkPolicyFact[] {
    return this.policiesByWorkload.get(workload) ?? [];
  }

  /** The policies that let the workload's pods connect to nothing but what they allow; none where the pods share the network of their node. */
  public fencesOf(workload: WorkloadFact): readonly NetworkPolicyFact[] {
    const { pod } = workload;
    if (pod.isOnHost || pod.all.length === 0) return [];
    return this.policiesOf(workload).filter(({ isolatesEgress }) => isolatesEgress);
  }

  /** The budgets that hold for the workload's pods. */
  public budgetsOf(workload: WorkloadFact): readonly BudgetFact[] {
    return this.budgetsByWorkload.get(workload) ?? [];
  }

  /** The budgets that hold for the pods that serve in place of a workload that Flagger releases. */
  public budgetsOfCopy(workload: WorkloadFact): readonly BudgetFact[] {
    return this.selectingPrimaryOf(workload).filter((one) => one instanceof BudgetFact);
  }

  /** The fewest pods that a budget covers; undefined where it covers none, or a number that nobody chooses, or has no limit. */
  public fewestPodsUnder(budget: BudgetFact): number | undefined {
    if (!budget.hasLimit) return undefined;
    const counts = this.workloadsOf(budget).map((workload) => this.fewestPods(workload));
    return counts.length === 0 ? undefined : total(counts);
  }

  /** The Services that send requests to the workload's pods. */
  public servicesOf(workload: WorkloadFact): readonly ServiceFact[] {
    return this.servicesByWorkload.get(workload) ?? [];
  }

  /** The fewest pods that a Service sends requests to; undefined where nobody chooses the number. */
  public podsBehind(service: ServiceFact): number | undefined {
    return this.podsByService.of(service);
  }

  /** The running containers that Services send requests to, with those Services. */
  public served(workload: WorkloadFact): readonly Served[] {
    return this.servedByWorkload.of(workload);
  }

  /** How a roll-out replaces the pods of a Deployment behind a Service; undefined where it does not, or an Argo Rollout does. */
  public replacementOf(workload: WorkloadFact): Replacement | undefined {
    const { rollout } = workload;
    const pods = this.fewestPodsOfApp(workload);
    const own = this.fewestPods(workload);
    if (rollout === undefined || own === undefined || pods === undefined) return undefined;
    if (this.servicesOf(workload).length === 0 || this.rolloutOf(workload) !== undefined) return undefined;
    return isStuck(rollout) ? undefined : { rollout, pods, stopped: stoppedAtOnce(rollout, own) };
  }

  /** The routes that lead to a Service. */
  public routesOf(service: ServiceFact): readonly RouteFact[] {
    return this.routesByService.get(`${service.namespace} ${service.name}`) ?? [];
  }

  /** The Service of a name. */
  public service(namespace: string, name: string): ServiceFact | undefined {
    return this.servicesByName.get(`${namespace} ${name}`);
  }

  /** The Service of a name, if its ports are as it says: not one that Flagger writes over, or that stands for a host elsewhere. */
  public settledService(namespace: string, name: string): ServiceFact | undefined {
    const service = this.service(namespace, name);
    const isOpen = service?.isExternal === true || this.delivery.makerOf(namespace, name) !== undefined;
    return isOpen ? undefined : service;
  }

  /** The Service that a mesh means by a host, if its ports are as it says, and no ServiceEntry makes the host too. */
  public serviceOfHost({ host, service }: MeshHost): ServiceFact | undefined {
    if (service === undefined || this.mesh.isEntry(host)) return undefined;
    return this.settledService(service.namespace, service.name);
  }

  /** The Services of a namespace. */
  public servicesIn(namespace: string): readonly ServiceFact[] {
    return this.servicesByNamespace.get(namespace) ?? [];
  }

  /** The Services of a name, in all namespaces. */
  public servicesNamed(name: string): readonly ServiceFact[] {
    return this.namesakes.get(name) ?? [];
  }

  /** The volume claim of a name. */
  public claim(namespace: string, name: string): VolumeClaimFact | undefined {
    return this.claims.get(`${namespace} ${name}`);
  }

  /** The workload of a kind and a name, `Deployment/checkout`. */
  public workload(namespace: string, key: string): WorkloadFact | undefined {
    return this.workloadsByKey.get(`${namespace} ${key}`);
  }

  /** Whether a custom resource in the namespace bears a name that a selector asks for as a value: its operator makes such pods. */
  public isMadeByOperator(namespace: string, values: readonly string[]): boolean {
    return values.some((value) => this.customNames.has(`${namespace} ${value}`));
  }

  /** Whether anything in the namespace makes pods. */
  public hasWorkloads(namespace: string): boolean {
    return this.inhabited.has(namespace);
  }

  /** Whether there are workloads in the namespace, and the manifests say of each that it is not in the mesh. */
  public isOutsideMesh(namespace: string): boolean {
    return this.inhabited.has(namespace) && !this.meshed.has(namespace);
  }

  /** A workload of another namespace whose pods the selector would find there. */
  public elsewhere({ selector, namespace }: Selecting): WorkloadFact | undefined {
    return this.workloads.find((one) => one.namespace !== namespace && selector.matches(one.pod.labels));
  }

  /** What changes the workload's replica count. */
  public autoscalersOf({ namespace, kind, name }: Named): readonly AutoscalerFact[] {
    return this.autoscalersByTarget.get(`${namespace} ${kind}/${name}`) ?? [];
  }

  /** The Argo Rollout that runs a Deployment's template. */
  public rolloutOf(workload: WorkloadFact): ArgoRolloutFact | undefined {
    return this.delivery.rolloutOf(workload);
  }

  /** Where the pods of an Argo Rollout are described; undefined where it is not in the input. */
  public templateOf(rollout: ArgoRolloutFact): WorkloadFact | undefined {
    const { namespace, templateFrom, templateKind } = rollout;
    return templateFrom === undefined ? rollout : this.workload(namespace, `${templateKind}/${templateFrom}`);
  }

  /**
   * The workloads that are one app: stable and canary of one name that this library manages, or subsets of one Service among which a VirtualService
   * divides the requests by weight; and the workload itself.
   */
  public variantsOf(workload: WorkloadFact): readonly WorkloadFact[] {
    return this.variants.of(workload);
  }

  /**
   * The fewest pods that the workload runs while it runs at all; undefined where the number is nobody's choice.
   *
   * An autoscaler's minimum comes before `spec.replicas`. One that may scale to zero leaves one pod as long as there is work.
   */
  public fewestPods(workload: WorkloadFact): number | undefined {
    return this.podsByWorkload.of(workload);
  }

  /** Whether an autoscaler changes the number of the workload's pods. */
  public isScaled(workload: WorkloadFact): boolean {
    return [workload, this.rolloutOf(workload)].some((one) => one !== undefined && this.autoscalersOf(one).length > 0);
  }

  /** The fewest pods of an app behind a Service; undefined where nobody chooses the number, at zero, and in test environments. */
  public servingPods(workload: WorkloadFact): number | undefined {
    const isTest = workload.isDisposable || workload.target.disposable;
    if (isTest || workload.kind === 'ReplicaSet' || this.servicesOf(workload).length === 0) return undefined;
    return this.fewestPods(workload) === 0 ? undefined : this.fewestPodsOfApp(workload);
  }

  /** The fewest pods of an app behind a Service, if there are always several; undefined for all others. */
  public redundantPods(workload: WorkloadFact): number | undefined {
    const pods = this.servingPods(workload);
    return pods !== undefined && pods >= 2 ? pods : undefined;
  }

  /** Labels that select the pods of all variants of the app: those of the workload's selector, or else of its pods, that all of them bear. */
  public labelsOfApp(workload: WorkloadFact): Readonly<Record<string, string>> {
    const variants = this.variantsOf(workload);
    const common = (labels: Readonly<Record<string, string>>) =>
      Object.entries(labels).filter(([key, value]) => variants.every(({ pod }) => pod.labels[key] === value));
    const selected = common(workload.selector.labels);
    return Object.fromEntries(selected.length > 0 ? selected : common(workload.pod.labels));
  }

  /** The fewest pods of all variants of the app together. */
  public fewestPodsOfApp(workload: WorkloadFact): number | undefined {
    return this.podsByApp.of(workload);
  }

  private countPods(workload: WorkloadFact): number | undefined {
    if (!workload.isReplicated) return undefined;
    const runner = this.rolloutOf(workload) ?? workload;
    const minima = [...this.autoscalersOf(runner), ...this.autoscalersOf(workload)].map((scaler) => scaler.min);
    if (minima.length > 0) return Math.max(1, Math.min(...minima));
    return runner.writtenReplicas ?? workload.writtenReplicas ?? 1;
  }

  private findServed(workload: WorkloadFact): readonly Served[] {
    const { pod } = workload;
    return pod.running.flatMap((container) => {
      const services = this.servicesOf(workload).filter(({ ports }) => ports.some((p) => pod.serving(p) === container));
      return services.length === 0 ? [] : [{ container, service: services[0], services }];
    });
  }

  /** The workloads that this library manages, by app. */
  private managed(): (readonly WorkloadFact[])[] {
    const apps = new Map<string, WorkloadFact[]>();
    for (const workload of this.workloads) {
      const { namespace, managedInstance } = workload;
      if (managedInstance !== undefined) push(apps, `${namespace} ${managedInstance}`, workload);
    }
    return [...apps.values()];
  }

  /** The pods that serve while a workload that Flagger releases has none. */
  private primaryOf(target: WorkloadFact): readonly Primary[] {
    if (this.delivery.canaryOf(target) === undefined) return [];
    const labels = FlaggerCanaryFact.primaryLabels(target);
    return [{ namespace: target.namespace, pod: { labels }, target }];
  }
}

/** The sum; undefined where one of them is. */
function total(counts: readonly (number | undefined)[]): number | undefined {
  return counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
