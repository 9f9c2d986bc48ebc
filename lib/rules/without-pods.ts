import type { BudgetFact, NetworkPolicyFact, ServiceFact, WorkloadFact, World } from '../facts';

/**
 * Why something that chooses pods of its namespace chooses none: `no workload makes pods with app=wev`, and where such pods are instead.
 *
 * Undefined where it chooses some, and where the manifests cannot tell: pods may have the label from a controller, from Flagger, or from an operator.
 */
export function withoutPods(target: BudgetFact | NetworkPolicyFact | ServiceFact, world: World): string | undefined {
  const { selector, namespace } = target;
  if (selector.seesNoTemplate || world.workloadsOf(target).length > 0) return undefined;
  if (world.flaggerTargetsOf(target).length > 0) return undefined;
  if (world.isMadeByOperator(namespace, Object.values(selector.labels))) return undefined;
  return nobodyMakes(`${selector}`, namespace, world.elsewhere(target));
}

/** That a selector finds nothing in a namespace, and who would be found in another. */
export function nobodyMakes(labels: string, namespace: string, other: WorkloadFact | undefined): string {
  const twin =
    other && ` in namespace ${namespace} (${other.kind} ${other.name} does, in namespace ${other.namespace})`;
  return `no workload makes pods with ${labels}${twin ?? ''}`;
}

/** What mends it. */
export const LABELS_OF_PODS = 'use the labels of the pods, in their namespace';
