import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { KubernetesVersion } from '../../../lib';
import { Api, Refused } from './api';
import { MUTATIONS, TRIED } from './mutations';
import type { Found, Part } from './parts';

/** On every namespace of a run. */
export const RUN_LABEL = 'cdk8s-patterns/cluster-run';
/** On every node that a run has cordoned. */
export const CORDONED_BY = 'cdk8s-patterns/cordoned-by';

/** By this lease one run has the real nodes, while others wait. */
export const REAL_NODES = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'cdk8s-patterns-real-nodes', namespace: 'default' },
};

const BEAT = 10_000;
const SILENCE = 60_000;
const GOODBYE = 90_000;
/** Set once a run was told to stop. */
export const INTERRUPTED = 'CLUSTER_INTERRUPTED';
export const ENDED_BY_SIGNAL = 130;
/** Set once a run is being closed: nothing new is made then. */
export const CLOSING = 'CLUSTER_CLOSING';

/** A cluster that the suite cannot work with; the message is the whole of what one needs to know. */
export class Unfit extends Error {}

/**
 * One run of the suite on a cluster: finds out what is there, and leaves nothing behind.
 *
 * A lease in the run's own namespace says that it lives. What belongs to a run without one is left over and is taken away.
 */
export class Run {
  /** Opens a run. */
  public static async open(): Promise<Run> {
    const { KUBECONFIG } = process.env;
    if (!KUBECONFIG) throw new Unfit('KUBECONFIG is not set: it names the file with the cluster to write to');
    const file = KUBECONFIG.split(delimiter).find(existsSync);
    if (file === undefined) throw new Unfit(`KUBECONFIG names ${KUBECONFIG}, which is not there`);
    if (TRIED !== undefined && !(TRIED in MUTATIONS)) {
      throw new Unfit(`MUTATION=${TRIED} is none of ${Object.keys(MUTATIONS).join(', ')}`);
    }
    const { proxy, url } = await startProxy();
    try {
      const api = new Api(url);
      const { gitVersion: server } = await versionOf(api);
      const run = new Run(proxy, api, process.env.CLUSTER_RUN ?? `cp-${randomBytes(3).toString('hex')}`, server);
      await run.begin(url).catch(async (error) => {
        await run.sweep((one) => one === run.name).catch(() => undefined);
        throw error;
      });
      return run;
    } catch (error) {
      proxy.kill();
      throw error;
    }
  }

  private facts: Found | undefined;
  private heart: NodeJS.Timeout | undefined;
  private closing: Promise<string | undefined> | undefined;

  private constructor(
    private readonly proxy: ChildProcess,
    private readonly api: Api,
    private readonly name: string,
    private readonly server: string,
  ) {}

  /** What was found. */
  public get found(): Found {
    if (this.facts === undefined) throw new Error('the run is not open');
    return this.facts;
  }

  /** Takes away all that the run has made; says what would not go. */
  public close(): Promise<string | undefined> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<string | undefined> {
    process.env[CLOSING] = 'true';
    clearInterval(this.heart);
    try {
      await this.sweep((run) => run === this.name);
      if (!this.found.parts.includes('controllers')) return undefined;
      const end = Date.now() + GOODBYE;
      for (;;) {
        const left = (await this.namespaces()).filter(({ run }) => run === this.name).map(({ name }) => name);
        if (left.length === 0) return undefined;
        // what was under way when the run was interrupted may have made more
        await this.sweep((run) => run === this.name);
        if (Date.now() > end) return `still there after ${GOODBYE / 1000} s: ${left.join(', ')}`;
        await sleep(500);
      }
    } finally {
      this.proxy.kill();
    }
  }

  private async begin(url: string): Promise<void> {
    const newest = known(this.server);
    await this.makeNamespace();
    await this.beat();
    this.heart = setInterval(() => void this.beat().catch(() => undefined), BEAT).unref();
    const dead = await this.silent();
    if (dead.length > 0) process.stderr.write(`left over, and taken away: ${dead.join(', ')}\n`);
    await this.sweep((run) => dead.includes(run));
    const parts = await this.parts();
    const wanted = (process.env.CLUSTER_REQUIRES ?? '').split(',').filter((part) => part !== '');
    const missing = wanted.filter((part) => !parts.includes(part as Part));
    if (missing.length > 0) throw new Unfit(`CLUSTER_REQUIRES ${missing.join(', ')}, which the cluster does not have`);
    const long = process.env.LONG === 'true';
    this.facts = { run: this.name, api: url, server: this.server, newest, parts, node: await this.node(), long };
  }

