import { ObjectFact, type Source } from './object';
import { below, fields, int, list, text } from './read';

/** A metric that is a share of what containers request. */
export interface UtilizationMetric {
  readonly field: string;
  readonly resource: string;
  /** The only container that counts; undefined means all of them. */
  readonly container: string | undefined;
}

/** A HorizontalPodAutoscaler or a KEDA ScaledObject. */
export class AutoscalerFact extends ObjectFact {
  /** The fact if the object is an autoscaler. */
  public static read(source: Source, object: ObjectFact): AutoscalerFact | undefined {
    const scales = object.isOf('autoscaling', 'HorizontalPodAutoscaler') || object.isOf('keda.sh', 'ScaledObject');
    return scales ? new AutoscalerFact(source) : undefined;
  }

  /** `Deployment/checkout`. */
  public readonly targetKey: string;
  /** The fewest pods that it may leave. */
  public readonly min: number;

  private constructor(source: Source) {
    super(source);
    const { scaleTargetRef, minReplicaCount, minReplicas } = this.spec;
    const { kind, name } = fields(scaleTargetRef);
    this.targetKey = `${text(kind) ?? 'Deployment'}/${text(name) ?? ''}`;
    this.min = this.kind === 'ScaledObject' ? (int(minReplicaCount) ?? 0) : (int(minReplicas) ?? 1);
  }

  /** The most pods that it may make. */
  public get max(): number {
    return (this.kind === 'ScaledObject' ? int(this.spec.maxReplicaCount) : int(this.spec.maxReplicas)) ?? 100;
  }

  /** Metrics that divide by requests; a HorizontalPodAutoscaler without metrics of its own aims at 80 % of the CPU. */
  public get utilization(): readonly UtilizationMetric[] {
    return this.kind === 'ScaledObject' ? this.triggers() : this.metrics();
  }

  private triggers(): UtilizationMetric[] {
    return list(this.spec.triggers).flatMap((trigger, index) => {
      const { type, metricType, metadata } = fields(trigger);
      if ((type !== 'cpu' && type !== 'memory') || metricType === 'AverageValue') return [];
      const container = text(fields(metadata).containerName);
      return [{ field: `spec.triggers[${index}]`, resource: type, container }];
    });
  }

  private metrics(): UtilizationMetric[] {
    if (this.apiVersion === 'autoscaling/v1' || list(this.spec.metrics).length === 0) {
      const field = this.apiVersion === 'autoscaling/v1' ? 'spec.targetCPUUtilizationPercentage' : 'spec.metrics';
      return [{ field, resource: 'cpu', container: undefined }];
    }
    return list(this.spec.metrics).flatMap((metric, index) => {
      const { type, resource, containerResource } = fields(metric);
      const source = fields(
        type === 'ContainerResource' ? containerResource : type === 'Resource' ? resource : undefined,
      );
      if (below(source, 'target', 'type') !== 'Utilization') return [];
      return [
        { field: `spec.metrics[${index}]`, resource: text(source.name) ?? '', container: text(source.container) },
      ];
    });
  }
}
