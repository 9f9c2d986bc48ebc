import type { Size } from 'cdk8s';
import { sizeQuantity } from '../values/quantity';
import { absolutePath } from './paths';

/** A volume that lives as long as the pod. */
export interface ScratchOptions {
  /** Where the app sees it. */
  readonly path: string;

  /** What it may hold; a pod that writes more is evicted. */
  readonly sizeLimit: Size;

  /**
   * Keeps it in memory, where it counts against the memory limit of the containers.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/**
 * A volume that is empty when the pod starts and gone when it ends; `addScratch()` of an app makes it.
 *
 * Its size is limited, so that a pod that writes too much is evicted alone, and does not fill the node's disk.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export class Scratch {
  /**
   * Made by the app.
   *
   * @internal
   */
  public static _of(name: string, options: ScratchOptions): Scratch {
    return new Scratch(name, options);
  }

  /** Name of the volume. */
  public readonly name: string;
  /** Where the app sees it. */
  public readonly path: string;
  /**
   * As `emptyDir`.
   *
   * @internal
   */
  public readonly _emptyDir: object;

  private constructor(name: string, options: ScratchOptions) {
    this.name = name;
    this.path = absolutePath('addScratch: path', options.path);
    const sizeLimit = sizeQuantity('addScratch: sizeLimit', options.sizeLimit);
    this._emptyDir = { ...(options.inMemory && { medium: 'Memory' }), sizeLimit };
  }
}
