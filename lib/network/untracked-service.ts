import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { AppProtocol, DeployedApp, type WebAppProps } from '../app';
import { type DeploymentIntent, resolvePorts, resolveWebApp } from '../app/intent';
import { renderHeadless } from '../app/service-manifest';
import { type CalicoRuleManifest, emit, type ServiceSpecManifest } from '../manifests';
import { CountOrPercent } from '../values';
import { at, invalid } from '../values/invalid';
import { calicoRules } from './engines/calico-rules';
import { fencesIn } from './fences';
import { HostSet } from './host';
import { HostFence } from './host-fence';
import { checkHostPolicies, emitHostPolicy } from './host-policy';
import { Peer, type PeerIntent, peerText } from './peer';
import type { UntrackedServiceProps } from './props';

/** Before everything that is asked about tracked connections, and before what others do not track. */
const ORDER = 10;
const CLIENTS: readonly PeerIntent['kind'][] = ['cidr', 'networkSet', 'hosts'];

/**
 * A service for very many short connections, of which Linux keeps no record: a cache that gets tens of thousands in a second fills the table in which a node tracks
 * connections, since each stays there for two minutes, and then the node drops packets of everybody.
 *
 * Emits pods in the network of their nodes, one on each of the hosts, and never two of a release on one; a headless Service, by which clients find the hosts; a
 * GlobalNetworkPolicy with `doNotTrack` for the servers, and one for clients that are hosts, each with the rule for the answers, which belong to nothing that anybody knows.
 * Hosts that no `HostFence` has yet get one. The namespace has to let pods into the network of their node (Pod Security `privileged`). Clients are hosts or networks outside:
 * whatever goes by a ClusterIP, a NodePort or a mesh is translated, and that needs tracking. Whoever takes over a server may connect from its port to all clients.
 *
 * Findings: network/untracked-behind-service, network/untracked-on-all-interfaces, network/untracked-without-mirror
 *
 * @see https://docs.tigera.io/calico/latest/network-policy/extreme-traffic/high-connection-workloads
 *
 * @example
 * import { Chart, Size } from 'cdk8s';
 * import { ClusterNetwork, ConnectionLoad, HealthCheck, Host, Peer, ProductionApp, Resources, TargetCluster, UntrackedService } from 'cdk8s-patterns';
 *
 * const network = ClusterNetwork.of({ calico: '3.31', nodes: ['192.0.2.0/24'], controlPlane: ['192.0.2.10/32'], apiServer: ['192.0.2.10:6443'] });
 * const cache = new Chart(new ProductionApp({ target: TargetCluster.of({ network }) }), 'cache', { namespace: 'cache' });
 * new UntrackedService(cache, 'memcached', {
 *   image: 'registry.example.com/memcached:1.6.39',
 *   port: 11211,
 *   resources: Resources.request({ cpuMillis: 4000, memory: Size.gibibytes(8) }),
 *   health: HealthCheck.tcp(),
 *   hosts: [
 *     Host.of('cache-1', { ip: '192.0.2.21', device: 'eth0' }),
 *     Host.of('cache-2', { ip: '192.0.2.22', device: 'eth0' }),
 *   ],
 *   clients: [Peer.cidr('198.51.100.0/24')],
 *   expects: ConnectionLoad.of({ perSecond: 50_000, simultaneous: 20_000 }),
 * });
 */
export class UntrackedService extends DeployedApp {
  private readonly web: WebAppProps;
  private readonly nodes: readonly string[];

  /**
   * Emits the service.
   *
   * @param scope a chart, or a construct in one
   * @param id names the service unless `name` does
   * @param props what runs, on which hosts, and who connects
   * @throws if there is no host or no client, a client is a pod, a host is there twice, or the target lacks Calico, what hosts need, or doNotTrack
   */
  public constructor(scope: Construct, id: string, props: UntrackedServiceProps) {
    const { hosts, clients, protocol = AppProtocol.TCP, ...common } = props;
    const scale = { replicas: Math.max(1, hosts.length), surge: NONE, rolloutUnavailable: ONE };
    super(scope, id, { ...common, ...scale });
    this.web = { ...common, ...scale, protocol };
    this.nodes = hosts.map(({ name }) => name);
    at(this, () => {
      checkHostPolicies('UntrackedService', this._target, 'doNotTrack');
      this.checkEnds(props);
      this._resolve();
    });
    const ports = resolvePorts(this.web).map((one) => ({ ...one, port: one.number, protocol }));
    emit<{ spec: ServiceSpecManifest }>(this, 'Service', this._head('v1', 'Service'), {
      spec: () => renderHeadless(this.name, ports),
    });
    this.emitPolicies(props);
  }

