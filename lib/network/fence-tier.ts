import { Construct } from 'constructs';
import { emit, type TierSpecManifest } from '../manifests';
import { TargetCluster } from '../values';
import { whole } from '../values/bounds';
import { minorOf } from '../values/cluster-network';
import { at, invalid } from '../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../values/labels';
import { dnsLabel } from '../values/names';
import type { FenceTierProps } from './props';

const SINCE = 29;
const MOST = 999_999;
/** The first minor release of Calico in which a name is taken, and the last one. */
const RESERVED: Readonly<Record<string, readonly [number, number]>> = {
  default: [0, Number.POSITIVE_INFINITY],
  adminnetworkpolicy: [29, 31],
  baselineadminnetworkpolicy: [29, 31],
  'kube-admin': [32, Number.POSITIVE_INFINITY],
  'kube-baseline': [32, Number.POSITIVE_INFINITY],
};

/**
 * A tier of Calico: policies that are asked together, before those of later tiers.
 *
 * Emits a Tier. Make it once for a cluster, where its owner lives, and name it in `FenceEngine.calico({ tier: 'apps' })`.
 *
 * @see https://docs.tigera.io/calico/latest/reference/resources/tier
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { ClusterNetwork, FenceTier, ProductionApp, TargetCluster } from 'cdk8s-patterns';
 *
 * const target = TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) });
 * new FenceTier(new Chart(new ProductionApp({ target }), 'platform'), 'apps', { order: 500 });
 */
export class FenceTier extends Construct {
  /** Its name, which the names of its policies begin with. */
  public readonly tierName: string;

  /**
   * Emits the tier.
   *
   * @param scope a chart, or a construct in one
   * @param id its name, a DNS label
   * @param props when it is asked
   * @throws if the name is reserved, the order is outside of 1 to 999 999, or the target has no tiers
   */
  public constructor(scope: Construct, id: string, props: FenceTierProps) {
    super(scope, id);
    this.tierName = at(this, () => this.checked(id));
    const order = at(this, () => whole('order', props.order, { min: 1, max: MOST }));
    const metadata = { name: id, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } };
    emit<{ spec: TierSpecManifest }>(
      this,
      'Resource',
      { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata, isOfCluster: true },
      { spec: () => ({ order }) },
    );
  }

  private checked(name: string): string {
    const release = TargetCluster.find(this).network?.calico;
    const minor = minorOf(release) ?? 0;
    if (minor < SINCE) {
      const problem = `tiers need Calico 3.${SINCE} or newer, the target has ${release ?? 'none'}`;
      throw invalid('FenceTier', problem, "use TargetCluster.of({ network: ClusterNetwork.of({ calico: '3.31' }) })");
    }
    const [first, last] = RESERVED[name] ?? [Number.POSITIVE_INFINITY, 0];
    if (first <= minor && minor <= last) throw invalid('FenceTier', `\`${name}\` is Calico's own`, "name it 'apps'");
    return dnsLabel('FenceTier', name);
  }
}
