import { ApiObject } from 'cdk8s';
import { addressAndPort, asNetwork, calledServices, callsServices } from '../facts';
import { fields } from '../facts/read';
import { MeshMode, type TargetCluster } from '../values';
import { invalid } from '../values/invalid';
import { can } from './engines/capabilities';
import type { FenceRule } from './fence-policy';
import { type Fenced, FencedManifest } from './fenced-app';
import type { FenceIntent } from './intent';
import type { PeerIntent } from './peer';
import type { PortIntent } from './port';
import { FenceCompletion } from './props';

/** What is opened for pods although no edge asks for it. */
export interface Completion {
  readonly completion: FenceCompletion;
  readonly reason: string;
  readonly ingress: readonly FenceRule[];
  readonly egress: readonly FenceRule[];
}

const DNS_PORTS: readonly PortIntent[] = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];
const DNS: PeerIntent = { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const ISTIOD: PeerIntent = { kind: 'pods', namespace: 'istio-system', labels: { app: 'istiod' } };
const tcp = (port: number): PortIntent => ({ port, protocol: 'TCP' });
/** Where the ambient mesh takes connections of pods. */
const HBONE = tcp(15008);
/** From where it sends the probes of kubelets. */
const AMBIENT_PROBES: PeerIntent = { kind: 'cidr', network: '169.254.7.127/32' };

/** What all pods of the namespace need. */
export function commonCompletions({ target }: FenceIntent): Completion[] {
  const local = (target.network?.nodeLocalDns ?? []).map(networkPeer);
  const dns = { peers: [DNS, ...local], ports: DNS_PORTS };
  const reason =
    local.length === 0 ? 'names are asked of kube-dns' : 'names are asked of the cache on the node, and of kube-dns';
  return [{ completion: FenceCompletion.DNS, reason, ingress: [], egress: [dns] }, ...meshCompletion(target)];
}

/** What the pods of one app need beside that. */
export function ownCompletions(
  around: FenceIntent,
  { construct, name }: Fenced,
  isKept: (completion: FenceCompletion) => boolean,
): Completion[] {
  if (construct === undefined) return [];
  const manifest = FencedManifest.of(construct);
  return [
    ...(isKept(FenceCompletion.SCRAPES) ? scrapes(around, name, manifest) : []),
    ...(isKept(FenceCompletion.API_SERVER) ? apiServer(around, name, manifest) : []),
    ...(isKept(FenceCompletion.WEBHOOKS) ? webhooks(around, name, manifest) : []),
  ];
}

/** The port of the mesh beside those of an edge: in ambient mode every connection comes by it. */
export function meshPorts({ network }: TargetCluster): readonly PortIntent[] {
  return network?.mesh === MeshMode.AMBIENT ? [HBONE] : [];
}

function meshCompletion({ network }: TargetCluster): Completion[] {
  if (network?.mesh === undefined) return [];
  const common = { completion: FenceCompletion.MESH } as const;
  if (network.mesh === MeshMode.SIDECAR) {
    const istiod = { peers: [ISTIOD], ports: [tcp(15012)] };
    return [{ ...common, reason: 'sidecars get their routes from istiod', ingress: [], egress: [istiod] }];
  }
  const probes = { peers: [AMBIENT_PROBES], ports: [] };
  return [{ ...common, reason: 'the mesh sends the probes of kubelets', ingress: [probes], egress: [] }];
}

function scrapes({ scrapedBy, target }: FenceIntent, name: string, manifest: FencedManifest): Completion[] {
  const { scraped, measuredBy } = manifest;
  const isSidecar = target.network?.mesh === MeshMode.SIDECAR;
  if (measuredBy === 'app' && scraped === undefined) {
    const problem = `the gates of its release ask for metrics of ${name}, and nothing says at which port it shows them`;
    throw invalid('scrapedBy', problem, `use ${name}.monitor()`);
  }
  // sidecars show what they count on two ports of their own
  const ofMesh = isSidecar && (scraped !== undefined || measuredBy === 'mesh') ? [tcp(15020), tcp(15090)] : [];
  const ports = [...(scraped === undefined ? [] : [scraped]), ...ofMesh];
  if (ports.length === 0) return [];
  const reason =
    measuredBy === undefined ? `${name} is monitored` : `the gates of a release look at metrics of ${name}`;
  if (scrapedBy.length === 0) {
    const fix = "use scrapedBy: [Peer.podsIn('monitoring', { 'app.kubernetes.io/name': 'prometheus' })]";
    throw invalid('scrapedBy', `${reason}, and nothing says who scrapes it`, fix);
  }
  return [{ completion: FenceCompletion.SCRAPES, reason, ingress: [{ peers: scrapedBy, ports }], egress: [] }];
}

function apiServer({ engine, target }: FenceIntent, name: string, manifest: FencedManifest): Completion[] {
  if (!manifest.keepsToken) return [];
  const common = { completion: FenceCompletion.API_SERVER, reason: `${name} keeps its token`, ingress: [] } as const;
  if (can(engine.name, 'services')) {
    const service = { namespace: 'default', name: 'kubernetes' };
    return [{ ...common, egress: [{ peers: [], ports: [], service }] }];
  }
  const addresses = target.network?.apiServer ?? [];
  if (addresses.length === 0) {
    const problem = `${name} keeps its token, and nothing says where the API server is`;
    throw invalid(
      'network.apiServer',
      problem,
      "use ClusterNetwork.of({ apiServer: ['192.0.2.10:6443'] }), or keepToken: false",
    );
  }
  const egress = addresses.map((written) => {
    const { address, port } = addressAndPort(written);
    return { peers: [networkPeer(address)], ports: [tcp(port)] };
  });
  return [{ ...common, egress }];
}

/** Who serves an admission webhook or an aggregated API is called by the API server, from addresses that no label has. */
function webhooks({ root, namespace, target }: FenceIntent, name: string, manifest: FencedManifest): Completion[] {
  const called = root.node.findAll().flatMap((construct) => {
    if (!(construct instanceof ApiObject) || !callsServices(construct)) return [];
    return calledServices(fields(construct.toJson()));
  });
  const ports = called.flatMap((service) =>
    service.namespace === namespace ? (manifest.behind(service.name, service.port) ?? []) : [],
  );
  if (ports.length === 0) return [];
  const addresses = target.network?.controlPlane ?? [];
  if (addresses.length === 0) {
    const problem = `the API server calls ${name}, and nothing says from which addresses`;
    throw invalid('network.controlPlane', problem, "use ClusterNetwork.of({ controlPlane: ['192.0.2.0/28'] })");
  }
  const ingress = [{ peers: addresses.map(networkPeer), ports: unique(ports) }];
  return [{ completion: FenceCompletion.WEBHOOKS, reason: `the API server calls ${name}`, ingress, egress: [] }];
}

function unique(ports: readonly PortIntent[]): PortIntent[] {
  return [...new Map(ports.map((one) => [`${one.port}/${one.protocol}`, one])).values()];
}

/** A network, or one address, as an end. */
export function networkPeer(address: string): PeerIntent {
  return { kind: 'cidr', network: asNetwork(address) };
}
