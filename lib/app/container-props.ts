import type { Duration, Size } from 'cdk8s';
import type { Resources } from '../values';
import type { HealthCheck } from './health-check';
import type { Scratch } from './scratch';

/** When the image is pulled. */
export enum PullPolicy {
  /** At each start; the registry must be there. */
  ALWAYS = 'Always',
  /** When the node does not have it. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never; somebody else brings it to the node. */
  NEVER = 'Never',
}

/** What every container has. */
export interface ContainerProps {
  /**
   * The image, with a tag or a digest.
   *
   * Findings: app/image-not-pinned
   */
  readonly image: string;

  /** What the container needs. */
  readonly resources: Resources;

  /**
   * Replaces the image's entrypoint.
   *
   * Findings: app/shell-swallows-sigterm
   *
   * @default - the image's entrypoint
   */
  readonly command?: string[];

  /**
   * Replaces the image's arguments.
   *
   * @default - the image's arguments
   */
  readonly args?: string[];

  /**
   * Folder in which the process starts.
   *
   * @default - the image's
   */
  readonly workingDirectory?: string;

  /**
   * Environment variables with plain values; `addEnv()` takes those from elsewhere.
   *
   * @default - no variables
   */
  readonly env?: { readonly [name: string]: string };

  /**
   * ConfigMaps whose keys all become environment variables.
   *
   * @default - no ConfigMaps
   */
  readonly envFromConfigMaps?: string[];

  /**
   * Secrets whose keys all become environment variables.
   *
   * @default - no Secrets
   */
  readonly envFromSecrets?: string[];

  /**
   * When the image is pulled.
   *
   * @default - as Kubernetes does: if the node does not have it
   */
  readonly pullPolicy?: PullPolicy;

  /**
   * Whether the image has a shell and `sleep`. Without them nothing that needs a command is emitted, and what cannot be had
   * otherwise is refused.
   *
   * Findings: app/delay-needs-shell, app/probe-needs-shell
   *
   * @default true
   */
  readonly hasShell?: boolean;

  /**
   * Size of the writable `/tmp`; the rest of the root file system is read-only.
   *
   * @default Size.mebibytes(256)
   */
  readonly tmp?: Size;

  /**
   * Lets the process write anywhere in its container.
   *
   * @default false
   */
  readonly writableRoot?: boolean;
}

/** A container that helps the app. */
export interface SidecarOptions extends ContainerProps {
  /**
   * A scratch volume of the app that the sidecar reads, at the same path.
   *
   * @default - it reads no volume
   */
  readonly reads?: Scratch;

  /**
   * A scratch volume of the app that the sidecar writes, at the same path.
   *
   * Findings: app/shared-volume-writers
   *
   * @default - it writes no volume
   */
  readonly writes?: Scratch;

  /**
   * Ports by name.
   *
   * Findings: app/port-taken-twice
   *
   * @default - no ports
   */
  readonly ports?: { readonly [name: string]: number };

  /**
   * How to see that the sidecar has started and lives. Its readiness is not asked: it would decide whether the app gets
   * traffic. A check over the network needs its `port`.
   *
   * @default - no probes
   */
  readonly health?: HealthCheck;

  /**
   * The app starts only when the sidecar has started; needs `health`, and the restartable form.
   *
   * Findings: app/sidecar-starts-late
   *
   * @default false
   */
  readonly startsBeforeApp?: boolean;

  /**
   * How long the sidecar takes to stop, 1 second or more.
   *
   * Findings: app/grace-too-short
   *
   * @default Duration.seconds(5)
   */
  readonly stopsWithin?: Duration;
}

/** A container that ends before the app starts. */
export interface InitContainerOptions extends ContainerProps {
  /**
   * A scratch volume of the app that it reads, at the same path.
   *
   * @default - it reads no volume
   */
  readonly reads?: Scratch;

  /**
   * A scratch volume of the app that it writes, at the same path.
   *
   * @default - it writes no volume
   */
  readonly writes?: Scratch;
}
