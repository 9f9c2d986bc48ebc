import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ObjectFact, ServiceFact } from '../facts';
import { below, texts } from '../facts/read';
import { type ClusterNetwork, TargetCluster } from '../values';
import { NODE_PORTS, whole } from '../values/bounds';
import { at, invalid } from '../values/invalid';
import { networkPeer } from './completions';
import { calicoRules } from './engines/calico-rules';
import { FencedManifest } from './fenced-app';
import { allowIn } from './fences';
import { checkHostPolicies, emitHostPolicy } from './host-policy';
import { Peer, type WorkloadPeer } from './peer';
import type { NodePortGuardProps } from './props';

/** Before policies that others make for the same hosts. */
const ORDER = 10;

/**
 * A NodePort that only some networks reach.
 *
 * Emits a GlobalNetworkPolicy that is asked before addresses are translated (`preDNAT`): after that a connection has the port of a pod, and no policy can tell by which way
 * it came. It speaks of this port alone, and denies nothing else. In a fence of the app it allows what pods see then: the addresses of nodes, or those of clients where
 * the Service keeps them. The hosts have to be known to Calico as HostEndpoints, by a `HostFence` or automatically.
 *
 * Findings: network/host-policy-without-host
 *
 * @see https://docs.tigera.io/calico/latest/network-policy/services/kubernetes-node-ports
 *
 * @example
 * import { Chart, Size } from 'cdk8s';
 * import { ClusterNetwork, Exposure, HealthCheck, HostSet, NodePortGuard, ProductionApp, Resources, TargetCluster, WebApp } from 'cdk8s-patterns';
 *
 * const network = ClusterNetwork.of({ calico: '3.31', nodes: ['192.0.2.0/24'], pods: ['10.244.0.0/16'] });
 * const shop = new Chart(new ProductionApp({ target: TargetCluster.of({ network }) }), 'shop', { namespace: 'shop' });
 * const frontend = new WebApp(shop, 'frontend', {
 *   image: 'registry.example.com/frontend:1.0.0',
 *   port: 8080,
 *   resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
 *   health: HealthCheck.http('/ready', { alivePath: '/live' }),
 * });
 * frontend.expose(Exposure.nodePort({ nodePort: 31852 }));
 * new NodePortGuard(shop, 'guard', {
 *   app: frontend,
 *   nodePort: 31852,
 *   allowFrom: ['198.51.100.0/24'],
 *   hosts: HostSet.labelled({ role: 'edge' }),
 * });
 */
export class NodePortGuard extends Construct {
  /**
   * Guards a NodePort.
   *
   * @param scope a chart, or a construct in one
   * @param id names the construct
   * @param props the app, its port on the nodes, and who may connect
   * @throws if the app has no Service with that NodePort, a network is none, or the target lacks Calico, its networks or preDNAT
   */
  public constructor(scope: Construct, id: string, props: NodePortGuardProps) {
    super(scope, id);
    const { nodePort, allowFrom, hosts, admitsCluster = true } = props;
    const target = TargetCluster.find(this);
    at(this, () => {
      checkHostPolicies('NodePortGuard', target, 'preDNAT');
      whole('nodePort', nodePort, NODE_PORTS);
      const { network } = target;
      const customers = allowFrom.map((one) => Peer.cidr(one)._intent);
      if (customers.length === 0) throw invalid('allowFrom', 'nobody may connect', "use ['198.51.100.0/24']");
      const cluster = admitsCluster ? [...needed('nodes', network?.nodes), ...needed('pods', network?.pods)] : [];
      const service = this.guarded(props);
      const seen = service.keepsClientAddress
        ? customers
        : [...needed('nodes', network?.nodes), ...tunnelsOf(network)].map(networkPeer);
      for (const from of seen) allowIn(this, { from, to: service.app, ports: [service.port] });
      const open = [{ port: nodePort, protocol: service.port.protocol }];
      emitHostPolicy(this, 'Policy', `node-port-${nodePort}`, () => ({
        order: ORDER,
        preDNAT: true,
        applyOnForward: true,
        selector: hosts._selector,
        types: ['Ingress'],
        ingress: [
          ...calicoRules({ peers: [...customers, ...cluster.map(networkPeer)], ports: open }, 'source', ''),
          { action: 'Deny', protocol: service.port.protocol, destination: { ports: [nodePort] } },
        ],
      }));
    });
  }

  /** The Service whose port on the nodes it is, and the port of the pods behind it. */
  private guarded({ app, nodePort }: NodePortGuardProps) {
    const peer = Peer.workload(app)._intent as WorkloadPeer;
    const labels = podLabelsOf(peer);
    const services = this.node.root.node.findAll().flatMap((construct) => {
      if (!(construct instanceof ApiObject) || construct.kind !== 'Service') return [];
      const source = { manifest: construct.toJson() };
      const service = ServiceFact.read(source, new ObjectFact(source));
      const isMeant = service?.namespace === peer.namespace && service.selector.matches(labels);
      return isMeant ? [service] : [];
    });
    const ports = services.flatMap((service) => service.ports.map((port) => ({ service, port })));
    const found = ports.find(({ port }) => port.nodePort === nodePort);
    if (found === undefined) {
      const fixed = ports.flatMap(({ port }) => port.nodePort ?? []);
      const has = fixed.length === 0 ? 'no Service of it has a fixed one' : `its Services have ${fixed.join(', ')}`;
      const fix = `use ${peer.name}.expose(Exposure.nodePort({ nodePort: ${nodePort} })), before the guard`;
      throw invalid('nodePort', `${peer.namespace}/${peer.name} has no NodePort ${nodePort}: ${has}`, fix);
    }
    const { number: port, target: targetPort, protocol } = found.port;
    const keepsClientAddress = found.service.spec.externalTrafficPolicy === 'Local';
    const behind = FencedManifest.of(peer.construct).targetOf({ port, targetPort, protocol });
    return { app: peer, port: behind, keepsClientAddress };
  }
}

function podLabelsOf({ construct, labels }: WorkloadPeer): Readonly<Record<string, string>> {
  return { ...labels, ...texts(below(ApiObject.of(construct).toJson(), 'spec', 'template', 'metadata', 'labels')) };
}

/** What a node sends on to a pod elsewhere bears the address of its tunnel, where there is one. */
function tunnelsOf(network: ClusterNetwork | undefined): readonly string[] {
  return network?._hasTunnels ? needed('tunnels', network.tunnels) : (network?.tunnels ?? []);
}

const SAMPLES = { nodes: '192.0.2.0/24', pods: '10.244.0.0/16', tunnels: '10.244.11.0/32' };

function needed(field: keyof typeof SAMPLES, networks: readonly string[] | undefined): readonly string[] {
  if (networks !== undefined && networks.length > 0) return networks;
  const fix = `use ClusterNetwork.of({ ${field}: ['${SAMPLES[field]}'] })`;
  throw invalid(`network.${field}`, 'a NodePort needs it, and nothing says it', fix);
}
