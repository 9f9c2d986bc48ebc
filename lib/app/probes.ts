import { invalid } from '../values/invalid';
import {
  defaultRestart,
  type Handler,
  type HealthIntent,
  LIVENESS_FAILURES,
  shortestPeriod,
  withoutLiveness,
} from './health-check';

/** One probe in seconds. */
export interface ProbeIntent {
  readonly handler: Handler;
  /** Number or name; undefined where nothing is asked over the network. */
  readonly port: string | number | undefined;
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
  readonly grace?: number;
}

/** The probes of a container. */
export interface ProbesIntent {
  readonly startup?: ProbeIntent;
  readonly readiness?: ProbeIntent;
  readonly liveness?: ProbeIntent;
}

/** What the probes are for. */
export interface Probed {
  /** Whether requests come, so that readiness matters. */
  readonly serves: boolean;
  /** The port that is asked where the check names none. */
  readonly port?: { readonly name: string; readonly number: number };
  /** Seconds that the preStop hook waits before the process is told to stop. */
  readonly delay: number;
}

const READINESS_PERIOD = 5;
const READINESS_FAILURES = 2;
const LONGEST_STARTUP_PERIOD = 10;
/** A longer start is asked less often: about so many times. */
const STARTUP_QUESTIONS = 15;
/** Seconds that a hung process gets beyond the delay when liveness ends it. */
const LIVENESS_GRACE = 5;

/**
 * Solves the probes.
 *
 * - startup: the kubelet gives up at the last failure, so `(failures - 1) x period >= startsWithin`;
 * - liveness: `failures x period + timeout <= restartsWithin`;
 * - readiness acts before liveness: `failures x period` is smaller.
 */
export function resolveProbes(health: HealthIntent, { serves, port, delay }: Probed): ProbesIntent {
  const { ready, timeout, startsWithin } = health;
  const alive = health.alive ?? (serves ? undefined : ready);
  if (alive === undefined && health.restartsWithin !== undefined) throw withoutLiveness(health.name);
  const probe = (handler: Handler, period: number, failures: number): ProbeIntent => {
    return { handler, port: portOf(health, handler, port), period, timeout, failures };
  };
  const first = alive ?? ready;
  if (first === undefined) return {};
  const startupPeriod = Math.max(
    Math.min(Math.ceil(startsWithin / STARTUP_QUESTIONS), LONGEST_STARTUP_PERIOD),
    timeout + 1,
  );
  const startup = probe(first, startupPeriod, Math.ceil(startsWithin / startupPeriod) + 1);
  const liveness = alive && {
    ...probe(alive, livenessPeriod(health, alive), LIVENESS_FAILURES),
    grace: delay + LIVENESS_GRACE,
  };
  const readiness =
    serves && ready ? probe(ready, readinessPeriod(ready, timeout, liveness), READINESS_FAILURES) : undefined;
  return { startup, readiness, liveness };
}

function livenessPeriod({ restartsWithin, timeout }: HealthIntent, { kind }: Handler): number {
  return Math.floor(((restartsWithin ?? defaultRestart(kind, timeout)) - timeout) / LIVENESS_FAILURES);
}

function readinessPeriod({ kind }: Handler, timeout: number, liveness: ProbeIntent | undefined): number {
  const latest = liveness === undefined ? Number.POSITIVE_INFINITY : liveness.failures * liveness.period;
  const wanted = Math.min(READINESS_PERIOD, Math.ceil(latest / READINESS_FAILURES) - 1);
  return Math.max(wanted, shortestPeriod(kind, timeout));
}

function portOf(health: HealthIntent, handler: Handler, port: Probed['port']): string | number | undefined {
  if (handler.kind === 'command') return undefined;
  const own = handler.kind === 'tcp' ? undefined : handler.port;
  if (own !== undefined) return own;
  if (port === undefined)
    throw invalid(health.name, 'there is no single port to ask', 'give ports, or port to the check');
  return handler.kind === 'grpc' ? port.number : port.name;
}
