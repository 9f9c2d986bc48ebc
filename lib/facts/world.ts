import { AutoscalerFact } from './autoscaler';
import { BudgetFact } from './budget';
import type { ContainerFact } from './container';
import { LabelIndex, push } from './label-index';
import { NetworkPolicyFact } from './network-policy';
import { ObjectFact, type Source } from './object';
import { fields, list } from './read';
import { isStuck, type Replacement, stoppedAtOnce } from './replacement';
import { RouteFact } from './route';
import { ServiceFact } from './service';
import { VolumeClaimFact } from './volume-claim';
import { WorkloadFact } from './workload';

/** A container that Services send requests to. */
export interface Served {
  readonly container: ContainerFact;
  /** The first of `services`. */
  readonly service: ServiceFact;
  readonly services: readonly ServiceFact[];
}

/** Everything that is known: all objects in their roles, and who belongs to whom. */
export class World {
  public readonly objects: readonly ObjectFact[];
  public readonly workloads: readonly WorkloadFact[];
  public readonly budgets: readonly BudgetFact[];
  public readonly services: readonly ServiceFact[];
  public readonly routes: readonly RouteFact[];
  public readonly autoscalers: readonly AutoscalerFact[];
  public readonly policies: readonly NetworkPolicyFact[];

  private readonly pods: LabelIndex<WorkloadFact>;
  private readonly budgetsByWorkload = new Map<WorkloadFact, BudgetFact[]>();
  private readonly servicesByWorkload = new Map<WorkloadFact, ServiceFact[]>();
  private readonly autoscalersByTarget = new Map<string, AutoscalerFact[]>();
  private readonly routesByService = new Map<string, RouteFact[]>();
  private readonly variants = new Map<string, WorkloadFact[]>();
  private readonly rolloutsByDeployment = new Map<string, WorkloadFact>();
  private readonly claims = new Map<string, VolumeClaimFact>();
  private readonly servicesByName = new Map<string, ServiceFact>();
  private readonly workloadsByKey = new Map<string, WorkloadFact>();
  private readonly inhabited = new Set<string>();

