import { Chart } from 'cdk8s';
import { KubernetesVersion, ProductionApp, TargetCluster, type TargetClusterProps } from '../../../lib';
import { objects } from '../../support/rules';
import { Api, type Manifest } from './api';
import { mutated, TRIED } from './mutations';
import { found } from './parts';
import { CLOSING, RUN_LABEL, sleep } from './run';

/** The API of the cluster. */
export const api = new Api(found().api);

/** A namespace for the tests of one file. */
export class Namespace {
  /**
   * Makes a namespace before the first test of the file, and takes it away after the last.
   *
   * @param name what the file tests
   * @param level the level of Pod Security that the server enforces
   */
  public static forThisFile(name: string, level: 'restricted' | 'privileged' = 'restricted'): Namespace {
    const namespace = Namespace.unmade(name, level);
    beforeAll(() => namespace.make());
    afterAll(() => namespace.delete());
    return namespace;
  }

  /** A namespace that somebody else makes and takes away. */
  public static unmade(name: string, level: 'restricted' | 'privileged' = 'restricted'): Namespace {
    return new Namespace(`${found().run}-${name}`, level);
  }

  private uid = '';

  private constructor(
    public readonly name: string,
    private readonly level: 'restricted' | 'privileged',
  ) {}

  /** Makes it; in a cluster with controllers it has its service account then. */
  public async make(): Promise<void> {
    if (process.env[CLOSING] !== undefined) throw new Error('the run is being closed');
    const labels = { [RUN_LABEL]: found().run, ...levels(this.level) };
    const { metadata } = await api.apply({ ...NAMESPACE, metadata: { name: this.name, labels } });
    this.uid = metadata.uid;
    if (!found().parts.includes('controllers')) return;
    await until('the service account', 20, () => api.find(this.named('v1', 'ServiceAccount', 'default')));
  }

  /** Takes it away, and the nodes that it owns. */
  public async delete(): Promise<void> {
    await api.delete({ ...NAMESPACE, metadata: { name: this.name } });
  }

  /** By this, an object outside of the namespace goes with it. */
  public get owner(): object {
    return { ...NAMESPACE, name: this.name, uid: this.uid };
  }

  /** What names an object in here. */
  public named(apiVersion: string, kind: string, name: string): Manifest {
    return { apiVersion, kind, metadata: { name, namespace: this.name } };
  }

  /** Applies objects, each in here whatever namespace it names. */
  public async apply(manifests: readonly Manifest[]): Promise<Manifest[]> {
    const stored: Manifest[] = [];
    for (const manifest of manifests) stored.push(await api.apply(this.own(manifest)));
    return stored;
  }

  /** The object in here. */
  public own(manifest: Manifest): Manifest {
    return { ...manifest, metadata: { ...manifest.metadata, namespace: this.name } };
  }

  /** The pods with a label, those that end left out unless they are wanted too. */
  public async pods(selector = '', { ending = false } = {}): Promise<any[]> {
    const path = `/api/v1/namespaces/${this.name}/pods?labelSelector=${encodeURIComponent(selector)}`;
    const { items } = await api.must('GET', path);
    return items.filter(({ metadata, status }: any) => {
      return ending || (metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status.phase));
    });
  }

  /** The pods with a label as they were in the end, once so many are gone. */
  public async goneOf(selector: string, count: number, seconds: number, stop: () => Promise<void>): Promise<any[]> {
    const path = `/api/v1/namespaces/${this.name}/pods?labelSelector=${encodeURIComponent(selector)}`;
    const gone: any[] = [];
    const enough = new AbortController();
    const patience = setTimeout(
      () => enough.abort(new Error(`not within ${seconds} s: ${count} pods are gone`)),
      seconds * 1000,
    );
    const events = api.watch(path, enough.signal);
    try {
      const first = events.next();
      await stop();
      for (let event = await first; !event.done; event = await events.next()) {
        if (event.value.type === 'DELETED') gone.push(event.value.object);
        if (gone.length === count) break;
      }
      return gone;
    } finally {
      clearTimeout(patience);
      enough.abort();
    }
  }

  /** Waits until a Deployment has rolled out. */
  public async rolledOut(name: string, seconds = 90): Promise<any> {
    let reason = '';
    return until(
      `${name} has rolled out`,
      seconds,
      async () => {
        const { metadata, spec, status } = await api.get(this.named('apps/v1', 'Deployment', name));
        const { observedGeneration, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
        const isDone =
          observedGeneration === metadata.generation &&
          [replicas, updatedReplicas, availableReplicas].every((count) => count === (spec.replicas ?? 1));
        if (isDone) return status;
        reason = (status.conditions ?? []).map(({ type, message }: any) => `${type}: ${message}`).join(' ');
        return undefined;
      },
      () => reason,
    );
  }

  /** What the library emits for an app of this namespace: `compose` adds to the chart. */
  public emitted(compose: (chart: Chart) => void, target: TargetClusterProps = {}): Manifest[] {
    const kubernetes = KubernetesVersion.of(found().newest);
    const app = new ProductionApp({ target: TargetCluster.of({ kubernetes, ...target }) });
    compose(new Chart(app, 'drill', { namespace: this.name }));
    return mutated(objects(app.synthYaml()), ...(TRIED === undefined ? [] : [TRIED]));
  }
}

function levels(level: string): Record<string, string> {
  return { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/warn': level };
}

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace' };

const PAUSE = 200;

/** Asks until there is an answer; after `seconds` it says what was waited for, and what `last` knows of it. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined>,
  last = () => '',
): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; await sleep(PAUSE)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what} ${last()}`);
  }
}

/** Whether a pod is ready. */
export function isReady(pod: any): boolean {
  return pod.status.conditions?.some(({ type, status }: any) => type === 'Ready' && status === 'True') === true;
}
