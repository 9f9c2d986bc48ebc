import { parseGoDuration } from '../values/go-duration';
import { ObjectFact, type Source } from './object';
import { below, type Fields, fields, int, list, text, textList } from './read';
import type { WorkloadFact } from './workload';

/** How often Flagger looks, and how far back a metric of its own does, where nothing is written. */
const MINUTE = 60;
const LEAST_INTERVAL = 10;

/** Metrics that Flagger has queries for; the first is the better the higher it is. */
export const SUCCESS_RATE = 'request-success-rate';
const REQUEST_DURATION = 'request-duration';

/** The labels by which Flagger tells the copy from the target, unless `-selector-labels` says others; the first that is there counts. */
export const FLAGGER_LABELS: readonly string[] = ['app', 'name', 'app.kubernetes.io/name'];

/** One metric that Flagger judges a release by. */
export interface FlaggerMetric {
  readonly field: string;
  readonly name: string;
  /** How far back it looks, in seconds; undefined where neither the manifest nor Flagger says it. */
  readonly window: number | undefined;
  /** Whether there is a query: its own, one that is written, or a template. */
  readonly isAsked: boolean;
  readonly manifest: Fields;
}

/** Flagger's Canary: it copies a workload, and shifts requests between the copy and the new version. */
export class FlaggerCanaryFact extends ObjectFact {
  /** The fact if the object is a Canary. */
  public static read(source: Source, object: ObjectFact): FlaggerCanaryFact | undefined {
    return object.isOf('flagger.app', 'Canary') ? new FlaggerCanaryFact(source) : undefined;
  }

  /**
   * The label of the target's selector that Flagger rewrites to `<value>-primary` on the pods that serve; undefined where it finds none.
   *
   * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/canary/deployment_controller.go getSelectorLabel
   */
  public static labelOf({ selector }: WorkloadFact): string | undefined {
    return FLAGGER_LABELS.find((label) => label in selector.labels);
  }

  /** The labels of the pods that serve between releases, given those of the target's pods. */
  public static primaryLabels(workload: WorkloadFact): Readonly<Record<string, string>> {
    const label = FlaggerCanaryFact.labelOf(workload);
    const { labels } = workload.pod;
    return label === undefined ? labels : { ...labels, [label]: `${workload.selector.labels[label]}-primary` };
  }

  /** `Deployment/checkout`: what is released; Flagger keeps it at zero pods between releases. */
  public get targetKey(): string {
    return reference(this.spec.targetRef) ?? 'Deployment/';
  }

  /** `Deployment`, `DaemonSet` or `Service`. */
  public get targetKind(): string {
    return text(below(this.spec, 'targetRef', 'kind')) ?? 'Deployment';
  }

  /** The name of the workload that is released. */
  public get targetName(): string {
    return text(below(this.spec, 'targetRef', 'name')) ?? '';
  }

  /** `HorizontalPodAutoscaler/checkout`, whose copy scales the primary. */
  public get autoscalerKey(): string | undefined {
    return reference(this.spec.autoscalerRef);
  }

  /** The name that clients use: Flagger makes a Service of this name, and two more with `-primary` and `-canary`. */
  public get serviceName(): string {
    return text(below(this.spec, 'service', 'name')) || this.targetName;
  }

  /** The Services that Flagger makes and owns. */
  public get services(): readonly string[] {
    return ['', '-primary', '-canary'].map((suffix) => `${this.serviceName}${suffix}`);
  }

  /** What shifts requests, as `istio`; undefined where Flagger's own default does. */
  public get provider(): string | undefined {
    return text(this.spec.provider) || undefined;
  }

  /** `spec.service.gateways`; `mesh` for the sidecars. */
  public get gateways(): readonly string[] {
    return textList(below(this.spec, 'service', 'gateways'));
  }

  /** Whether releases go by steps of weight; otherwise by rounds, or at once. */
  public get shiftsWeights(): boolean {
    const { iterations = 0 } = this;
    return this.provider !== 'kubernetes' && this.spec.skipAnalysis !== true && iterations <= 0;
  }

  /** What Flagger makes and overwrites, as `Service/checkout`. */
  public get makes(): readonly string[] {
    const copies = [this.targetKey, this.autoscalerKey].flatMap((key) => (key === undefined ? [] : `${key}-primary`));
    const services = this.services.map((name) => `Service/${name}`);
    return [...(this.targetKind === 'Service' ? [] : [...copies, ...services]), ...this.routing];
  }

  private get routing(): readonly string[] {
    const [apex, primary, canary] = this.services;
    const istio = [`VirtualService/${apex}`, `DestinationRule/${primary}`, `DestinationRule/${canary}`];
    const gatewayApi = [`HTTPRoute/${apex}`];
    if (this.provider === undefined) return [...istio, ...gatewayApi];
    if (this.provider === 'istio') return istio;
    return this.provider.startsWith('gatewayapi:') ? gatewayApi : [];
  }

  /** Seconds between two looks of Flagger. */
  public get interval(): number {
    return Math.max(LEAST_INTERVAL, parseGoDuration(text(this.analysis.interval) ?? '') ?? MINUTE);
  }

  /** `spec.analysis`. */
  public get analysis(): Fields {
    return fields(this.spec.analysis);
  }

  /** `spec.analysis.stepWeight`. */
  public get stepWeight(): number | undefined {
    return int(this.analysis.stepWeight);
  }

  /** `spec.analysis.maxWeight`; where it is not written, 100. */
  public get maxWeight(): number {
    const written = int(this.analysis.maxWeight) ?? 0;
    return written > 0 ? written : 100;
  }

  /** `spec.analysis.iterations`: rounds without weights. */
  public get iterations(): number | undefined {
    return int(this.analysis.iterations) || undefined;
  }

  /** `spec.analysis.metrics`. */
  public get metrics(): readonly FlaggerMetric[] {
    return list(this.analysis.metrics).map((value, index) => {
      const manifest = fields(value);
      const name = text(manifest.name) ?? '';
      const hasDefault = name === SUCCESS_RATE || name === REQUEST_DURATION || Boolean(text(manifest.query));
      const isAsked = hasDefault || (manifest.templateRef !== undefined && manifest.templateRef !== null);
      const window = parseGoDuration(text(manifest.interval) || (hasDefault ? '1m' : ''));
      return { field: `spec.analysis.metrics[${index}]`, name, window, isAsked, manifest };
    });
  }
}

function reference(value: unknown): string | undefined {
  const { kind, name } = fields(value);
  return typeof kind === 'string' && typeof name === 'string' ? `${kind}/${name}` : undefined;
}
