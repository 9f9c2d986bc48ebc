import type { Duration } from 'cdk8s';
import { seconds } from '../values/bounds';
import { invalid } from '../values/invalid';

/** How pods stop. */
export interface ShutdownOptions {
  /**
   * How long the pod still serves after it was told to stop, until all nodes and proxies know: 1 to 600 seconds.
   *
   * Findings: app/no-shutdown-delay
   *
   * @default - 10 seconds for what receives requests, none for workers and tasks
   */
  readonly delay?: Duration;

  /**
   * The longest work that is in flight then, 1 second or more.
   *
   * @default Duration.seconds(20)
   */
  readonly drain?: Duration;

  /**
   * Time from the request to stop until SIGKILL.
   *
   * Findings: app/grace-too-short, app/grace-beyond-node-limits
   *
   * @default - delay + drain, then each sidecar, and 5 seconds more
   */
  readonly grace?: Duration;

  /**
   * What tells the app to finish.
   *
   * @default StopStrategy.sigterm()
   */
  readonly stop?: StopStrategy;
}

/** How the app is told to finish. */
export interface StopIntent {
  /** A signal other than SIGTERM. */
  readonly signal?: string;
  /** A shell command that returns when the app has finished, or at once. */
  readonly script?: string;
}

/**
 * What tells an app to finish what it has begun and to end.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export class StopStrategy {
  /** SIGTERM, or the image's own STOPSIGNAL: for apps that handle it. */
  public static sigterm(): StopStrategy {
    return new StopStrategy({});
  }

  /**
   * Another signal, sent by a preStop hook, which needs a shell. A STOPSIGNAL in the image does the same without one.
   *
   * @param signal for example `SIGQUIT`
   * @throws if it is no name of a signal, or one that no process can handle
   */
  public static signal(signal: string): StopStrategy {
    if (!SIGNALS.includes(signal)) {
      throw invalid(
        'StopStrategy.signal',
        `\`${signal}\` is not the name of a signal that can be handled`,
        "use 'SIGQUIT'",
      );
    }
    return new StopStrategy({ signal });
  }

  /**
   * A command in the container, run after the delay; SIGTERM follows when it returns. Needs a shell.
   *
   * @param command the words of the command
   * @throws if it is empty
   */
  public static command(command: string[]): StopStrategy {
    if (command.length === 0) throw invalid('StopStrategy.command', 'the command is empty');
    return new StopStrategy({ script: command.map(quoted).join(' ') });
  }

  /**
   * For nginx: SIGTERM would break off its requests, so it is told to quit, and the hook waits until it has. Needs a shell, as the
   * official images have.
   *
   * @param pidFile where nginx writes its process id
   */
  public static nginx(pidFile: string = '/run/nginx.pid'): StopStrategy {
    const file = quoted(pidFile);
    // `nginx -s quit` would read the configuration first, and fail where a name in it cannot be resolved at that moment
    return new StopStrategy({ script: `kill -s QUIT "$(cat ${file})"; while [ -e ${file} ]; do sleep 1; done` });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: StopIntent;

  private constructor(intent: StopIntent) {
    this._intent = Object.freeze(intent);
  }
}

/** What a process can be told: all signals of POSIX but SIGKILL and SIGSTOP. */
const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 PIPE ALRM TERM CHLD CONT TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF POLL SYS WINCH'
    .split(' ')
    .map((name) => `SIG${name}`);

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Seconds, and how the app is told to finish. */
export interface ShutdownIntent {
  /** Undefined: whoever uses it knows whether requests arrive. */
  readonly delay: number | undefined;
  readonly drain: number;
  readonly grace: number | undefined;
  readonly stop: StopIntent;
}

const LONGEST_DELAY = { min: 1, max: 600 };
const DRAIN = 20;

/**
 * How a pod stops without losing what it has begun.
 *
 * Deleting a pod and taking it out of the traffic happen side by side. So the pod serves on for the delay, then finishes
 * what is in flight, then its sidecars end; the grace period covers all of it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export class Shutdown {
  /**
   * Delay, then drain, then the end.
   *
   * @param options the times, and what tells the app to finish
   * @throws if a time is not in whole seconds or out of bounds
   */
  public static graceful(options: ShutdownOptions = {}): Shutdown {
    const where = 'Shutdown.graceful';
    return new Shutdown({
      delay: options.delay && seconds(`${where}: delay`, options.delay, LONGEST_DELAY),
      drain: options.drain === undefined ? DRAIN : seconds(`${where}: drain`, options.drain),
      grace: options.grace && seconds(`${where}: grace`, options.grace),
      stop: (options.stop ?? StopStrategy.sigterm())._intent,
    });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: ShutdownIntent;

  private constructor(intent: ShutdownIntent) {
    this._intent = Object.freeze(intent);
  }
}
