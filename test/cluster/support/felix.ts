import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from './api';
import { api } from './cluster';

/** The node that Calico guards on the rig, and those around it; a NodePort of the node leads to the pod. */
export const FELIX = {
  node: 'felix-node',
  device: 'eth0',
  address: '10.89.1.1',
  network: '10.89.1.0/24',
  clients: ['10.89.1.2', '10.89.1.3'],
  servicePort: 9000,
  nodePort: 30080,
  pod: '10.89.2.2',
  podPort: 8080,
} as const;

/** A place in the network, from which connections are opened. */
export type Place = 'node' | 'client';

/** How many of some new connections are answered. */
export function answered(
  at: Place,
  {
    from,
    to,
    port,
    protocol = 'tcp',
    count = 1,
  }: { from: string; to: string; port: number; protocol?: string; count?: number },
): number {
  const script = join(__dirname, 'connections.mjs');
  const text = inside(at, ['node', script, from, to, String(port), String(count), protocol]);
  return Number(text);
}

/** Runs something that answers on ports, as `tcp:10250`; to be ended. */
export async function listening(at: Place, ports: readonly string[]): Promise<ChildProcess> {
  const [command = '', ...more] = enter(at);
  const child = spawn(command, [...more, 'node', join(__dirname, 'listeners.mjs'), ...ports], { stdio: 'ignore' });
  await sleep(500);
  return child;
}

/** Entries of tracked connections to a port of the node. */
export function trackedTo(port: number): number {
  const text = inside('node', ['sh', '-c', `conntrack -L -p tcp --dport ${port} 2>/dev/null | wc -l`]);
  return Number(text);
}

/** Forgets all tracked connections, so that only new ones are judged. */
export function forget(): void {
  inside('node', ['sh', '-c', 'conntrack -F 2>/dev/null']);
}

/** Applies objects one after the other, each for real; waits until the packet filter of the node has come to rest. */
export async function applied(manifests: readonly Manifest[]): Promise<void> {
  for (const manifest of manifests) await api.apply(manifest, { force: true });
  await settled();
}

/** Takes objects away, one after the other. */
export async function removed(manifests: readonly Manifest[]): Promise<void> {
  for (const manifest of manifests) await api.delete(manifest);
  await settled();
}

async function settled(): Promise<void> {
  for (let before = '', times = 0; times < 20; times += 1) {
    await sleep(1000);
    const now = createHash('sha256').update(filter()).digest('hex');
    if (now === before) {
      forget();
      return;
    }
    before = now;
  }
  throw new Error('the packet filter does not come to rest');
}

function filter(): string {
  const text = inside('node', ['sh', '-c', 'iptables-nft-save 2>/dev/null']);
  return text.replace(/^#.*|\[\d+:\d+\]/gm, '');
}

function inside(at: Place, command: readonly string[]): string {
  const [enters = '', ...more] = enter(at);
  return execFileSync(enters, [...more, ...command], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function enter(at: Place): string[] {
  const file = at === 'node' ? process.env.RIG_FELIX_NODE : process.env.RIG_FELIX_CLIENT;
  return ['nsenter', `--net=${file}`];
}
