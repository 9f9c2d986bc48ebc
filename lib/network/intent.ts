import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { TargetCluster } from '../values';
import { invalid } from '../values/invalid';
import { isEnd } from './edges';
import { type Capability, callsThat, can } from './engines/capabilities';
import type { Engine } from './engines/engine';
import { FenceEngine } from './fence-engine';
import { type Edge, fencesIn } from './fences';
import { type PeerIntent, peerText } from './peer';
import type { NamespaceFenceProps } from './props';

/** A fence in plain words, but for its edges, of which there may be more at any time. */
export interface FenceIntent {
  readonly root: IConstruct;
  readonly namespace: string;
  readonly target: TargetCluster;
  readonly engine: Engine;
  readonly scrapedBy: readonly PeerIntent[];
}

/** Whose pods everybody else needs. */
export const SYSTEM_NAMESPACES: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'calico-system',
  'calico-apiserver',
  'tigera-operator',
];

/** Resolves a fence around the namespace of its chart. */
export function resolve(scope: Construct, props: NamespaceFenceProps): FenceIntent {
  const { engine = FenceEngine.kubernetes(), scrapedBy = [] } = props;
  const namespace = fenceable(scope);
  const target = TargetCluster.find(scope);
  engine._engine.check(target);
  const peers = scrapedBy.map(({ _intent }) => _intent);
  return Object.freeze({ root: scope.node.root, namespace, target, engine: engine._engine, scrapedBy: peers });
}

/** Refuses an edge that is none of the namespace's, or whose ends the engine does not know. */
export function checkEdge({ namespace, engine }: FenceIntent, { from, to }: Edge): void {
  if (!isEnd(namespace, from) && !isEnd(namespace, to)) {
    const problem = `neither ${peerText(from)} nor ${peerText(to)} lies in namespace ${namespace}`;
    throw invalid('allow', problem, 'allow it where one of them lies');
  }
  const asked: readonly (readonly [Capability, boolean, string])[] = [
    ['cidrSources', from.kind === 'cidr', peerText(from)],
    ['hosts', [from, to].some(({ kind }) => kind === 'hosts'), 'nodes by their HostEndpoints'],
    ['networkSets', [from, to].some(({ kind }) => kind === 'networkSet'), 'networks by labels'],
  ];
  for (const [capability, isAsked, what] of asked) {
    if (isAsked && !can(engine.name, capability)) {
      throw invalid('allow', `${engine.name} does not know ${what}`, `use ${callsThat(capability)}`);
    }
  }
}

function fenceable(scope: Construct): string {
  const where = 'NamespaceFence';
  const { namespace } = Chart.of(scope);
  if (namespace === undefined) {
    throw invalid(where, 'its chart has no namespace', "use new Chart(app, 'shop', { namespace: 'shop' })");
  }
  if (SYSTEM_NAMESPACES.includes(namespace)) {
    const problem = `${namespace} is the cluster's own: a fence there takes DNS or policies from everybody`;
    throw invalid(where, problem, 'fence the namespaces of apps');
  }
  const other = fencesIn(scope).byNamespace.get(namespace);
  if (other === undefined) return namespace;
  throw invalid(where, `${namespace} is fenced by ${other.path} already`, 'allow there what you want to allow');
}
