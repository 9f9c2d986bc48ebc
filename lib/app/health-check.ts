import type { Duration } from 'cdk8s';
import { portNumber, seconds } from '../values/bounds';
import { invalid } from '../values/invalid';

/** What checks have in common. */
export interface HealthCheckOptions {
  /**
   * Worst time from the start of the process until it can serve, 1 second or more. Until then neither readiness nor liveness
   * is asked.
   *
   * Findings: app/liveness-kills-slow-start
   *
   * @default Duration.seconds(60)
   */
  readonly startsWithin?: Duration;

  /**
   * Time from a hang until the kubelet stops the container, at the latest: with the default `timeout` 11 seconds or more, for a
   * command 32. A process that does not react to that is killed `delay` + 5 seconds later, and restarted. Only with a check of
   * liveness.
   *
   * @default - 30 seconds, 32 for a command
   */
  readonly restartsWithin?: Duration;

  /**
   * How long one answer may take, 1 second or more.
   *
   * @default Duration.seconds(2)
   */
  readonly timeout?: Duration;

  /**
   * A restart cures whatever makes the app unready: liveness asks what readiness asks, and acts later.
   *
   * @default false
   */
  readonly restartCures?: boolean;
}

/** Checks over HTTP. */
export interface HttpHealthOptions extends HealthCheckOptions {
  /**
   * A path that answers while a restart would not help; not the one of readiness.
   *
   * @default - no liveness probe: the kubelet restarts the app when its process ends
   */
  readonly alivePath?: string;

  /**
   * Request headers.
   *
   * @default - no headers beyond the kubelet's own
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * The port that answers, 1 to 65535.
   *
   * @default - the app's
   */
  readonly port?: number;
}

/** Checks with the gRPC health protocol. */
export interface GrpcHealthOptions extends HealthCheckOptions {
  /**
   * The service whose health says whether the app can serve.
   *
   * @default - the empty name, which stands for the whole server
   */
  readonly readyService?: string;

  /**
   * The service whose health says that a restart would not help; not the one of readiness.
   *
   * @default - no liveness probe: the kubelet restarts the app when its process ends
   */
  readonly aliveService?: string;

  /**
   * The port that answers, 1 to 65535.
   *
   * @default - the app's
   */
  readonly port?: number;
}

/** Checks by a command in the container. */
export interface CommandHealthOptions extends HealthCheckOptions {
  /**
   * A command that succeeds while a restart would not help; for a `WebApp`, and not the one of readiness.
   *
   * @default - no liveness probe: the kubelet restarts the app when its process ends
   */
  readonly aliveCommand?: string[];
}

/** Checks by a file that a worker touches. */
export interface HeartbeatOptions {
  /**
   * Worst time from the start of the process until the first heartbeat, 1 second or more.
   *
   * @default Duration.seconds(60)
   */
  readonly startsWithin?: Duration;
}

/** What is asked, and on which port where it is not the app's. */
export type Handler =
  | {
      readonly kind: 'http' | 'https';
      readonly path: string;
      readonly port?: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'grpc'; readonly service?: string; readonly port?: number }
  | { readonly kind: 'tcp' }
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** A check, resolved: what is asked for what, and the seconds. */
export interface HealthIntent {
  /** The factory, for messages. */
  readonly name: string;
  readonly ready?: Handler;
  readonly alive?: Handler;
  readonly startsWithin: number;
  readonly restartsWithin?: number;
  readonly timeout: number;
  readonly restartCures: boolean;
  /** The process ends itself when it cannot go on. */
  readonly exitsOnFatal: boolean;
  /** Asks whether the process lives, and cannot say whether it serves. */
  readonly forWorkers: boolean;
  readonly needsShell: boolean;
}

const STARTS_WITHIN = 60;
const RESTARTS_WITHIN = 30;
const TIMEOUT = 2;

