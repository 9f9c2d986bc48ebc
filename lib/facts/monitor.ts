import { ObjectFact, type Source } from './object';
import { fields, int, list, text, textList } from './read';
import { Selector } from './selector';

/** One thing that a monitor scrapes. */
export interface ScrapeEndpoint {
  readonly field: string;
  /** A port of the Service (ServiceMonitor) or of a container (PodMonitor), by name. */
  readonly port: string | undefined;
  /** A port of the pod by name or number, where that is written instead. */
  readonly targetPort: string | number | undefined;
  /** Whether it brings a client certificate or speaks TLS at all. */
  readonly isTls: boolean;
}

/** A ServiceMonitor or a PodMonitor of the Prometheus operator. */
export class MonitorFact extends ObjectFact {
  /** The fact if the object is a monitor. */
  public static read(source: Source, object: ObjectFact): MonitorFact | undefined {
    return object.isOf('monitoring.coreos.com', 'ServiceMonitor', 'PodMonitor') ? new MonitorFact(source) : undefined;
  }

  /** Whether it selects pods; otherwise Services. */
  public readonly selectsPods: boolean;
  /** Pods or Services. */
  public readonly selector: Selector;
  /** The namespaces that it looks in; undefined means all. */
  public readonly namespaces: readonly string[] | undefined;
  /** `endpoints` or `podMetricsEndpoints`. */
  public readonly endpoints: readonly ScrapeEndpoint[];

  private constructor(source: Source) {
    super(source);
    this.selectsPods = this.kind === 'PodMonitor';
    this.selector = Selector.parse(this.spec.selector);
    const { any, matchNames } = fields(this.spec.namespaceSelector);
    const names = textList(matchNames);
    this.namespaces = any === true ? undefined : names.length === 0 ? [this.namespace] : names;
    const key = this.selectsPods ? 'podMetricsEndpoints' : 'endpoints';
    this.endpoints = list(this.spec[key]).map((value, index) => this.endpoint(value, `spec.${key}[${index}]`));
  }

  /** Whether its own namespace is among those. */
  public get looksInOwnNamespace(): boolean {
    return this.namespaces?.includes(this.namespace) ?? true;
  }

  private endpoint(value: unknown, field: string): ScrapeEndpoint {
    const { port, targetPort, portNumber, scheme, tlsConfig } = fields(value);
    return {
      field,
      port: text(port) || undefined,
      targetPort: (this.selectsPods && int(portNumber)) || text(targetPort) || int(targetPort) || undefined,
      isTls: (text(scheme) ?? '').toLowerCase() === 'https' || (tlsConfig ?? undefined) !== undefined,
    };
  }
}
