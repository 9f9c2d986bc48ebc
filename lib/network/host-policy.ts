import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CalicoPolicySpecManifest, emit } from '../manifests';
import { DataPlane, type TargetCluster } from '../values';
import { invalid } from '../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../values/labels';
import { checkCalico, DEFAULT_TIER } from './engines/calico';
import { calicoRules } from './engines/calico-rules';
import type { FenceRule } from './fence-policy';
import type { HostFlowIntent } from './host-flow';

/** Emits a policy about hosts. Its name is fixed now; its body is read at each rendering. */
export function emitHostPolicy(
  scope: Construct,
  id: string,
  name: string,
  spec: () => Omit<CalicoPolicySpecManifest, 'tier'>,
): ApiObject {
  const head = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: `${DEFAULT_TIER}.${name}`, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
    isOfCluster: true,
  };
  return emit<{ spec: CalicoPolicySpecManifest }>(scope, id, head, {
    spec: () => ({ tier: DEFAULT_TIER, ...spec() }),
  });
}

/** What is allowed, as rules of one direction. */
export function hostRules(flows: readonly HostFlowIntent[], direction: HostFlowIntent['direction']) {
  const side = direction === 'ingress' ? 'source' : 'destination';
  const own = flows.filter((flow) => flow.direction === direction);
  return own.flatMap(({ peer, ports }) => calicoRules({ peers: [peer], ports } satisfies FenceRule, side, ''));
}

/** Refuses a target without Calico, or whose data plane does not know what is asked for. */
export function checkHostPolicies(where: string, target: TargetCluster, flag?: 'preDNAT' | 'doNotTrack'): void {
  checkCalico(target, {});
  if (flag === undefined || target.network?.dataPlane !== DataPlane.VPP) return;
  throw invalid(where, `the data plane VPP knows no ${flag}`, 'use DataPlane.IPTABLES, NFTABLES or EBPF');
}
