import type { Duration } from 'cdk8s';
import { invalid } from './invalid';

/** Limits of a whole number; both ends are allowed. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const ANY: Bounds = { min: 1, max: Number.MAX_SAFE_INTEGER };

/** `value` if it is a whole number within `bounds`. */
export function whole(where: string, value: number, bounds: Bounds = ANY): number {
  if (!Number.isInteger(value)) throw invalid(where, `${value} is not a whole number`);
  if (value < bounds.min || value > bounds.max) {
    const range =
      value < bounds.min && bounds.max === ANY.max ? `below ${bounds.min}` : `outside ${bounds.min} to ${bounds.max}`;
    throw invalid(where, `${value} is ${range}`);
  }
  return value;
}

/** The ports of nodes that Services get, unless the cluster was told otherwise (`--service-node-port-range`). */
export const NODE_PORTS: Bounds = { min: 30_000, max: 32_767 };

/** A duration in whole seconds; Kubernetes knows no smaller unit. */
export function seconds(where: string, duration: Duration, bounds: Bounds = ANY): number {
  const milliseconds = duration.toMilliseconds({ integral: false });
  if (milliseconds % 1000 !== 0) {
    throw invalid(where, `${milliseconds} ms is not a whole number of seconds`, 'use Duration.seconds(...)');
  }
  const value = milliseconds / 1000;
  if (value < bounds.min || value > bounds.max) {
    const range =
      value < bounds.min && bounds.max === ANY.max
        ? `below ${bounds.min}s`
        : `outside ${bounds.min}s to ${bounds.max}s`;
    throw invalid(where, `${value}s is ${range}`);
  }
  return value;
}

/** A TCP or UDP port number. */
export function portNumber(where: string, value: number): number {
  return whole(where, value, { min: 1, max: 65535 });
}
