import { Construct } from 'constructs';
import { emit, type HostEndpointSpecManifest } from '../manifests';
import { TargetCluster } from '../values';
import { SYNC_WAVE } from '../values/annotations';
import { at, invalid } from '../values/invalid';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../values/labels';
import { dnsLabel } from '../values/names';
import { type DescribedHostFlow, describedFlow, hostFlowsText } from './description';
import { fencesIn } from './fences';
import { HOST_NAME, type Host, HostSet } from './host';
import { hostCompletions } from './host-completions';
import type { HostFlowIntent } from './host-flow';
import { checkHostPolicies, emitHostPolicy, hostRules } from './host-policy';
import type { HostFenceProps } from './props';

const ORDER = 100;
/** What a name of 253 characters leaves beside `default.`. */
const LONGEST_NAME = 245;
/** Policies have none, and Argo CD applies them before what has a later one, and deletes them after it. */
const AFTER_POLICIES = '1';

/** What is allowed to hosts, and why. */
export interface HostFenceDescription {
  /** For people. */
  readonly text: string;
  /** The connections that are allowed. */
  readonly flows: DescribedHostFlow[];
}

/**
 * Nodes whose processes connect to nobody, and accept nobody, but whom you allow, and what a node needs to be one: the kubelet, the API server, names, time,
 * images. What goes through a node to pods is not touched.
 *
 * Emits a GlobalNetworkPolicy, and after it a HostEndpoint for each host: from then on Calico denies what no policy allows. A HostEndpoint that comes before its policy,
 * or stays after it, cuts the node off, so that they have an order: in the file, by sync waves for Argo CD, and with `endpointsIn` by charts. To remove a fence delete the
 * HostEndpoints first. What the node needs is evaluated before anything is written (`network/node-locked-out`).
 *
 * Findings: network/node-locked-out
 *
 * @see https://docs.tigera.io/calico/latest/reference/host-endpoints/overview
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { ClusterNetwork, Host, HostFence, HostFlow, Peer, Port, ProductionApp, TargetCluster } from 'cdk8s-patterns';
 *
 * const network = ClusterNetwork.of({ calico: '3.31', nodes: ['192.0.2.0/24'], controlPlane: ['192.0.2.10/32'], apiServer: ['192.0.2.10:6443'] });
 * const edge = new Chart(new ProductionApp({ target: TargetCluster.of({ network }) }), 'edge');
 * new HostFence(edge, 'edge-nodes', {
 *   hosts: [Host.of('n1', { ip: '192.0.2.11', device: 'eth0', labels: { role: 'edge' } })],
 *   allow: [HostFlow.into(Peer.cidr('192.0.2.0/24'), Port.tcp(9100))],
 * });
 */
export class HostFence extends Construct {
  private readonly flows: readonly HostFlowIntent[];
  private readonly reasons: ReadonlyMap<HostFlowIntent, string>;

  /**
   * Fences hosts.
   *
   * @param scope a chart, or a construct in one
   * @param id names the construct, and the policy unless `name` does
   * @param props the hosts, and what is allowed beside what they need
   * @throws if a host is fenced already, or the target lacks Calico or an address that hosts need
   */
  public constructor(scope: Construct, id: string, props: HostFenceProps) {
    super(scope, id);
    const { hosts, name = id, endpointsIn = this } = props;
    const target = TargetCluster.find(this);
    at(this, () => {
      checkHostPolicies('HostFence', target);
      if (hosts.length === 0) throw invalid('hosts', 'there is none', "use Host.of('n1', { ... })");
      for (const host of hosts) this.take(host);
    });
    const needed = at(this, () => hostCompletions(props, target));
    this.reasons = new Map(needed.map(({ flow, reason }) => [flow, reason]));
    this.flows = [...this.reasons.keys(), ...(props.allow ?? []).map(({ _intent }) => _intent)];
    const policy = emitHostPolicy(
      this,
      'Policy',
      at(this, () => dnsLabel('name', name, LONGEST_NAME)),
      () => ({
        order: ORDER,
        selector: HostSet.of(...hosts)._selector,
        types: ['Ingress', 'Egress'],
        ingress: hostRules(this.flows, 'ingress'),
        egress: hostRules(this.flows, 'egress'),
      }),
    );
    for (const host of hosts) emitHostEndpoint(endpointsIn, host).node.addDependency(policy);
  }

  /** What is allowed, and why. */
  public describe(): HostFenceDescription {
    const flows = this.flows.map((flow) => describedFlow(flow, this.reasons.get(flow)));
    return { text: hostFlowsText(flows), flows };
  }

  private take({ name, device }: Host): void {
    const { hosts } = fencesIn(this);
    const key = `${name} ${device}`;
    const other = hosts.get(key);
    if (other !== undefined) {
      throw invalid(
        'hosts',
        `${device} of ${name} is fenced by ${other} already`,
        'allow there what you want to allow',
      );
    }
    hosts.set(key, this.node.path);
  }
}

/** Calico knows an interface from now on, and denies what no policy allows. */
function emitHostEndpoint(scope: Construct, { name, ip, device, _labels }: Host) {
  const own = `${name}-${device}`.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
  const labels = { ..._labels, [HOST_NAME]: name, [MANAGED_BY_LABEL]: MANAGED_BY };
  const metadata = { name: own, labels, annotations: { [SYNC_WAVE]: AFTER_POLICIES } };
  const head = { apiVersion: 'projectcalico.org/v3', kind: 'HostEndpoint', metadata, isOfCluster: true };
  return emit<{ spec: HostEndpointSpecManifest }>(scope, `Host-${own}`, head, {
    spec: () => ({ node: name, interfaceName: device, expectedIPs: [ip] }),
  });
}
