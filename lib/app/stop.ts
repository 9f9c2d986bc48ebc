import { invalid } from '../values/invalid';
import { KubernetesFeature, type KubernetesVersion } from '../values/kubernetes-version';
import type { ShutdownIntent } from './shutdown';

/** What runs before a container is told to stop. */
export type PreStopIntent =
  | { readonly kind: 'sleep'; readonly seconds: number }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

/** How one container stops. */
export interface StopPlan {
  readonly preStop?: PreStopIntent;
}

/** What has to be known to plan a stop. */
export interface Stopped {
  readonly kubernetes: KubernetesVersion;
  readonly hasShell: boolean;
  readonly container: string;
}

/** The hook, in the order delay, then the request to finish (never the other way round: requests still arrive). */
export function planStop({ stop }: ShutdownIntent, delay: number, stopped: Stopped): StopPlan {
  const { hasShell, container } = stopped;
  const script = stop.signal === undefined ? stop.script : signalScript(stop.signal);
  if (script === undefined) return { preStop: planDelay(delay, stopped) };
  if (!hasShell) {
    const problem = `the stop strategy runs a command, and the image of ${container} has no shell`;
    const image = stop.signal === undefined ? '' : `set STOPSIGNAL ${stop.signal} in the image and `;
    throw invalid('shutdown', problem, `${image}use StopStrategy.sigterm()`);
  }
  const command = delay === 0 ? script : `sleep ${delay}; ${script}`;
  return { preStop: { kind: 'exec', command: ['sh', '-c', command] } };
}

/** A hook that only waits. */
export function planDelay(delay: number, { kubernetes, hasShell, container }: Stopped): PreStopIntent | undefined {
  if (delay === 0) return undefined;
  if (kubernetes.supports(KubernetesFeature.PRE_STOP_SLEEP)) return { kind: 'sleep', seconds: delay };
  if (!hasShell) {
    const problem = `Kubernetes ${kubernetes} delays a stop only by running sleep, and the image of ${container} has none`;
    throw invalid('shutdown', problem, 'use a target of 1.30 or newer, or an image with a shell');
  }
  return { kind: 'exec', command: ['sleep', String(delay)] };
}

/** Sends the signal to the app and waits until it has ended, so that SIGTERM does not cut it off. */
function signalScript(signal: string): string {
  return `kill -s ${signal.slice('SIG'.length)} 1; while kill -0 1; do sleep 1; done`;
}
