import { type AutoscalingIntent, resolveAutoscaling, resolveKeda } from './intent';
import type { AutoscalingOptions, KedaOptions } from './props';

/** A metric of an autoscaler beside CPU and memory. */
export class AutoscalingMetric {
  /**
   * A metric that each pod has, as an average over the pods.
   *
   * @param name name in the custom metrics API, for example `http_requests_per_second`
   * @param average the value that is aimed at, as a Kubernetes quantity (`100`, `500m`)
   */
  public static pods(name: string, average: string): AutoscalingMetric {
    return new AutoscalingMetric({
      type: 'Pods',
      pods: { metric: { name }, target: { type: 'AverageValue', averageValue: average } },
    });
  }

  /**
   * A metric that has nothing to do with Kubernetes, divided by the number of pods.
   *
   * @param name name in the external metrics API, for example `queue_messages_ready`
   * @param average the value per pod that is aimed at, as a Kubernetes quantity
   * @param labels chooses the series
   */
  public static external(name: string, average: string, labels?: { [key: string]: string }): AutoscalingMetric {
    const metric = { name, ...(labels === undefined ? {} : { selector: { matchLabels: { ...labels } } }) };
    return new AutoscalingMetric({
      type: 'External',
      external: { metric, target: { type: 'AverageValue', averageValue: average } },
    });
  }

  /**
   * As an entry of `spec.metrics`.
   *
   * @internal
   */
  public readonly _manifest: object;

  private constructor(manifest: object) {
    this._manifest = manifest;
  }
}

/**
 * How many pods an app has, and what decides it.
 *
 * The autoscaler owns the count: the manifests do not contain `replicas`.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class Autoscaling {
  /**
   * A HorizontalPodAutoscaler (`autoscaling/v2`).
   *
   * @param min fewest pods, 1 or more; 2 or more can be drained without an outage
   * @param max most pods, not below `min`
   * @param options the metrics, at least one, and the speed
   * @throws if a bound is not kept or there is no metric
   */
  public static between(min: number, max: number, options: AutoscalingOptions): Autoscaling {
    return new Autoscaling(resolveAutoscaling(min, max, options));
  }

  /**
   * A KEDA `ScaledObject`, for apps that are driven by events.
   *
   * @param min fewest pods, 0 or more; with 0 the app stops while there is nothing to do
   * @param max most pods, not below `min` and 1 or more
   * @param options the triggers, at least one
   * @throws if a bound is not kept or there is no trigger
   */
  public static keda(min: number, max: number, options: KedaOptions): Autoscaling {
    return new Autoscaling(resolveKeda(min, max, options));
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: AutoscalingIntent;

  private constructor(intent: AutoscalingIntent) {
    this._intent = intent;
  }
}
