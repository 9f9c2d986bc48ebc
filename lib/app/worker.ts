import type { Construct } from 'constructs';
import { emit, type PodMonitorSpecManifest } from '../manifests';
import { at } from '../values/invalid';
import { DeployedApp } from './deployed-app';
import { type DeploymentIntent, resolveWorker } from './intent';
import type { MonitorOptions, WorkerProps } from './props';
import { renderPodMonitor } from './service-manifest';

/**
 * An app that takes work from somewhere and that nobody connects to.
 *
 * Emits a Deployment, a ServiceAccount; with two pods or more a PodDisruptionBudget; with `autoscaling` a
 * HorizontalPodAutoscaler or a ScaledObject. It has no readiness probe, since no requests come.
 *
 * @example
 * import { Chart, Duration, Size } from 'cdk8s';
 * import { HealthCheck, ProductionApp, Resources, Shutdown, Worker } from 'cdk8s-patterns';
 *
 * const shop = new Chart(new ProductionApp(), 'shop', { namespace: 'shop' });
 * new Worker(shop, 'mailer', {
 *   image: 'registry.example.com/mailer:3.0.1',
 *   resources: Resources.request({ cpuMillis: 100, memory: Size.mebibytes(128) }),
 *   health: HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30)),
 *   longestTask: Duration.seconds(50),
 *   shutdown: Shutdown.graceful({ drain: Duration.seconds(60) }),
 * });
 */
export class Worker extends DeployedApp {
  /**
   * Emits the worker.
   *
   * @param scope a chart, or a construct in one
   * @param id names the worker unless `name` does
   * @param props what the worker is
   * @throws if a prop makes no sense, or two of them contradict each other
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly worker: WorkerProps,
  ) {
    super(scope, id, worker);
    at(this, () => this._resolve());
  }

  /**
   * Lets the Prometheus operator scrape the pods (PodMonitor), every variant of them.
   *
   * @param options port, which a worker has to name, path, interval
   * @throws if there is no port
   */
  public monitor(options: MonitorOptions): void {
    const endpoint = this._monitored(options, []);
    const head = this._head('monitoring.coreos.com/v1', 'PodMonitor');
    const metadata = { ...head.metadata, labels: { ...options.labels, ...head.metadata.labels } };
    emit<{ spec: PodMonitorSpecManifest }>(
      this,
      'Monitor',
      { ...head, metadata },
      {
        spec: () => renderPodMonitor(this.name, endpoint),
      },
    );
  }

  /** @internal */
  protected _resolve(): DeploymentIntent {
    return resolveWorker(this.worker, this._situation);
  }
}
