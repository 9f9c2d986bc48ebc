import type { AutoscalerFact, BudgetFact, ObjectFact, ServiceFact, WorkloadFact, World } from '../facts';
import type { Severity } from '../findings';

/** The roles that rules look at. */
export interface Roles {
  readonly workload: WorkloadFact;
  readonly budget: BudgetFact;
  readonly service: ServiceFact;
  readonly autoscaler: AutoscalerFact;
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
  readonly check: (target: Roles[R], world: World) => readonly Remark[];
}

/** A rule on any role. */
export type Rule = { [R in keyof Roles]: RuleOf<R> }[keyof Roles];

/** The objects of each role. */
export function targetsOf(role: keyof Roles, world: World): readonly ObjectFact[] {
  switch (role) {
    case 'workload':
      return world.workloads;
    case 'budget':
      return world.budgets;
    case 'service':
      return world.services;
    case 'autoscaler':
      return world.autoscalers;
  }
}