/**
 * How to see that a process has started, can serve, and lives.
 *
 * The numbers of the probes are solved from the times that matter: how long a start may take, and how soon a hang must
 * end. Readiness acts before liveness, so that a pod is out of the traffic before it is restarted.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class HealthCheck {
  /**
   * Asks over HTTP; status 200 to 399 is good.
   *
   * @param readyPath answers when the app can serve
   * @param options liveness, and the times
   * @throws if a path is not absolute, the paths are equal, or a time is out of bounds
   */
  public static http(readyPath: string, options: HttpHealthOptions = {}): HealthCheck {
    return new HealthCheck(overHttp('http', readyPath, options));
  }

  /**
   * Asks over HTTPS; the certificate is not verified.
   *
   * @param readyPath answers when the app can serve
   * @param options liveness, and the times
   * @throws if a path is not absolute, the paths are equal, or a time is out of bounds
   */
  public static https(readyPath: string, options: HttpHealthOptions = {}): HealthCheck {
    return new HealthCheck(overHttp('https', readyPath, options));
  }

  /**
   * Asks with the gRPC health protocol.
   *
   * @param options services, liveness, and the times
   * @throws if the services are equal or a time is out of bounds
   * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
   */
  public static grpc(options: GrpcHealthOptions = {}): HealthCheck {
    const where = 'HealthCheck.grpc';
    if (options.port !== undefined) portNumber(`${where}: port`, options.port);
    const handler = (service: string | undefined): Handler => ({ kind: 'grpc', service, port: options.port });
    if (options.aliveService !== undefined && options.aliveService === (options.readyService ?? '')) {
      throw invalid(where, `aliveService \`${options.aliveService}\` is readyService too`, SAME_HANDLER);
    }
    const alive = options.aliveService === undefined ? undefined : handler(options.aliveService);
    return new HealthCheck(resolve(where, handler(options.readyService), alive, options));
  }

  /**
   * Asks whether the app's port accepts connections.
   *
   * The kernel accepts for a process that hangs: where the app can answer a request, ask for one.
   *
   * @param options the times
   * @throws if a time is out of bounds
   */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck(resolve('HealthCheck.tcp', { kind: 'tcp' }, undefined, options));
  }

  /**
   * Runs a command in the container; exit code 0 is good.
   *
   * @param command succeeds when the app can serve; for a `Worker`, while it lives
   * @param options liveness, and the times
   * @throws if the command is empty, the commands are equal, or a time is out of bounds
   */
  public static command(command: string[], options: CommandHealthOptions = {}): HealthCheck {
    const where = 'HealthCheck.command';
    const handler = (words: readonly string[]): Handler => {
      if (words.length === 0) throw invalid(where, 'the command is empty', "give it as ['/bin/check', '--ready']");
      return { kind: 'command', command: [...words] };
    };
    const ready = handler(command);
    const alive = options.aliveCommand && handler(options.aliveCommand);
    if (JSON.stringify(ready) === JSON.stringify(alive)) {
      throw invalid(where, 'aliveCommand is the command of readiness too', SAME_HANDLER);
    }
    return new HealthCheck(resolve(where, ready, alive, options));
  }

  /**
   * Looks at a file that a worker touches while it makes progress, also in the middle of a long task. Needs a shell and `date` in
   * the image.
   *
   * @param file absolute path, on a scratch volume or in `/tmp`
   * @param maxAge oldest heartbeat that is still good, 1 second or more
   * @param options the time until the first heartbeat
   * @throws if the path is not absolute or holds a quote, or a time is out of bounds
   */
  public static heartbeat(file: string, maxAge: Duration, options: HeartbeatOptions = {}): HealthCheck {
    const where = 'HealthCheck.heartbeat';
    if (!/^\/[^'\s]+$/.test(file))
      throw invalid(where, `\`${file}\` is not an absolute path without blanks and quotes`);
    const age = seconds(`${where}: maxAge`, maxAge);
    const command = ['sh', '-c', `[ $(( $(date +%s) - $(date -r '${file}' +%s) )) -le ${age} ]`];
    const intent = resolve(where, { kind: 'command', command }, undefined, options);
    return new HealthCheck({ ...intent, forWorkers: true, needsShell: true });
  }

  /** A worker that ends when it cannot go on: the kubelet restarts it, and there is nothing to ask. */
  public static exitsOnFatal(): HealthCheck {
    const intent = resolve('HealthCheck.exitsOnFatal', undefined, undefined, {});
    return new HealthCheck({ ...intent, exitsOnFatal: true, forWorkers: true });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: HealthIntent;

  private constructor(intent: HealthIntent) {
    this._intent = Object.freeze(intent);
  }
}

/** Failures of liveness until the kubelet restarts the container. */
export const LIVENESS_FAILURES = 3;

/** The fewest seconds between two questions: answers must not overlap, and a command costs a process each time. */
export function shortestPeriod(kind: Handler['kind'] | undefined, timeout: number): number {
  return Math.max(kind === 'command' ? 10 : 1, timeout + 1);
}

/** The fewest seconds in which liveness can act. */
function shortestRestart(kind: Handler['kind'] | undefined, timeout: number): number {
  return LIVENESS_FAILURES * shortestPeriod(kind, timeout) + timeout;
}

/** Seconds in which a hang must end where nobody says otherwise. */
export function defaultRestart(kind: Handler['kind'], timeout: number): number {
  return Math.max(RESTARTS_WITHIN, shortestRestart(kind, timeout));
}

const SAME_HANDLER = 'ask something else, or say restartCures: true';

/** The error where a time for liveness is given, and nothing is asked. */
export function withoutLiveness(name: string): Error {
  const problem = 'restartsWithin has no effect without a check of liveness';
  return invalid(name, problem, 'say what is asked, or restartCures: true');
}

function overHttp(kind: 'http' | 'https', readyPath: string, options: HttpHealthOptions): HealthIntent {
  const where = `HealthCheck.${kind}`;
  if (options.port !== undefined) portNumber(`${where}: port`, options.port);
  const handler = (path: string): Handler => {
    if (!path.startsWith('/')) throw invalid(where, `the path \`${path}\` is not absolute`, `use \`/${path}\``);
    return { kind, path, port: options.port, headers: { ...options.headers } };
  };
  if (options.alivePath === readyPath)
    throw invalid(where, `alivePath \`${readyPath}\` is the path of readiness too`, SAME_HANDLER);
  return resolve(
    where,
    handler(readyPath),
    options.alivePath === undefined ? undefined : handler(options.alivePath),
    options,
  );
}

function resolve(
  name: string,
  ready: Handler | undefined,
  alive: Handler | undefined,
  options: HealthCheckOptions,
): HealthIntent {
  if (options.restartCures && alive) {
    throw invalid(name, 'restartCures has no effect beside a check of liveness of its own', 'give one of them');
  }
  // a command may be that of a worker, where it is the check of liveness
  if (options.restartsWithin && !alive && !options.restartCures && ready?.kind !== 'command') {
    throw withoutLiveness(name);
  }
  const timeout = options.timeout === undefined ? TIMEOUT : seconds(`${name}: timeout`, options.timeout);
  const living = options.restartCures ? ready : alive;
  const shortest = shortestRestart((living ?? ready)?.kind, timeout);
  const asked = options.restartsWithin && seconds(`${name}: restartsWithin`, options.restartsWithin);
  if (asked !== undefined && asked < shortest) {
    const problem = `restartsWithin ${asked}s is below ${shortest}s, the least with a timeout of ${timeout}s`;
    throw invalid(name, problem, `use Duration.seconds(${shortest}) or more`);
  }
  const startsWithin =
    options.startsWithin === undefined ? STARTS_WITHIN : seconds(`${name}: startsWithin`, options.startsWithin);
  return {
    name,
    ready,
    alive: living,
    startsWithin,
    restartsWithin: asked,
    timeout,
    restartCures: options.restartCures ?? false,
    exitsOnFatal: false,
    forWorkers: false,
    needsShell: false,
  };
}
