import { seconds } from '../values/bounds';
import { invalid } from '../values/invalid';
import { KubernetesFeature, type KubernetesVersion } from '../values/kubernetes-version';
import { dnsLabel } from '../values/names';
import type { SidecarOptions } from './container-props';

/** Which form a sidecar has. */
type Form = 'by version' | 'restartable' | 'classic';

/**
 * A container that helps the app and does not outlive it.
 *
 * The restartable form (an init container with `restartPolicy: Always`) starts before the app, ends after it, and lets a Job
 * complete. The classic form is one more container, which a delay keeps alive until the app has ended.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export class Sidecar {
  /**
   * The restartable form where the target has it (Kubernetes 1.29), else the classic one.
   *
   * @param name DNS label, unique in the pod
   * @param options what it runs, and what it shares with the app
   * @throws if an option contradicts another
   */
  public static of(name: string, options: SidecarOptions): Sidecar {
    return new Sidecar(name, options, 'by version');
  }

  /**
   * The restartable form, or a refusal. Needs Kubernetes 1.29 or newer (native sidecars).
   *
   * @param name DNS label, unique in the pod
   * @param options what it runs, and what it shares with the app
   * @throws if an option contradicts another
   */
  public static restartable(name: string, options: SidecarOptions): Sidecar {
    return new Sidecar(name, options, 'restartable');
  }

  /**
   * The classic form, also where the other one would work. A Job with it never completes.
   *
   * @param name DNS label, unique in the pod
   * @param options what it runs, and what it shares with the app
   * @throws if an option contradicts another
   */
  public static classic(name: string, options: SidecarOptions): Sidecar {
    return new Sidecar(name, options, 'classic');
  }

  /** Name of the container. */
  public readonly name: string;
  /** @internal */
  public readonly _options: SidecarOptions;
  /** @internal */
  public readonly _stopsWithin: number;

  private constructor(
    name: string,
    options: SidecarOptions,
    private readonly form: Form,
  ) {
    this.name = dnsLabel('Sidecar', name);
    const where = `Sidecar ${name}`;
    if (options.startsBeforeApp && options.health?._intent.ready === undefined) {
      throw invalid(where, 'startsBeforeApp needs health, which says when it has started', 'add a health check');
    }
    if (options.reads !== undefined && options.reads === options.writes) {
      throw invalid(where, `reads and writes name the same volume \`${options.reads.name}\``, 'keep writes');
    }
    if (options.startsBeforeApp && form === 'classic') {
      throw invalid(where, 'startsBeforeApp has no effect in the classic form', 'use Sidecar.restartable');
    }
    this._options = options;
    this._stopsWithin = options.stopsWithin === undefined ? 5 : seconds(`${where}: stopsWithin`, options.stopsWithin);
  }

  /**
   * Whether it is restartable on the target.
   *
   * @internal
   */
  public _isRestartable(kubernetes: KubernetesVersion): boolean {
    const where = `Sidecar ${this.name}`;
    if (this.form === 'restartable' || this._options.startsBeforeApp) {
      kubernetes._require(KubernetesFeature.NATIVE_SIDECARS, where, 'use Sidecar.of without startsBeforeApp');
    }
    return this.form !== 'classic' && kubernetes.supports(KubernetesFeature.NATIVE_SIDECARS);
  }
}
