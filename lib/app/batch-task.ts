import type { Construct } from 'constructs';
import { type CronJobSpecManifest, emit, type JobSpecManifest } from '../manifests';
import { at } from '../values/invalid';
import { AppWorkload } from './app-workload';
import { type BatchIntent, resolveBatchTask } from './intent';
import { renderCronJob, renderJob } from './manifest';
import type { BatchTaskProps } from './props';

/**
 * Work that ends: once, or again and again.
 *
 * Emits a Job, or with `schedule` a CronJob, and a ServiceAccount. Its sidecars are restartable ones, so that it completes.
 *
 * The template of a Job cannot be changed: for each release give it a `name` of its own, or delete the last one before you apply.
 *
 * @example
 * import { Chart, Size } from 'cdk8s';
 * import { BatchTask, ProductionApp, Resources } from 'cdk8s-patterns';
 *
 * const shop = new Chart(new ProductionApp(), 'shop', { namespace: 'shop' });
 * new BatchTask(shop, 'report', {
 *   image: 'registry.example.com/report:2.2.0',
 *   resources: Resources.request({ cpuMillis: 500, memory: Size.mebibytes(512) }),
 *   schedule: '0 3 * * *',
 * });
 */
export class BatchTask extends AppWorkload {
  /**
   * Emits the task.
   *
   * @param scope a chart, or a construct in one
   * @param id names the task unless `name` does
   * @param props what the task is
   * @throws if a prop makes no sense, or two of them contradict each other
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly task: BatchTaskProps,
  ) {
    super(scope, id, task);
    const { cron } = at(this, () => this._resolve());
    if (cron === undefined) {
      emit<{ spec: JobSpecManifest }>(this, 'Resource', this._head('batch/v1', 'Job'), { spec: () => this.render() });
    } else {
      const head = this._head('batch/v1', 'CronJob');
      const { labels } = this._identity;
      emit<{ spec: CronJobSpecManifest }>(this, 'Resource', head, {
        spec: () => renderCronJob(cron, labels, this.render()),
      });
    }
  }

  /** @internal */
  protected _resolve(): BatchIntent {
    const { _identity: identity, _target: target, _parts: parts } = this;
    return resolveBatchTask(this.task, { identity, target, parts, claims: {} });
  }

  private render(): JobSpecManifest {
    return at(this, () => {
      const spec = renderJob(this._resolve());
      return { ...spec, template: this._patched(spec.template) };
    });
  }
}
