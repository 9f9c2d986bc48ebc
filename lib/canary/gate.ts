import type { Duration } from 'cdk8s';
import { seconds } from '../values/bounds';
import { invalid } from '../values/invalid';
import { dnsLabel, httpAddress } from '../values/names';
import type { GateOptions, QueryRange, SloGateOptions, TemplateGateOptions } from './props';

/** The share of the requests that a latency is asked for. */
export enum Quantile {
  /** The median: half of the requests are at least as fast. */
  P50 = 'p50',
  /** Nine of ten requests are at least as fast. */
  P90 = 'p90',
  /** Nineteen of twenty requests are at least as fast. */
  P95 = 'p95',
  /** All requests but one of a hundred are at least as fast. */
  P99 = 'p99',
}

/** What a gate measures. */
export type Measure =
  | { readonly kind: 'successRate'; readonly atLeast: number }
  | { readonly kind: 'latency'; readonly percent: number; readonly milliseconds: number }
  | { readonly kind: 'query'; readonly query: string; readonly range: QueryRange }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'template'; readonly range: QueryRange };

/** A gate in plain words. */
export interface GateIntent {
  readonly name: string;
  readonly measure: Measure;
  /** The address to ask instead of the target's Prometheus. */
  readonly address: string | undefined;
  /** Seconds to look back; undefined: as long as the candidate has had its share. */
  readonly window: number | undefined;
  readonly passesWithoutData: boolean;
  /** The share of bad requests that it must catch; undefined where nothing is counted. */
  readonly catches: number | undefined;
}

/** What the candidate has to show before it gets a greater share. */
export class Gate {
  /**
   * The share of requests that do not fail (status below 500), measured for the candidate alone.
   *
   * Refused where the traffic that the release `expects` is too little to tell a good candidate from a bad one: the gate has to fail
   * with a chance of 95 % at the error rate that it catches, and with at most 5 % at half of the allowed one.
   *
   * @param percent the lowest good share, above 0 and below 100
   * @param options what it must catch, how far back it looks
   * @throws if the share is outside its bounds, or what it catches is no more than what it allows
   */
  public static successRate(percent: number, options: SloGateOptions = {}): Gate {
    const where = 'Gate.successRate';
    if (!(percent > 0 && percent < 100)) throw invalid(where, `${percent} is not between 0 and 100`);
    const allowed = (100 - percent) / 100;
    return new Gate(where, 'success-rate', { kind: 'successRate', atLeast: percent }, options, allowed);
  }

  /**
   * How long requests take, measured for the candidate alone.
   *
   * Counted as the share of requests that take longer, and refused under the same conditions as `successRate`.
   *
   * @param quantile the share of requests that must be as fast
   * @param atMost the longest good time, 1 ms or more
   * @param options what it must catch, how far back it looks
   * @throws if the time is below 1 ms, or what it catches is no more than what it allows
   */
  public static latency(quantile: Quantile, atMost: Duration, options: SloGateOptions = {}): Gate {
    const where = 'Gate.latency';
    const milliseconds = atMost.toMilliseconds({ integral: false });
    if (!(Number.isInteger(milliseconds) && milliseconds >= 1)) {
      throw invalid(where, `${milliseconds} ms is not a whole number of 1 ms or more`, 'use Duration.millis(400)');
    }
    const percent = Number(quantile.slice(1));
    const measure = { kind: 'latency', percent, milliseconds } as const;
    return new Gate(where, `latency-${quantile}`, measure, options, (100 - percent) / 100);
  }

  /**
   * A query of your own, with one number as its answer.
   *
   * `{{window}}` in it stands for the time to look back, for example `10m`.
   *
   * @param name DNS label, unique in the release
   * @param promQL the query
   * @param range the good answers; at least one end
   * @param options how far back it looks
   * @throws if the query is empty, or no end of the range is given
   */
  public static query(name: string, promQL: string, range: QueryRange, options: GateOptions = {}): Gate {
    const where = 'Gate.query';
    if (promQL.trim() === '') throw invalid(where, 'the query is empty');
    return new Gate(where, name, { kind: 'query', query: promQL, range: bounded(where, range) }, options);
  }