  private async makeNamespace(): Promise<void> {
    const labels = { [RUN_LABEL]: this.name };
    try {
      await this.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.name, labels } });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Unfit(`the cluster takes no namespace (${error.said}): the suite needs one that it may write to`);
    }
  }

  private async beat(): Promise<void> {
    const spec = { holderIdentity: this.name, renewTime: new Date().toISOString().replace('Z', '000Z') };
    const metadata = { name: 'alive', namespace: this.name };
    await this.api.apply({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec });
  }

  /** The runs that have said nothing for a while. */
  private async silent(): Promise<string[]> {
    const runs = [...new Set((await this.namespaces()).map(({ run }) => run))].filter((run) => run !== this.name);
    const dead = await Promise.all(runs.map(async (run) => ((await isSilent(this.api, run)) ? [run] : [])));
    return dead.flat();
  }

  private async namespaces(): Promise<{ name: string; run: string }[]> {
    const { items } = await this.api.must('GET', `/api/v1/namespaces?labelSelector=${encodeURIComponent(RUN_LABEL)}`);
    return items.map(({ metadata }: any) => ({ name: metadata.name, run: metadata.labels[RUN_LABEL] }));
  }

  /** Takes away namespaces, and with them the simulated nodes that they own, and lets pods on cordoned nodes again. */
  private async sweep(isMeant: (run: string) => boolean): Promise<void> {
    const { items } = await this.api.must('GET', '/api/v1/nodes');
    for (const { metadata } of items.filter((node: any) => isMeant(node.metadata.annotations?.[CORDONED_BY] ?? ''))) {
      const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: metadata.name } };
      await this.api.merge(node, { metadata: { annotations: { [CORDONED_BY]: null } }, spec: { unschedulable: null } });
    }
    if (isMeant((await holderOf(this.api)) ?? '')) await this.api.delete(REAL_NODES);
    for (const { name, run } of await this.namespaces()) {
      if (isMeant(run)) await this.api.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
  }

  private async parts(): Promise<Part[]> {
    const { items } = await this.api.must('GET', '/api/v1/nodes');
    const ready = items.filter(({ status }: any) =>
      status.conditions?.some(({ type, status: is }: any) => type === 'Ready' && is === 'True'),
    );
    const labelled = (type: string) => ready.filter(({ metadata }: any) => metadata.labels?.type === type).length;
    const { TEST_IMAGE, TEST_CANDIDATE, NGINX_IMAGE, LOAD_NETWORK } = process.env;
    const { RIG_ISTIO, RIG_ENVOY, RIG_MESH, RIG_PROMETHEUS } = process.env;
    const isThere = async (name: string) =>
      (await this.api.find({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })) !== undefined;
    const there: Record<Part, boolean> = {
      controllers: await this.hasControllers(),
      'simulated nodes': labelled('simulated') > 0,
      'real nodes': labelled('real') >= 2,
      'four real nodes': labelled('real') >= 4,
      'test app': Boolean(TEST_IMAGE),
      'next test app': Boolean(TEST_CANDIDATE),
      nginx: Boolean(NGINX_IMAGE),
      'mesh of files': Boolean(RIG_ISTIO && RIG_ENVOY),
      'Argo Rollouts': await isThere('argo-rollouts'),
      Flagger: Boolean(RIG_MESH && RIG_PROMETHEUS) && (await isThere('flagger-system')),
      'policy evaluator': isOnPath('calico-eval'),
      packets: isOnPath('rig-packets') && Boolean(process.env.RIG_FELIX_PID),
      'Calico API': (await this.api.ask('GET', '/apis/projectcalico.org/v3')).status === 200,
      ClusterNetworkPolicy: (await this.api.ask('GET', '/apis/policy.networking.k8s.io/v1alpha2')).status === 200,
      load: Boolean(LOAD_NETWORK),
    };
    return (Object.keys(there) as Part[]).filter((part) => there[part]);
  }

  /** What a real node runs. */
  private async node(): Promise<string | undefined> {
    const { items } = await this.api.must('GET', '/api/v1/nodes?labelSelector=type%3Dreal');
    const info = items[0]?.status.nodeInfo;
    return (
      info &&
      `kubelet ${info.kubeletVersion}, ${info.containerRuntimeVersion.replace('://', ' ')}, Linux ${info.kernelVersion}`
    );
  }

  /** Controllers give a new namespace its service account. */
  private async hasControllers(): Promise<boolean> {
    for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) {
      const { status } = await this.api.ask('GET', `/api/v1/namespaces/${this.name}/serviceaccounts/default`);
      if (status === 200) return true;
    }
    return false;
  }
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/** Waits. */
export function sleep(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}

function startProxy(): Promise<{ proxy: ChildProcess; url: string }> {
  // a group of its own: Ctrl-C in a terminal must not take it away before it was used to clean up
  const proxy = spawn('kubectl', ['proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  process.once('exit', () => proxy.kill());
  return new Promise((done, failed) => {
    let said = '';
    proxy.once('error', () => failed(new Unfit('kubectl is not on the PATH')));
    proxy.once('exit', () => failed(new Unfit(`kubectl proxy: ${said.trim()}`)));
    proxy.stderr.on('data', (text) => {
      said += text;
    });
    proxy.stdout.on('data', (text) => {
      const [, address] = /on (127\.0\.0\.1:\d+)/.exec(String(text)) ?? [];
      if (address !== undefined) done({ proxy, url: `http://${address}` });
    });
  });
}

async function versionOf(api: Api): Promise<{ gitVersion: string }> {
  const { status, body } = await api
    .ask('GET', '/version')
    .catch((error) => ({ status: 0, body: String(error.message) }));
  if (status !== 200) throw new Unfit(`the server does not answer: ${String(body?.message ?? body).trim()}`);
  return body;
}

/** The server's version, which is the newest that it can judge. */
function known(server: string): string {
  try {
    return String(KubernetesVersion.of(server));
  } catch (error) {
    throw new Unfit(`the server is too old or too new: ${(error as Error).message}`);
  }
}

/** Where the leases of a namespace are. */
export function leasesOf(namespace: string): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
}

/** Whether a run has said nothing for a while; one that has just begun has not had the time to. */
export async function isSilent(api: Api, run: string): Promise<boolean> {
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'alive', namespace: run } };
  const beat = (await api.find(lease))?.spec.renewTime;
  const begun = (await api.find({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: run } }))?.metadata
    .creationTimestamp;
  return Date.now() - Date.parse(beat ?? begun ?? new Date(0).toISOString()) > SILENCE;
}

/** The run that has the real nodes. */
export async function holderOf(api: Api): Promise<string | undefined> {
  return (await api.find(REAL_NODES))?.spec.holderIdentity;
}
