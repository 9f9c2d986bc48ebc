import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { api, type Namespace, until } from './cluster';
import { found } from './parts';
import { CORDONED_BY } from './run';

const DRILL_LABEL = 'cdk8s-patterns/drill';
const TYPE_LABEL = 'type';

/** How a drain ended. */
export interface Drained {
  readonly ended: boolean;
  readonly seconds: number;
  /** The last thing that was said. */
  readonly said: string;
}

/** Nodes that the pods of a drill run on. */
export class Nodes {
  /** Makes simulated nodes, in so many zones in turn, where nobody else's pods run; they go with the namespace. */
  public static async simulated(
    namespace: Namespace,
    count: number,
    { group = 'node', zones = 3 } = {},
  ): Promise<Nodes> {
    const drill = `${namespace.name}-${group}`;
    const names = Array.from({ length: count }, (_, index) => `${drill}-${index}`);
    const kubelet = await simulatedKubelet();
    const node = (name: string, index: number) => ({
      ...named(name),
      metadata: {
        name,
        annotations: { kubelet },
        labels: {
          [TYPE_LABEL]: 'simulated',
          [DRILL_LABEL]: drill,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/hostname': name,
          'topology.kubernetes.io/zone': `zone-${index % zones}`,
        },
        ownerReferences: [namespace.owner],
      },
      spec: { taints: [{ key: DRILL_LABEL, value: drill, effect: 'NoSchedule' }] },
      status: { capacity: SHAPE, allocatable: SHAPE },
    });
    await Promise.all(names.map((name, index) => api.must('POST', '/api/v1/nodes', node(name, index))));
    const nodes = new Nodes(names, drill, { [DRILL_LABEL]: drill });
    await until(`${count} simulated nodes are ready`, 60, async () => {
      const all = await nodes.all();
      return all.length === count && all.every(isUsable) ? all : undefined;
    });
    return nodes;
  }

  /** The real nodes, for one group of the namespace's pods. */
  public static async real(namespace: Namespace, group = 'pods'): Promise<Nodes> {
    const selector = { [TYPE_LABEL]: 'real' };
    const all = await nodesWith(selector);
    return new Nodes(all.map(({ metadata }) => metadata.name).sort(), `${namespace.name}-${group}`, selector);
  }

  private constructor(
    public readonly names: readonly string[],
    private readonly drill: string,
    private readonly selector: Readonly<Record<string, string>>,
  ) {}

  /** What puts an app's pods on these nodes, and tells its drain which pods are meant. */
  public get placement() {
    return {
      nodeSelector: this.selector,
      tolerations: [{ key: DRILL_LABEL }],
      podLabels: { [DRILL_LABEL]: this.drill },
    };
  }

  /** The same for a pod template in Kubernetes' words. */
  public get pod() {
    const { nodeSelector, podLabels } = this.placement;
    return { labels: podLabels, spec: { nodeSelector, tolerations: [{ key: DRILL_LABEL, operator: 'Exists' }] } };
  }

  /** The nodes as they are now. */
  public async all(): Promise<any[]> {
    return nodesWith(this.selector);
  }

  /** Lets no further pods on a node. */
  public async cordon(name: string): Promise<void> {
    const annotations = { [CORDONED_BY]: found().run };
    await api.merge(named(name), { metadata: { annotations }, spec: { unschedulable: true } });
  }

  /** Lets pods on a node again that was cordoned by this run. */
  public async uncordon(name: string): Promise<void> {
    const { metadata } = await api.get(named(name));
    if (metadata.annotations?.[CORDONED_BY] !== found().run) return;
    const annotations = { [CORDONED_BY]: null };
    await api.merge(named(name), { metadata: { annotations }, spec: { unschedulable: null } });
  }

  /** Lets pods on all nodes again. */
  public async uncordonAll(): Promise<void> {
    for (const name of this.names) await this.uncordon(name);
  }

  /** What `kubectl drain` does in so many seconds. */
  public async drain(name: string, seconds: number): Promise<Drained> {
    const since = Date.now();
    await this.cordon(name);
    const options = ['--ignore-daemonsets', '--delete-emptydir-data', `--pod-selector=${DRILL_LABEL}=${this.drill}`];
    const { ended, text } = await promisify(execFile)('kubectl', [
      'drain',
      name,
      ...options,
      `--timeout=${seconds}s`,
    ]).then(
      ({ stdout }) => ({ ended: true, text: stdout }),
      ({ stderr }) => ({ ended: false, text: String(stderr) }),
    );
    const said = text.trim().split('\n').at(-1) ?? '';
    // anything but patience that came to its end is no word on the drain
    if (!ended && !said.includes('global timeout reached')) throw new Error(`kubectl drain ${name}: ${said}`);
    return { ended, said, seconds: Math.round((Date.now() - since) / 100) / 10 };
  }
}

const SHAPE = { cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi' };

/** Asks the server to let one pod go, as a drain does: 201, 429 (a budget refuses) or 500 (two budgets). */
export async function evict(namespace: Namespace, pod: string): Promise<{ status: number; said: string }> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: namespace.name } };
  const path = `/api/v1/namespaces/${namespace.name}/pods/${pod}/eviction`;
  const { status, body } = await api.ask('POST', path, eviction);
  return { status, said: String(body?.message ?? '') };
}

function named(name: string) {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name } };
}

async function nodesWith(labels: Readonly<Record<string, string>>): Promise<any[]> {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const { items } = await api.must('GET', `/api/v1/nodes?labelSelector=${encodeURIComponent(selector.join(','))}`);
  return items;
}

/** What KWOK's configuration wants to know of a node: the version that its kubelet claims to have. */
async function simulatedKubelet(): Promise<string> {
  const [like] = await nodesWith({ [TYPE_LABEL]: 'simulated' });
  return like?.metadata.annotations?.kubelet ?? found().server;
}

function isUsable({ spec, status }: any): boolean {
  const isReady = status.conditions?.some(({ type, status: is }: any) => type === 'Ready' && is === 'True');
  return isReady && !spec.taints?.some(({ key }: any) => key.startsWith('node.kubernetes.io/'));
}