  /**
   * An HTTP service that answers with status 200 to 299 if the candidate is good.
   *
   * @param name DNS label, unique in the release
   * @param url where to POST to
   * @throws if `url` is no address of HTTP
   */
  public static webhook(name: string, url: string): Gate {
    const where = 'Gate.webhook';
    return new Gate(where, name, { kind: 'webhook', url: httpAddress(where, url) }, {});
  }

  /**
   * A template that is made elsewhere, in the namespace of the app: for Datadog, CloudWatch and all others that Argo Rollouts or Flagger can ask, with
   * their addresses and secrets.
   *
   * With Argo Rollouts it is an AnalysisTemplate, which says itself what is good; it gets the arguments `window`, `min` and `max`, as far as it
   * declares them. With Flagger it is a MetricTemplate.
   *
   * @param template its name, a DNS label of at most 30 characters, unique in the release
   * @param range the good answers; at least one end
   * @param options how far back it looks
   * @throws if no end of the range is given, or none is between them
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
   * @see https://docs.flagger.app/usage/metrics#custom-metrics
   */
  public static template(template: string, range: QueryRange, options: TemplateGateOptions = {}): Gate {
    const where = 'Gate.template';
    return new Gate(where, template, { kind: 'template', range: bounded(where, range) }, options);
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: GateIntent;

  private constructor(where: string, name: string, measure: Measure, options: SloGateOptions, allowed?: number) {
    this._intent = Object.freeze({
      name: dnsLabel(where, options.name ?? name, LONGEST_NAME),
      measure: Object.freeze(measure),
      address: options.prometheus === undefined ? undefined : httpAddress(`${where}: prometheus`, options.prometheus),
      window: options.window === undefined ? undefined : seconds(`${where}: window`, options.window),
      passesWithoutData: options.passesWithoutData ?? false,
      catches: allowed === undefined ? undefined : caught(where, allowed, options.catchesPercent),
    });
  }
}

const LONGEST_NAME = 30;

/** The share of bad requests that a gate lets pass; undefined where nothing is counted. */
export function allowedShare(measure: Measure): number | undefined {
  if (measure.kind === 'successRate') return (100 - measure.atLeast) / 100;
  if (measure.kind === 'latency') return (100 - measure.percent) / 100;
  return undefined;
}

/** The answers that are good: percent of requests, milliseconds, or what the query says. */
export function goodRange(measure: Measure): QueryRange {
  if (measure.kind === 'successRate') return { min: measure.atLeast };
  if (measure.kind === 'latency') return { max: measure.milliseconds };
  return measure.kind === 'query' || measure.kind === 'template' ? measure.range : {};
}

/** Whether a Prometheus answers it. */
export function asksPrometheus({ measure }: GateIntent): boolean {
  return measure.kind !== 'webhook' && measure.kind !== 'template';
}

function bounded(where: string, range: QueryRange): QueryRange {
  const { min, max } = range;
  if (min === undefined && max === undefined) {
    throw invalid(where, 'every answer would be good', 'give min, max, or both');
  }
  if (min !== undefined && max !== undefined && min > max) {
    throw invalid(where, `no answer is between min ${min} and max ${max}`);
  }
  return range;
}

function caught(where: string, allowed: number, percent: number | undefined): number {
  if (percent === undefined) return Math.min(1, 2 * allowed);
  if (!(percent > 100 * allowed && percent <= 100)) {
    const problem = `${percent} % is not above the ${printed(100 * allowed)} % that the gate allows, and at most 100 %`;
    throw invalid(`${where}: catchesPercent`, problem, `use catchesPercent: ${printed(200 * allowed)}`);
  }
  return percent / 100;
}

function printed(value: number): string {
  return String(Number(value.toPrecision(3)));
}