  public constructor(sources: readonly Source[]) {
    const objects = sources.flatMap(unlist).map(role);
    this.objects = objects;
    this.workloads = objects.filter((object) => object instanceof WorkloadFact);
    this.budgets = objects.filter((object) => object instanceof BudgetFact);
    this.services = objects.filter((object) => object instanceof ServiceFact);
    this.routes = objects.filter((object) => object instanceof RouteFact);
    this.autoscalers = objects.filter((object) => object instanceof AutoscalerFact);
    this.policies = objects.filter((object) => object instanceof NetworkPolicyFact);
    this.pods = new LabelIndex(this.workloads);
    for (const budget of this.budgets) {
      for (const workload of this.workloadsOf(budget)) push(this.budgetsByWorkload, workload, budget);
    }
    for (const service of this.services) {
      this.servicesByName.set(`${service.namespace} ${service.name}`, service);
      for (const workload of this.workloadsOf(service)) push(this.servicesByWorkload, workload, service);
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
    for (const workload of this.workloads) {
      this.workloadsByKey.set(`${workload.namespace} ${workload.kind}/${workload.name}`, workload);
      this.inhabited.add(workload.namespace);
      if (workload.managedInstance !== undefined) {
        push(this.variants, `${workload.namespace} ${workload.managedInstance}`, workload);
      }
      if (workload.templateFrom !== undefined) {
        this.rolloutsByDeployment.set(`${workload.namespace} ${workload.templateFrom}`, workload);
      }
    }
  }

  /** The workloads whose pods a budget, a Service or a policy selects. */
  public workloadsOf(selecting: BudgetFact | ServiceFact | NetworkPolicyFact): readonly WorkloadFact[] {
    return this.pods.select(selecting.namespace, selecting.selector);
  }

  /** The budgets that hold for the workload's pods. */
  public budgetsOf(workload: WorkloadFact): readonly BudgetFact[] {
    return this.budgetsByWorkload.get(workload) ?? [];
  }

  /** The fewest pods that a budget covers; undefined where it covers none, or a number that nobody chooses, or has no limit. */
  public fewestPodsUnder(budget: BudgetFact): number | undefined {
    if (!budget.hasLimit) return undefined;
    const counts = this.workloadsOf(budget).map((workload) => this.fewestPods(workload));
    if (counts.length === 0 || counts.includes(undefined)) return undefined;
    return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }

  /** The Services that send requests to the workload's pods. */
  public servicesOf(workload: WorkloadFact): readonly ServiceFact[] {
    return this.servicesByWorkload.get(workload) ?? [];
  }

  /** The running containers that Services send requests to, with those Services. */
  public served(workload: WorkloadFact): readonly Served[] {
    const { pod } = workload;
    return pod.running.flatMap((container) => {
      const services = this.servicesOf(workload).filter(({ ports }) => ports.some((p) => pod.serving(p) === container));
      return services.length === 0 ? [] : [{ container, service: services[0], services }];
    });
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

  /** The volume claim of a name. */
  public claim(namespace: string, name: string): VolumeClaimFact | undefined {
    return this.claims.get(`${namespace} ${name}`);
  }

  /** The workload of a kind and a name, `Deployment/checkout`. */
  public workload(namespace: string, key: string): WorkloadFact | undefined {
    return this.workloadsByKey.get(`${namespace} ${key}`);
  }

  /** Whether anything in the namespace makes pods. */
  public hasWorkloads(namespace: string): boolean {
    return this.inhabited.has(namespace);
  }

  /** A workload of another namespace whose pods the selector would find there. */
  public elsewhere({ selector, namespace }: BudgetFact | ServiceFact): WorkloadFact | undefined {
    return this.workloads.find((one) => one.namespace !== namespace && selector.matches(one.pod.labels));
  }

  /** What changes the workload's replica count. */
  public autoscalersOf(workload: WorkloadFact): readonly AutoscalerFact[] {
    return this.autoscalersByTarget.get(`${workload.namespace} ${workload.kind}/${workload.name}`) ?? [];
  }

  /** The Argo Rollout that runs a Deployment's template. */
  public rolloutOf(workload: WorkloadFact): WorkloadFact | undefined {
    return workload.kind === 'Deployment'
      ? this.rolloutsByDeployment.get(`${workload.namespace} ${workload.name}`)
      : undefined;
  }

  /** The workloads that are one app: stable and canary of one name that this library manages, and the workload itself. */
  public variantsOf(workload: WorkloadFact): readonly WorkloadFact[] {
    const instance = workload.managedInstance;
    return (instance === undefined ? undefined : this.variants.get(`${workload.namespace} ${instance}`)) ?? [workload];
  }

  /**
   * The fewest pods that the workload runs while it runs at all; undefined where the number is nobody's choice.
   *
   * An autoscaler's minimum comes before `spec.replicas`. One that may scale to zero leaves one pod as long as there is work.
   */
  public fewestPods(workload: WorkloadFact): number | undefined {
    if (!workload.isReplicated) return undefined;
    const runner = this.rolloutOf(workload) ?? workload;
    const minima = [...this.autoscalersOf(runner), ...this.autoscalersOf(workload)].map((scaler) => scaler.min);
    if (minima.length > 0) return Math.max(1, Math.min(...minima));
    return runner.writtenReplicas ?? workload.writtenReplicas ?? 1;
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

  /** The fewest pods of all variants of the app together. */
  public fewestPodsOfApp(workload: WorkloadFact): number | undefined {
    const counts = this.variantsOf(workload).map((variant) => this.fewestPods(variant));
    return counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }
}

function unlist(source: Source): Source[] {
  const { kind, items } = fields(source.manifest);
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [source];
  return list(items).flatMap((manifest) => unlist({ ...source, manifest }));
}

const ROLES = [WorkloadFact, ServiceFact, BudgetFact, AutoscalerFact, RouteFact, NetworkPolicyFact, VolumeClaimFact];

function role(source: Source): ObjectFact {
  const object = new ObjectFact(source);
  for (const candidate of ROLES) {
    const fact = candidate.read(source, object);
    if (fact !== undefined) return fact;
  }
  return object;
}