  /** @internal */
  public override get _isOnHosts(): boolean {
    return true;
  }

  /** @internal */
  protected _resolve(): DeploymentIntent {
    const intent = resolveWebApp(this.web, this._situation);
    // a host has room for one pod with this port, so that nothing has to keep them apart
    return { ...intent, spread: undefined, pod: { ...intent.pod, onNodes: this.nodes } };
  }

  private emitPolicies({ hosts, clients, port }: UntrackedServiceProps): void {
    const { hosts: fenced } = fencesIn(this);
    const open = hosts.filter(({ name, device }) => !fenced.has(`${name} ${device}`));
    const own = `untracked-${Chart.of(this).namespace ?? 'default'}-${this.name}`;
    const servers = HostSet.of(...hosts);
    const [requests, known] = [[{ port, protocol: 'TCP' as const }], clients.map(({ _intent }) => _intent)];
    const incoming = calicoRules({ peers: known, ports: requests }, 'source', '');
    const policies = [this.emitUntracked('Servers', `${own}-servers`, servers._selector, { ingress: incoming })];
    const outgoing = calicoRules({ peers: [Peer.hosts(servers)._intent], ports: requests }, 'destination', '');
    const clientHosts = known.flatMap((client) => (client.kind === 'hosts' ? [client.hosts] : []));
    for (const [index, client] of clientHosts.entries()) {
      const name = `${own}-clients-${index}`;
      policies.push(this.emitUntracked(`Clients-${index}`, name, client._selector, { egress: outgoing }));
    }
    if (open.length === 0) return;
    // what is allowed is there before interfaces are closed
    new HostFence(this, 'Hosts', { hosts: open, name: own }).node.addDependency(...policies);
  }

  /** Requests in one direction, and answers in the other. */
  private emitUntracked(id: string, name: string, selector: string, { ingress, egress }: Requests) {
    return emitHostPolicy(this, id, name, () => ({
      order: ORDER,
      doNotTrack: true,
      applyOnForward: true,
      selector,
      types: ['Ingress', 'Egress'],
      ingress: ingress ?? egress?.map(answer),
      egress: egress ?? ingress?.map(answer),
    }));
  }

  private checkEnds({ hosts, clients }: UntrackedServiceProps): void {
    if (hosts.length === 0) throw invalid('hosts', 'there is none', "use Host.of('n1', { ... })");
    const twice = hosts.find(({ name }, index) => hosts.findIndex((one) => one.name === name) !== index);
    if (twice !== undefined) {
      throw invalid('hosts', `${twice.name} is there twice, and has room for one pod`, 'name it once');
    }
    if (clients.length === 0) throw invalid('clients', 'nobody connects', "use [Peer.cidr('198.51.100.0/24')]");
    const pod = clients.find(({ _intent }) => !CLIENTS.includes(_intent.kind));
    if (pod === undefined) return;
    const problem = `${peerText(pod._intent)} may come by a translated address, and that needs tracking`;
    throw invalid('clients', problem, 'use Peer.cidr(...) or Peer.hosts(...)');
  }
}

interface Requests {
  readonly ingress?: readonly CalicoRuleManifest[];
  readonly egress?: readonly CalicoRuleManifest[];
}

/** The rule for what comes back: both ends exchanged. */
function answer({ source, destination, ...rule }: CalicoRuleManifest): CalicoRuleManifest {
  return {
    ...rule,
    ...(destination !== undefined && { source: destination }),
    ...(source !== undefined && { destination: source }),
  };
}

const NONE = CountOrPercent.count(0);
const ONE = CountOrPercent.count(1);
