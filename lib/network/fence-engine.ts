import { calico } from './engines/calico';
import { clusterNetworkPolicy } from './engines/cluster-network-policy';
import type { Engine } from './engines/engine';
import { kubernetes } from './engines/kubernetes';
import type { CalicoFenceOptions, ClusterNetworkPolicyFenceOptions } from './props';

/** Whose policies a fence is made of. Which engine can do what: docs/fence-engines.md. */
export class FenceEngine {
  /** Kubernetes' own `NetworkPolicy`, which every network plugin with policies understands. */
  public static kubernetes(): FenceEngine {
    return new FenceEngine(kubernetes);
  }

  /**
   * Calico's own policies, in a tier, staged if you like; needs `network.calico` of the TargetCluster.
   *
   * @param options tier, order, staging
   * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
   */
  public static calico(options: CalicoFenceOptions = {}): FenceEngine {
    return new FenceEngine(calico(options));
  }

  /**
   * `ClusterNetworkPolicy` (v1alpha2), for platform teams: namespaces cannot undo it. Knows no networks as sources.
   *
   * @param options tier and priority
   * @throws if the priority is outside of its bounds
   * @see https://network-policy-api.sigs.k8s.io
   */
  public static clusterNetworkPolicy(options: ClusterNetworkPolicyFenceOptions = {}): FenceEngine {
    return new FenceEngine(clusterNetworkPolicy(options));
  }

  private constructor(
    /** @internal */
    public readonly _engine: Engine,
  ) {}
}
