import { parseAllDocuments } from 'yaml';
import { ClusterNetwork, type ClusterNetworkProps, KubernetesVersion, ManifestCheck, TargetCluster } from '../../lib';
import { formatForeign } from '../../lib/findings/format';
import type { Rule } from '../../lib/rules';

/** What a judgement should know of the cluster. */
export interface Cluster {
  readonly kubernetes?: string;
  readonly nodes?: number;
  readonly istio?: string;
  readonly network?: ClusterNetworkProps;
}

/** The objects of a YAML text, frozen: a rule that writes to its input throws. */
export function objects(yaml: string): any[] {
  return parseAllDocuments(yaml, { merge: true }).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return freeze(document.toJS());
  });
}

/** All open findings of a YAML text as one prints them, `Kind name: id: field: problem; fix`. */
export function findings(yaml: string, cluster: Cluster = {}): string[] {
  const kubernetes = cluster.kubernetes === undefined ? undefined : KubernetesVersion.of(cluster.kubernetes);
  const network = cluster.network === undefined ? undefined : ClusterNetwork.of(cluster.network);
  const target = TargetCluster.of({ kubernetes, nodes: cluster.nodes, istio: cluster.istio, network });
  return ManifestCheck.of(objects(yaml), { target }).open.map(formatForeign);
}

/** The findings of one rule; fails if the rule threw. */
export function findingsOf(rule: Rule, yaml: string, cluster: Cluster = rule): string[] {
  const lines = findings(yaml, cluster);
  const crash = lines.find((line) => line.includes(`rule ${rule.id} threw`));
  if (crash !== undefined) throw new Error(crash);
  return lines.filter((line) => line.includes(` ${rule.id}: `));
}

/** `yaml` with `from` replaced by `to`; fails if `from` does not stand there, so that no variation is a copy. */
export function varied(yaml: string, from: string, to: string): string {
  if (!yaml.includes(from)) throw new Error(`no "${from}" in the text to be varied`);
  return yaml.replaceAll(from, to);
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
