import type { Size } from 'cdk8s';
import { invalid } from './invalid';

const FACTOR = new Map(
  Object.entries({
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    '': 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    P: 1e15,
    E: 1e18,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
    Pi: 2 ** 50,
    Ei: 2 ** 60,
  }),
);

/**
 * The number that a resource quantity stands for (`200m` is 0.2, `1Ki` is 1024), or undefined if it is none.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const match =
    typeof value === 'string' ? /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([a-zA-Z]*))$/.exec(value) : null;
  if (!match) return undefined;
  if (match[2]) return Number(match[1] + match[2]);
  const factor = FACTOR.get(match[3] ?? '');
  return factor === undefined ? undefined : Number(match[1]) * factor;
}

/** `256Mi`; sizes of less than a mebibyte, or of a part of one, are written in kibibytes. */
export function sizeQuantity(where: string, size: Size): string {
  const kibibytes = size.toKibibytes();
  if (!(kibibytes > 0)) throw invalid(where, `a size of ${kibibytes} KiB is not above 0`);
  if (kibibytes % 1024 !== 0) return `${kibibytes}Ki`;
  const mebibytes = kibibytes / 1024;
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/** `200m`; whole cores without a suffix. */
export function cpuQuantity(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}
