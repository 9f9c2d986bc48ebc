import { ArgoRolloutFact } from './argo-rollout';
import { AutoscalerFact } from './autoscaler';
import { DestinationRuleFact } from './destination-rule';
import { FlaggerCanaryFact } from './flagger-canary';
import { GatewayRouteFact } from './gateway-route';
import { push } from './label-index';
import type { ObjectFact } from './object';
import { ServiceFact } from './service';
import { VirtualServiceFact } from './virtual-service';
import { WorkloadFact } from './workload';

const MADE_BY_FLAGGER = [
  WorkloadFact,
  AutoscalerFact,
  ServiceFact,
  VirtualServiceFact,
  DestinationRuleFact,
  GatewayRouteFact,
];

/** Who releases what: the controllers that rename, rescale and reroute. */
export class Delivery {
  public readonly rollouts: readonly ArgoRolloutFact[];
  public readonly canaries: readonly FlaggerCanaryFact[];

  /** Applications of Argo CD, which apply again what is in Git. */
  public readonly applications: readonly ObjectFact[];

  private readonly releasing = new Set<string>();
  private readonly rollingOut = new Set<string>();
  private readonly canariesByTarget = new Map<string, FlaggerCanaryFact>();
  private readonly makers = new Map<string, FlaggerCanaryFact>();
  private readonly overwritten = new Map<FlaggerCanaryFact, ObjectFact[]>();
  private readonly rolloutsByService = new Map<string, ArgoRolloutFact[]>();
  private readonly rolloutsByDeployment = new Map<string, ArgoRolloutFact>();
  private readonly labelled = new Set<string>();

  public constructor(objects: readonly ObjectFact[]) {
    this.rollouts = objects.filter((object) => object instanceof ArgoRolloutFact);
    this.canaries = objects.filter((object) => object instanceof FlaggerCanaryFact);
    this.applications = objects.filter((object) => object.isOf('argoproj.io', 'Application'));
    for (const { namespace, subsets } of this.rollouts) {
      this.rollingOut.add(namespace);
      if (subsets !== undefined) this.labelled.add(`${namespace} ${subsets.name}`);
    }
    for (const canary of this.canaries) {
      this.releasing.add(canary.namespace);
      this.canariesByTarget.set(`${canary.namespace} ${canary.targetKey}`, canary);
      for (const key of canary.makes) this.makers.set(`${canary.namespace} ${key}`, canary);
    }
    for (const object of this.makers.size === 0 ? [] : objects) {
      const maker = this.makers.get(`${object.namespace} ${object.kind}/${object.name}`);
      const isMade = MADE_BY_FLAGGER.some((role) => object instanceof role);
      if (maker !== undefined && isMade) push(this.overwritten, maker, object);
    }
    for (const rollout of this.rollouts) {
      for (const { name } of rollout.services) push(this.rolloutsByService, `${rollout.namespace} ${name}`, rollout);
      const { templateFrom, templateKind } = rollout;
      if (templateFrom !== undefined && templateKind === 'Deployment') {
        this.rolloutsByDeployment.set(`${rollout.namespace} ${templateFrom}`, rollout);
      }
    }
  }

  /** The Flagger Canary that releases a workload, which then has no pods but during a release. */
  public canaryOf({ namespace, kind, name }: WorkloadFact): FlaggerCanaryFact | undefined {
    return this.canariesByTarget.get(`${namespace} ${kind}/${name}`);
  }

  /** Whether Flagger makes Services and copies of workloads in a namespace. */
  public releasesIn(namespace: string): boolean {
    return this.releasing.has(namespace);
  }

  /** Whether controllers of releases may make pods in a namespace with labels that no template has. */
  public relabelsIn(namespace: string): boolean {
    return this.releasesIn(namespace) || this.rollingOut.has(namespace);
  }

  /** The Flagger Canary that makes a Service of this name. */
  public makerOf(namespace: string, service: string): FlaggerCanaryFact | undefined {
    return this.makers.get(`${namespace} Service/${service}`);
  }

  /** Whether Flagger makes an object of this kind and name, `Deployment/checkout-primary`. */
  public isMade(namespace: string, key: string): boolean {
    return this.makers.has(`${namespace} ${key}`);
  }

  /** The objects of the input that a Flagger Canary makes too, in the order in which they came. */
  public overwrittenBy(canary: FlaggerCanaryFact): readonly ObjectFact[] {
    return this.overwritten.get(canary) ?? [];
  }

  /** Whether an Argo Rollout writes the labels of a DestinationRule's subsets. */
  public labelsSubsetsOf({ namespace, name }: DestinationRuleFact): boolean {
    return this.labelled.has(`${namespace} ${name}`);
  }

  /** The Argo Rollouts that write the selector of a Service. */
  public rolloutsWith(namespace: string, service: string): readonly ArgoRolloutFact[] {
    return this.rolloutsByService.get(`${namespace} ${service}`) ?? [];
  }

  /** The Argo Rollout that runs a Deployment's template. */
  public rolloutOf({ namespace, kind, name }: WorkloadFact): ArgoRolloutFact | undefined {
    return kind === 'Deployment' ? this.rolloutsByDeployment.get(`${namespace} ${name}`) : undefined;
  }
}
