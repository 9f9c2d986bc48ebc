import { Construct } from 'constructs';
import { emit, type PodDisruptionBudgetSpecManifest } from '../manifests';
import { QUORUM } from '../values/annotations';
import { at } from '../values/invalid';
import { INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL, NAME_LABEL } from '../values/labels';
import { type GuardIntent, resolve } from './intent';
import { renderBudget } from './manifest';
import { selectorOf } from './pod-selection';
import type { DisruptionGuardProps } from './props';

/**
 * A disruption budget that protects an app from drains without blocking them.
 *
 * Emits a PodDisruptionBudget. `WebApp` and `Worker` bring their own; this one is for cdk8s-plus workloads and for pods
 * that are made elsewhere.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { CountOrPercent, DisruptionGuard, ProductionApp } from 'cdk8s-patterns';
 *
 * const app = new ProductionApp();
 * const queue = new Chart(app, 'queue');
 * new DisruptionGuard(queue, 'broker', { podLabels: { app: 'broker' }, evictable: CountOrPercent.count(1), quorum: true });
 */
export class DisruptionGuard extends Construct {
  /** Name of the PodDisruptionBudget. */
  public readonly budgetName: string;

  /**
   * Emits the budget.
   *
   * @param scope a chart, or a construct in one
   * @param id names the budget unless `name` does
   * @param props the pods, and how many may go
   * @throws if the pods or the limit are given twice or not at all
   */
  public constructor(scope: Construct, id: string, props: DisruptionGuardProps) {
    super(scope, id);
    const intent: GuardIntent = at(this, () => resolve(id, props));
    this.budgetName = intent.name;
    const { protects } = props;
    const own = { [NAME_LABEL]: intent.name, [INSTANCE_LABEL]: intent.name, [MANAGED_BY_LABEL]: MANAGED_BY };
    const labels = { ...own, ...intent.labels };
    const annotations = intent.quorum ? { [QUORUM]: 'true' } : undefined;
    const metadata = { name: intent.name, labels, annotations };
    emit<{ spec: PodDisruptionBudgetSpecManifest }>(
      this,
      'Resource',
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata },
      {
        spec: () =>
          at(this, () =>
            renderBudget(intent, protects === undefined ? { matchLabels: intent.podLabels } : selectorOf(protects)),
          ),
      },
    );
  }
}
