import { ClusterNetwork, DataPlane, KubernetesVersion, TargetCluster } from '../../values';

/** What a target may say, in the words of `--target` and of cdk8s.yaml. */
const KEYS = ['kubernetes', 'nodes', 'istio', 'calico', 'data-plane', 'disposable'] as const;

/** What a target may say of products that no rule asks for yet. */
const UNUSED = ['argo-rollouts', 'cilium', 'flagger', 'gateway-api', 'keda', 'kserve'] as const;

/** A target, and what was said of it that no rule reads. */
export interface ReadTarget {
  readonly target: TargetCluster;
  readonly unused: readonly string[];
}

/** A cluster from texts, `{ kubernetes: '1.33', nodes: '6' }`; throws on what it does not know. */
export function readTarget(entries: ReadonlyMap<string, string>): ReadTarget {
  for (const key of entries.keys()) {
    if (!([...KEYS, ...UNUSED] as readonly string[]).includes(key)) {
      throw new Error(`target: \`${key}\` is unknown; known are ${[...KEYS, ...UNUSED].join(', ')}`);
    }
  }
  const kubernetes = entries.get('kubernetes');
  const nodes = entries.get('nodes');
  const disposable = entries.get('disposable');
  if (nodes !== undefined && !/^\d+$/.test(nodes))
    throw new Error(`target: nodes=${nodes} is no whole number; use nodes=6`);
  if (disposable !== undefined && disposable !== 'true' && disposable !== 'false') {
    throw new Error(`target: disposable=${disposable} is neither true nor false`);
  }
  return {
    target: TargetCluster.of({
      kubernetes: kubernetes === undefined ? undefined : KubernetesVersion.of(kubernetes),
      nodes: nodes === undefined ? undefined : Number(nodes),
      istio: entries.get('istio'),
      network: networkOf(entries),
      disposable: disposable === 'true',
    }),
    unused: UNUSED.filter((key) => entries.has(key)),
  };
}

function networkOf(entries: ReadonlyMap<string, string>): ClusterNetwork | undefined {
  const [calico, written] = [entries.get('calico'), entries.get('data-plane')];
  if (calico === undefined && written === undefined) return undefined;
  const planes = Object.values(DataPlane);
  const dataPlane = planes.find((plane) => plane === written);
  if (written !== undefined && dataPlane === undefined) {
    throw new Error(`target: data-plane=${written} is none of ${planes.join(', ')}`);
  }
  return ClusterNetwork.of({ calico, dataPlane });
}

/** `kubernetes=1.33,nodes=6`; throws on what is no list of these. */
export function parseTarget(text: string): ReadTarget {
  const entries = new Map<string, string>();
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [key = '', value = '', ...more] = part.split('=').map((each) => each.trim());
    if (key === '' || value === '' || more.length > 0) {
      throw new Error(`target: \`${part}\` is no key=value; use kubernetes=1.33,nodes=6`);
    }
    if (entries.has(key)) throw new Error(`target: ${key} is given twice`);
    entries.set(key, value);
  }
  return readTarget(entries);
}
