import type { Size } from 'cdk8s';
import { whole } from './bounds';
import { invalid } from './invalid';
import { cpuQuantity, sizeQuantity } from './quantity';

/** What a container needs, and where its use is cut off. */
export interface ResourceRequest {
  /** CPU that the scheduler reserves, in thousandths of a core; whole, 1 or more. */
  readonly cpuMillis: number;

  /** Memory that the scheduler reserves. */
  readonly memory: Size;

  /**
   * Memory above which the kernel kills the container; not below `memory`.
   *
   * @default - equal to `memory`, so that the node can keep its promise
   */
  readonly memoryLimit?: Size;

  /**
   * CPU above which the container is throttled, in thousandths of a core; not below `cpuMillis`.
   *
   * @default - no limit: idle CPU may be used, and latency does not suffer from throttling
   */
  readonly cpuLimitMillis?: number;

  /**
   * Local disk (writable layer, logs, scratch volumes) that the scheduler reserves.
   *
   * @default - not reserved
   */
  readonly ephemeralStorage?: Size;

  /**
   * Local disk above which the pod is evicted; needs `ephemeralStorage` and is not below it.
   *
   * @default - equal to `ephemeralStorage`
   */
  readonly ephemeralStorageLimit?: Size;
}

/**
 * The resources of one container.
 *
 * Requests are required: without them a node cannot be sized, a pod is the first to be evicted, and an autoscaler that
 * aims at a utilization has nothing to divide by.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export class Resources {
  /**
   * Resources from what the container needs.
   *
   * @param request CPU, memory and, where wanted, limits and local disk
   * @throws if a number is not whole and above 0, or a limit is below its request
   */
  public static request(request: ResourceRequest): Resources {
    return new Resources(request);
  }

  /**
   * As `resources` of a container.
   *
   * @internal
   */
  public readonly _manifest: {
    readonly requests: Record<string, string>;
    readonly limits: Record<string, string>;
  };

  /** @internal */
  public readonly _request: ResourceRequest;

  private constructor(r: ResourceRequest) {
    const where = 'Resources.request';
    whole(`${where}: cpuMillis`, r.cpuMillis);
    const requests: Record<string, string> = {
      cpu: cpuQuantity(r.cpuMillis),
      memory: sizeQuantity(`${where}: memory`, r.memory),
    };
    const limits: Record<string, string> = {};
    if (r.cpuLimitMillis !== undefined) {
      whole(`${where}: cpuLimitMillis`, r.cpuLimitMillis);
      notBelow('cpuLimitMillis', r.cpuLimitMillis, 'cpuMillis', r.cpuMillis, 'm');
      limits.cpu = cpuQuantity(r.cpuLimitMillis);
    }
    limits.memory = sizeQuantity(`${where}: memoryLimit`, limit('memory', r.memory, r.memoryLimit));
    if (r.ephemeralStorage !== undefined) {
      requests['ephemeral-storage'] = sizeQuantity(`${where}: ephemeralStorage`, r.ephemeralStorage);
      limits['ephemeral-storage'] = sizeQuantity(
        `${where}: ephemeralStorageLimit`,
        limit('ephemeralStorage', r.ephemeralStorage, r.ephemeralStorageLimit),
      );
    } else if (r.ephemeralStorageLimit !== undefined) {
      throw invalid(where, 'ephemeralStorageLimit has no effect without ephemeralStorage', 'give both');
    }
    this._request = r;
    this._manifest = Object.freeze({ requests: Object.freeze(requests), limits: Object.freeze(limits) });
  }
}

function limit(name: string, request: Size, given: Size | undefined): Size {
  if (given === undefined) return request;
  notBelow(`${name}Limit`, given.toKibibytes(), name, request.toKibibytes(), ' KiB');
  return given;
}

function notBelow(name: string, value: number, floorName: string, floor: number, unit: string): void {
  if (value >= floor) return;
  throw invalid(
    'Resources.request',
    `${name} ${value}${unit} is below ${floorName} ${floor}${unit}`,
    `raise ${name} to ${floor}${unit} or more`,
  );
}
