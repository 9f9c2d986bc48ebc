import {
  type ArgoRolloutFact,
  type AutoscalerFact,
  type BudgetFact,
  type CalicoPolicyFact,
  callsServices,
  type FlaggerCanaryFact,
  type GatewayRouteFact,
  type HostEndpointFact,
  isClusterPolicy,
  type MonitorFact,
  type NetworkPolicyFact,
  type ObjectFact,
  type Selecting,
  type ServiceFact,
  type VirtualServiceFact,
  type WorkloadFact,
  type World,
} from '../facts';
import type { Severity } from '../findings';
import type { ClusterNetworkProps } from '../values';

/** The roles that rules look at. */
export interface Roles {
  readonly workload: WorkloadFact;
  readonly budget: BudgetFact;
  readonly service: ServiceFact;
  readonly autoscaler: AutoscalerFact;
  /** Argo's Rollout. */
  readonly rollout: ArgoRolloutFact;
  /** Flagger's Canary. */
  readonly canary: FlaggerCanaryFact;
  readonly virtualService: VirtualServiceFact;
  /** A route of the Gateway API. */
  readonly gatewayRoute: GatewayRouteFact;
  readonly policy: NetworkPolicyFact;
  /** A policy of Calico's own. */
  readonly calicoPolicy: CalicoPolicyFact;
  readonly hostEndpoint: HostEndpointFact;
  /** A policy of the cluster's administrators: ClusterNetworkPolicy and its forerunners. */
  readonly adminPolicy: ObjectFact;
  /** Something that makes the API server call a Service: a webhook, an aggregated API. */
  readonly webhook: ObjectFact;
  readonly monitor: MonitorFact;
  /** Whatever chooses pods by labels. */
  readonly selecting: Selecting;
}

/** What a rule says of its target; id, severity and object are added by the one who runs it. */
export interface Remark {
  /** Path within the target's manifest. */
  readonly field: string;
  /** What was found and what follows, with both numbers where two relate; no capital, no full stop. */
  readonly problem: string;
  /** What to write instead, as an expression that can be pasted. */
  readonly fix: string;
}

/** A remark, if something is wrong. */
export function remark(isWrong: boolean, field: string, problem: string, fix: string): Remark[] {
  return isWrong ? [{ field, problem, fix }] : [];
}

/**
 * One lesson.
 *
 * `check` may look at the whole world and reports on its target only; it never throws and keeps no state.
 */
export interface RuleOf<R extends keyof Roles> {
  /** `<topic>/<defect>`; equals the path of the file. Stable for ever. */
  readonly id: string;
  readonly severity: Severity;
  readonly appliesTo: R;
  readonly since: string;
  /** Two to four sentences for docs/rules.md. */
  readonly why: string;
  /** Upstream pages. */
  readonly sources: readonly string[];
  /** YAML that gives exactly this finding. */
  readonly bad: string;
  /** The same YAML mended: no finding at all. */
  readonly good: string;
  /** Kubernetes version of the target for `bad` and `good`, where the default would not do. */
  readonly kubernetes?: string;
  /** Number of nodes of the target for `bad` and `good`, where the rule needs one. */
  readonly nodes?: number;
  /** Istio version of the target for `bad` and `good`, where the rule needs one. */
  readonly istio?: string;
  /** Network of the target for `bad` and `good`, where the rule needs one. */
  readonly network?: ClusterNetworkProps;
  readonly check: (target: Roles[R], world: World) => readonly Remark[];
}

/** A rule on any role. */
export type Rule = { [R in keyof Roles]: RuleOf<R> }[keyof Roles];

const TARGETS: { readonly [R in keyof Roles]: (world: World) => readonly Roles[R][] } = {
  workload: (world) => world.workloads,
  budget: (world) => world.budgets,
  service: (world) => world.services,
  autoscaler: (world) => world.autoscalers,
  rollout: (world) => world.delivery.rollouts,
  canary: (world) => world.delivery.canaries,
  virtualService: (world) => world.mesh.virtualServices,
  gatewayRoute: (world) => world.gatewayRoutes,
  policy: (world) => world.policies,
  calicoPolicy: (world) => world.calico.policies,
  hostEndpoint: (world) => world.calico.hosts,
  adminPolicy: (world) => world.objects.filter(isClusterPolicy),
  webhook: (world) => world.objects.filter(callsServices),
  monitor: (world) => world.monitors,
  selecting: (world) => world.selecting,
};

/** The objects of each role. */
export function targetsOf(role: keyof Roles, world: World): readonly ObjectFact[] {
  return TARGETS[role](world);
}
