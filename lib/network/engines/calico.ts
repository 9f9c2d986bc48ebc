import { type CalicoPolicySpecManifest, type CalicoRuleManifest, emit } from '../../manifests';
import type { TargetCluster } from '../../values';
import { minorOf } from '../../values/cluster-network';
import { invalid } from '../../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../values/labels';
import type { FenceRule } from '../fence-policy';
import type { CalicoFenceOptions } from '../props';
import { calicoRules, expression } from './calico-rules';
import type { Engine } from './engine';

/** Where policies are that name no tier. */
export const DEFAULT_TIER = 'default';
const ORDER = 1000;
/** The policy of the whole namespace is asked after those of its apps: what it logs, none of them allows. */
const WIDE = 1;
const STAGED_SINCE = 30;
const TIERS_SINCE = 29;

/** Calico's own policies. */
export function calico({
  tier = DEFAULT_TIER,
  order = ORDER,
  stage = false,
  logsDenied = false,
}: CalicoFenceOptions): Engine {
  return {
    name: 'calico',
    isStaged: stage,

    check: (target) => checkCalico(target, { tier, stage }),

    emit(scope, id, name, namespace, policy) {
      const head = {
        apiVersion: 'projectcalico.org/v3',
        kind: stage ? 'StagedNetworkPolicy' : 'NetworkPolicy',
        metadata: { name: `${tier}.${name}`, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
      };
      return emit<{ spec: CalicoPolicySpecManifest }>(scope, id, head, {
        spec: () => {
          const { labels, ingress, egress } = policy();
          const log: CalicoRuleManifest[] = labels === undefined && logsDenied ? [{ action: 'Log' }] : [];
          const rulesOf = (rules: readonly FenceRule[], side: 'source' | 'destination') => {
            const all = [...rules.flatMap((rule) => calicoRules(rule, side, namespace)), ...log];
            return all.length === 0 ? undefined : all;
          };
          return {
            ...(stage && { stagedAction: 'Set' as const }),
            tier,
            order: labels === undefined ? order + WIDE : order,
            selector: labels === undefined ? 'all()' : expression(labels),
            types: ['Ingress', 'Egress'],
            ingress: rulesOf(ingress, 'source'),
            egress: rulesOf(egress, 'destination'),
          };
        },
      });
    },
  };
}

/** Refuses what the target's release of Calico does not have. */
export function checkCalico(
  { network }: TargetCluster,
  { tier = DEFAULT_TIER, stage = false }: CalicoFenceOptions,
): void {
  const release = network?.calico;
  if (release === undefined) {
    const fix = "use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })";
    throw invalid('engine', 'nothing says which release of Calico there is', fix);
  }
  const minor = minorOf(release) ?? 0;
  if (stage && minor < STAGED_SINCE) {
    const problem = `staged policies need Calico 3.${STAGED_SINCE} or newer, the target has ${release}`;
    throw invalid('engine: stage', problem, 'remove stage');
  }
  if (tier !== DEFAULT_TIER && minor < TIERS_SINCE) {
    const problem = `tiers need Calico 3.${TIERS_SINCE} or newer, the target has ${release}`;
    throw invalid('engine: tier', problem, 'remove tier');
  }
}
