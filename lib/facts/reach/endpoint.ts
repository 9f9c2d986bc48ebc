import { Network } from '../../values/ip-network';
import type { HostEndpointFact } from '../calico-policy';
import type { ObjectFact } from '../object';
import { below, list, text, texts } from '../read';
import type { WorkloadFact } from '../workload';

type Labels = Readonly<Record<string, string>>;

/** A port by its name. */
export interface NamedPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

/** One end of a connection: all pods of a workload, an interface of a node, or an address outside of the cluster. */
export interface Endpoint {
  /** `shop/web`, the name of a HostEndpoint, or the address. */
  readonly name: string;
  /** Undefined for what is no workload. */
  readonly workload: WorkloadFact | undefined;
  /** Undefined for what lies in no namespace. */
  readonly namespace: string | undefined;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  readonly account: string;
  readonly accountLabels: Labels;
  /** Where its addresses lie; none where nobody knows. */
  readonly networks: readonly Network[];
  readonly ports: readonly NamedPort[];
  /** Whose policies hold for it: none do for addresses, nor for pods in the network of their node. */
  readonly kind: 'pod' | 'host' | 'address';
}

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** What the input says of namespaces and accounts, by their names. */
export class Surroundings {
  private readonly namespaces = new Map<string, Labels>();
  private readonly accounts = new Map<string, Labels>();

  public constructor(objects: readonly ObjectFact[]) {
    for (const object of objects) {
      if (object.isOf('', 'Namespace')) this.namespaces.set(object.name, object.labels);
      if (object.isOf('', 'ServiceAccount')) this.accounts.set(`${object.namespace} ${object.name}`, object.labels);
    }
  }

  /** The labels of a namespace; each has its name as one. */
  public labelsOf(namespace: string): Labels {
    return { ...this.namespaces.get(namespace), [NAMESPACE_NAME]: namespace };
  }

  /** The labels of a service account. */
  public accountLabels(namespace: string, name: string): Labels {
    return this.accounts.get(`${namespace} ${name}`) ?? {};
  }

  /** The pods of a workload. */
  public endpointOf(workload: WorkloadFact): Endpoint {
    const { namespace, name, pod } = workload;
    const account = text(pod.spec.serviceAccountName) || 'default';
    return {
      name: `${namespace}/${name}`,
      workload,
      namespace,
      labels: pod.labels,
      namespaceLabels: this.labelsOf(namespace),
      account,
      accountLabels: this.accountLabels(namespace, account),
      networks: addressesOf(workload),
      ports: pod.all.flatMap(({ ports }) => ports.flatMap((port) => (port.name ? [{ ...port, name: port.name }] : []))),
      kind: pod.isOnHost ? 'address' : 'pod',
    };
  }
}

const NOWHERE: Omit<Endpoint, 'name' | 'kind'> = {
  workload: undefined,
  namespace: undefined,
  labels: {},
  namespaceLabels: {},
  account: '',
  accountLabels: {},
  networks: [],
  ports: [],
};

/** Somebody outside of the cluster. */
export function outside(network: Network): Endpoint {
  return { ...NOWHERE, name: network.toString(), networks: [network], kind: 'address' };
}

/** Any address, so that only rules which name none are about it. */
export const EVERYBODY: readonly Endpoint[] = ['0.0.0.0/0'].flatMap((one) => Network.parse(one) ?? []).map(outside);

/** An interface of a node. */
export function hostInterface({ name, labels, addresses }: HostEndpointFact): Endpoint {
  const networks = addresses.flatMap((one) => Network.parse(one) ?? []);
  return { ...NOWHERE, name, labels, networks, kind: 'host' };
}

/** The addresses that a pod has, or the networks that pods get theirs from. */
function addressesOf({ manifest, target }: WorkloadFact): readonly Network[] {
  const ips = list(below(manifest, 'status', 'podIPs')).map((one) => texts(one).ip);
  const written = [text(below(manifest, 'status', 'podIP')), ...ips].filter((one) => one !== undefined);
  const networks = written.length > 0 ? [...new Set(written)] : (target.network?.pods ?? []);
  return networks.flatMap((one) => Network.parse(one) ?? []);
}
