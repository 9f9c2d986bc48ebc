import { Construct } from 'constructs';
import { type CalicoPolicySpecManifest, type CalicoRuleManifest, emit } from '../manifests';
import { TargetCluster } from '../values';
import { at, invalid } from '../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../values/labels';
import { dnsLabel } from '../values/names';
import { commonCompletions } from './completions';
import { calico, checkCalico, DEFAULT_TIER } from './engines/calico';
import { calicoRules } from './engines/calico-rules';
import { SYSTEM_NAMESPACES } from './intent';
import type { ClusterFenceProps } from './props';

const NAME = 'cluster-fence';
/** After everything that somebody allows. */
const ORDER = 100_000;

/**
 * The default of a cluster: pods of which no policy speaks connect to nobody but the DNS server, and accept nobody. The namespaces of the cluster itself are
 * spared.
 *
 * Emits a GlobalNetworkPolicy of Calico that allows what all pods need and denies nothing by a rule, so that there is nothing to be ordered: in its tier it is asked
 * last, and what no policy of the tier allows is denied at the end. Policies of namespaces in the same tier go on allowing. Needs `network.calico` of the TargetCluster.
 *
 * @see https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { ClusterFence, ClusterNetwork, ProductionApp, TargetCluster } from 'cdk8s-patterns';
 *
 * const target = TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) });
 * new ClusterFence(new Chart(new ProductionApp({ target }), 'platform'), 'defaults', { spares: ['ingress'], stage: true });
 */
export class ClusterFence extends Construct {
  /**
   * Emits the policy.
   *
   * @param scope a chart, or a construct in one
   * @param id names the construct
   * @param props which namespaces are spared, and whether it is only staged
   * @throws if a namespace is no DNS label or spared anyway, or the target lacks Calico or what is asked of it
   */
  public constructor(scope: Construct, id: string, props: ClusterFenceProps = {}) {
    super(scope, id);
    const { spares = [], tier = DEFAULT_TIER, stage = false, logsDenied = false } = props;
    const target = TargetCluster.find(this);
    at(this, () => checkCalico(target, { tier, stage }));
    for (const one of spares) at(this, () => checkSpared(one));
    const spared = [...SYSTEM_NAMESPACES, ...spares];
    const around = { root: this.node.root, namespace: '', target, engine: calico({ tier }), scrapedBy: [] };
    emit<{ spec: CalicoPolicySpecManifest }>(
      this,
      'Resource',
      {
        apiVersion: 'projectcalico.org/v3',
        kind: stage ? 'StagedGlobalNetworkPolicy' : 'GlobalNetworkPolicy',
        metadata: { name: `${tier}.${NAME}`, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
        isOfCluster: true,
      },
      {
        spec: () => {
          const completions = commonCompletions(around);
          const log: CalicoRuleManifest[] = logsDenied ? [{ action: 'Log' }] : [];
          const ingress = completions.flatMap((one) => one.ingress.flatMap((rule) => calicoRules(rule, 'source', '')));
          const egress = completions.flatMap((one) =>
            one.egress.flatMap((rule) => calicoRules(rule, 'destination', '')),
          );
          return {
            ...(stage && { stagedAction: 'Set' as const }),
            tier,
            order: ORDER,
            namespaceSelector: `kubernetes.io/metadata.name not in { ${spared.map((one) => `'${one}'`).join(', ')} }`,
            selector: 'all()',
            types: ['Ingress', 'Egress'],
            ingress: [...ingress, ...log],
            egress: [...egress, ...log],
          };
        },
      },
    );
  }
}

function checkSpared(namespace: string): void {
  dnsLabel('spares', namespace);
  if (!SYSTEM_NAMESPACES.includes(namespace)) return;
  throw invalid('spares', `${namespace} is the cluster's own, and spared anyway`, 'remove it');
}
