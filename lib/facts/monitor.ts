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
  public get selectsPods(): boolean {
    return this.kind === 'PodMonitor';
  }

  /** Pods or Services. */
  public get selector(): Selector {
    return Selector.parse(this.spec.selector);
  }

  /** The namespaces that it looks in; undefined means all. */
  public get namespaces(): readonly string[] | undefined {
    const { any, matchNames } = fields(this.spec.namespaceSelector);
    if (any === true) return undefined;
    const names = textList(matchNames);
    return names.length === 0 ? [this.namespace] : names;
  }

  /** Whether its own namespace is among those. */
  public get looksInOwnNamespace(): boolean {
    return this.namespaces?.includes(this.namespace) ?? true;
  }

  /** `endpoints` or `podMetricsEndpoints`. */
  public get endpoints(): readonly ScrapeEndpoint[] {
    const key = this.selectsPods ? 'podMetricsEndpoints' : 'endpoints';
    return list(this.spec[key]).map((value, index) => {
      const { port, targetPort, portNumber, scheme, tlsConfig } = fields(value);
      return {
        field: `spec.${key}[${index}]`,
        port: text(port) || undefined,
        targetPort: (this.selectsPods && int(portNumber)) || text(targetPort) || int(targetPort) || undefined,
        isTls: (text(scheme) ?? '').toLowerCase() === 'https' || (tlsConfig ?? undefined) !== undefined,
      };
    });
  }
}
