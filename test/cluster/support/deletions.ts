import type { Manifest } from './api';
import { api, type Namespace } from './cluster';
import { type Load, RATE, underLoad } from './load';
import { sleep } from './run';

/** Seconds. */
const KNOWN = 3;
/** Seconds from one pod to the next: so shortly after a change, nodes put the next one off. */
const SHORTLY = 0.3;
/** Seconds from two pods to the next two: longer than the default delay. */
const PERIOD = 12;

/** A load, and how many milliseconds after its deletion each pod was sent its last request that it answered. */
export interface Deletions {
  readonly load: Load;
  readonly late: number[];
}

/** Applies an app, and deletes so many of its pods, two at a time, while requests arrive. */
export async function deletedUnderLoad(
  namespace: Namespace,
  name: string,
  app: readonly Manifest[],
  count: number,
  path = '/',
): Promise<Deletions> {
  await namespace.apply(app);
  await namespace.rolledOut(name);
  await known();
  const deleted = new Map<string, number>();
  const load = await underLoad(await addressOf(namespace, name, path), RATE, async () => {
    for (let turn = 0; turn < count / 2; turn += 1) {
      const pods = await namespace.pods(`app.kubernetes.io/instance=${name}`);
      pods.sort((a, b) => Date.parse(a.status.startTime) - Date.parse(b.status.startTime));
      for (const { metadata } of pods.slice(0, 2)) {
        deleted.set(metadata.name, Date.now());
        await api.delete(namespace.named('v1', 'Pod', metadata.name));
        await sleep(SHORTLY * 1000);
      }
      await sleep(PERIOD * 1000);
    }
  });
  // an app that does not say which pod answers has no such figures
  const answered = [...deleted].filter(([pod]) => load.pods[pod] !== undefined);
  return { load, late: answered.map(([pod, at]) => Math.max(0, (load.pods[pod]?.lastSentAt ?? at) - at)) };
}

/** Waits until each node knows the endpoints of a roll-out that has just ended. */
export function known(): Promise<void> {
  return sleep(KNOWN * 1000);
}

/** Where a Service of an app answers. */
export async function addressOf(namespace: Namespace, name: string, path = '/'): Promise<string> {
  const { spec } = await api.get(namespace.named('v1', 'Service', name));
  const [{ port }] = spec.ports;
  return `http://${spec.clusterIP}:${port}${path}`;
}
