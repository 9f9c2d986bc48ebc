import { invalid } from '../values/invalid';
import type { Measure } from './gate';
import type { AppMetricsOptions } from './props';

/** Where an engine finds the requests of the candidate. */
export interface CandidateSeries {
  readonly namespace: string;
  /** The container of the app. */
  readonly container: string;
  /** Matchers for Istio's metrics. */
  readonly istio: string;
  /** Matchers for the app's own metrics. */
  readonly own: string;
}

/** Who counts the requests that gates judge by. */
export class Telemetry {
  /**
   * Istio's standard metrics, from sidecars, waypoints or gateways.
   *
   * @see https://istio.io/latest/docs/reference/config/metrics/
   */
  public static istio(): Telemetry {
    return new Telemetry('istio');
  }

  /**
   * The app's own metrics, scraped as `monitor()` of a WebApp has it: with the labels `namespace`, `container` and `track`.
   *
   * @param options how the app names its metrics
   * @throws if a name is no name of a metric or a label
   */
  public static app(options: AppMetricsOptions = {}): Telemetry {
    const { requests = 'http_requests_total', status = 'code' } = options;
    const { duration = 'http_request_duration_seconds' } = options;
    for (const [prop, name] of Object.entries({ requests, status, duration })) {
      if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) throw invalid(`Telemetry.app: ${prop}`, `\`${name}\` is no name`);
    }
    return new Telemetry('app', { requests, status, duration });
  }

  private constructor(
    private readonly kind: 'istio' | 'app',
    private readonly names = { requests: 'istio_requests_total', status: 'response_code', duration: '' },
  ) {}

  /**
   * Whose metrics they are, in the words of apps.
   *
   * @internal
   */
  public get _countedBy(): 'mesh' | 'app' {
    return this.kind === 'istio' ? 'mesh' : 'app';
  }

  /**
   * The query for what a gate measures: percent of good requests, or milliseconds; the text of a query of one's own.
   *
   * @internal
   */
  public _query(measure: Measure, series: CandidateSeries, window: string): string {
    const { requests, status } = this.names;
    switch (measure.kind) {
      case 'successRate': {
        const all = this.matchers(series);
        const good = `sum(rate(${requests}{${all},${status}!~"5.*"}[${window}]))`;
        return `100 * ${good} / sum(rate(${requests}{${all}}[${window}]))`;
      }
      case 'latency': {
        const [buckets, factor] =
          this.kind === 'istio'
            ? ['istio_request_duration_milliseconds_bucket', '']
            : [`${this.names.duration}_bucket`, '1000 * '];
        const rate = `sum(rate(${buckets}{${this.matchers(series)}}[${window}])) by (le)`;
        return `${factor}histogram_quantile(${measure.percent / 100}, ${rate})`;
      }
      case 'query':
        return measure.query.split('{{window}}').join(window);
      default:
        return '';
    }
  }

  private matchers({ namespace, container, istio, own }: CandidateSeries): string {
    return this.kind === 'istio' ? istio : `namespace="${namespace}",container="${container}",${own}`;
  }
}
