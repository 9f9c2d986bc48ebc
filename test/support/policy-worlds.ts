/** A source of chance that gives the same again for the same seed. */
export class Chance {
  public constructor(private seed: number) {}

  /** From 0 to below 1. */
  public next(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let value = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  /** Whether something with this probability happens. */
  public is(probability: number): boolean {
    return this.next() < probability;
  }

  /** From 0 to below `count`. */
  public below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** One of some. */
  public of<T>(...all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  /** Between `least` and `most` of what is made. */
  public some<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index));
  }
}

/** Objects, and the features that policies in them use. */
export interface PolicyWorld {
  readonly objects: any[];
  readonly features: ReadonlySet<string>;
}

const NAMESPACES = ['shop', 'bank', 'ops', 'lab'];
const APPS = ['web', 'api', 'db'];
const LEVELS = ['low', 'high'];
const PORTS = [80, 8080, 9090, 5432];
const NAMED = { http: 8080, metrics: 9090 };
const PROTOCOLS = ['TCP', 'UDP'];

/** What connections are tried in a world: by each protocol and port. */
export const TRIED = PORTS.flatMap((port) => PROTOCOLS.map((protocol) => ({ port, protocol })));
/** Ends outside of the cluster. */
export const OUTSIDE = ['203.0.113.7', '198.51.100.20'];

/** A world with 8 pods or more in 3 namespaces or more, and 10 policies or more of every kind. */
export function policyWorld(seed: number): PolicyWorld {
  return new Maker(new Chance(seed)).world();
}

class Maker {
  private readonly features = new Set<string>();

  public constructor(private readonly chance: Chance) {}

  public world(): PolicyWorld {
    const { chance } = this;
    const namespaces = NAMESPACES.slice(0, 3 + chance.below(2));
    const tiers = chance.some(1, 2, (index) => this.tier(index));
    const policies = chance.some(10, 14, (index) => this.policy(index, namespaces, tiers));
    const objects = [
      ...namespaces.map((name) => ({
        ...head('v1', 'Namespace', name),
        metadata: { name, labels: { team: chance.of('a', 'b') } },
      })),
      ...namespaces.flatMap((namespace) =>
        ['default', 'robot'].map((name) => ({
          ...head('v1', 'ServiceAccount', name),
          metadata: { name, namespace, labels: { kind: chance.of('man', 'machine') } },
        })),
      ),
      ...chance.some(8, 11, (index) => this.pod(index, chance.of(...namespaces))),
      ...namespaces.map((namespace) => this.service(namespace)),
      ...this.networkSets(namespaces),
      ...tiers,
      ...policies,
    ];
    return { objects, features: this.features };
  }

  private uses<T>(feature: string, value: T): T {
    this.features.add(feature);
    return value;
  }

  private pod(index: number, namespace: string) {
    const { chance } = this;
    return {
      ...head('v1', 'Pod', `p${index}`),
      metadata: { name: `p${index}`, namespace, labels: { app: chance.of(...APPS), level: chance.of(...LEVELS) } },
      spec: {
        serviceAccountName: chance.of('default', 'robot'),
        containers: [
          {
            name: 'main',
            image: 'main:1.0',
            ports: Object.entries(NAMED).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
          },
        ],
      },
      status: { podIP: `10.65.${index % 3}.${10 + index}` },
    };
  }

  private service(namespace: string) {
    return {
      ...head('v1', 'Service', 'front'),
      metadata: { name: 'front', namespace },
      spec: {
        clusterIP: '10.96.0.10',
        selector: { app: this.chance.of(...APPS) },
        ports: [{ port: 80, targetPort: this.chance.of<string | number>('http', 5432), protocol: 'TCP' }],
      },
    };
  }

  private networkSets(namespaces: readonly string[]) {
    const set = (kind: string, name: string, namespace?: string) => ({
      ...head('projectcalico.org/v3', kind, name),
      metadata: { name, labels: { role: this.chance.of('partner', 'foe') }, ...(namespace && { namespace }) },
      spec: { nets: [this.chance.of('203.0.113.0/24', '198.51.100.16/28', '10.65.1.0/24')] },
    });
    return [set('GlobalNetworkSet', 'everywhere'), set('NetworkSet', 'near', this.chance.of(...namespaces))];
  }

  private tier(index: number) {
    const name = `tier${index}`;
    const defaultAction = this.chance.of('Deny', 'Pass', undefined);
    this.uses(`tier that ends with ${defaultAction ?? 'Deny'}`, undefined);
    return {
      ...head('projectcalico.org/v3', 'Tier', name),
      spec: { order: 100 * (index + 1), ...(defaultAction && { defaultAction }) },
    };
  }

  private policy(index: number, namespaces: readonly string[], tiers: readonly any[]) {
    const { chance } = this;
    const namespace = chance.of(...namespaces);
    switch (chance.of('kubernetes', 'calico', 'calico', 'global', 'global', 'admin')) {
      case 'kubernetes':
        return this.kubernetes(`k${index}`, namespace);
      case 'admin':
        return this.admin(`a${index}`, index);
      case 'calico':
        return this.calico(`c${index}`, tiers, namespace);
      default:
        return this.calico(`g${index}`, tiers, undefined);
    }
  }

  private kubernetes(name: string, namespace: string) {
    const { chance } = this;
    this.uses('NetworkPolicy', undefined);
    const types = chance.of(['Ingress'], ['Egress'], ['Ingress', 'Egress'], undefined);
    if (types === undefined) this.uses('policy types that are not written', undefined);
    const rules = (side: 'from' | 'to') =>
      chance.some(0, 3, () => ({
        ...(chance.is(0.8) && { [side]: chance.some(1, 2, () => this.kubernetesPeer()) }),
        ...(chance.is(0.5) && { ports: chance.some(1, 2, () => this.kubernetesPort()) }),
      }));
    return {
      ...head('networking.k8s.io/v1', 'NetworkPolicy', name),
      metadata: { name, namespace },
      spec: {
        podSelector: chance.is(0.4) ? {} : this.labelSelector(),
        ...(types && { policyTypes: types }),
        ...(chance.is(0.8) && { ingress: rules('from') }),
        ...(chance.is(0.6) && { egress: rules('to') }),
      },
    };
  }

  private labelSelector(): object {
    const { chance } = this;
    if (chance.is(0.6)) return { matchLabels: { app: chance.of(...APPS) } };
    const operator = chance.of('In', 'NotIn', 'Exists', 'DoesNotExist');
    this.uses(`label selector with ${operator}`, undefined);
    const values = operator.endsWith('In') ? { values: [chance.of(...LEVELS)] } : {};
    return { matchExpressions: [{ key: chance.of('level', 'team'), operator, ...values }] };
  }

  private namespaceSelector(): object {
    const { chance } = this;
    if (chance.is(0.3)) return {};
    if (chance.is(0.5)) return { matchLabels: { team: chance.of('a', 'b') } };
    return { matchLabels: { 'kubernetes.io/metadata.name': chance.of(...NAMESPACES) } };
  }

  private kubernetesPeer(): object {
    const { chance } = this;
    switch (chance.of('pods', 'namespaces', 'both', 'block')) {
      case 'pods':
        return { podSelector: this.labelSelector() };
      case 'namespaces':
        return { namespaceSelector: this.namespaceSelector() };
      case 'both':
        return this.uses('peer of namespace and pods', {
          namespaceSelector: this.namespaceSelector(),
          podSelector: this.labelSelector(),
        });
      default:
        return this.uses('ipBlock', {
          ipBlock: chance.of<object>(
            { cidr: '10.65.0.0/16', except: ['10.65.1.0/24'] },
            { cidr: '203.0.113.0/24' },
            { cidr: '0.0.0.0/0' },
          ),
        });
    }
  }

  private kubernetesPort(): object {
    const { chance } = this;
    switch (chance.of('number', 'range', 'name', 'protocol')) {
      case 'number':
        return { port: chance.of(...PORTS), ...(chance.is(0.5) && { protocol: chance.of(...PROTOCOLS) }) };
      case 'range':
        return this.uses('range of ports', { port: 8000, endPort: 9500, protocol: 'TCP' });
      case 'name':
        return this.uses('named port', { port: chance.of('http', 'metrics'), protocol: 'TCP' });
      default:
        return { protocol: chance.of(...PROTOCOLS) };
    }
  }

  private calico(short: string, tiers: readonly any[], namespace: string | undefined) {
    const { chance } = this;
    const tier = chance.of('default', ...tiers.map(({ metadata }) => metadata.name as string));
    const name = `${tier}.${short}`;
    this.uses(namespace === undefined ? 'GlobalNetworkPolicy' : "Calico's NetworkPolicy", undefined);
    const rules = () => chance.some(0, 3, () => this.calicoRule());
    const ingress = rules();
    const egress = rules();
    return {
      ...head('projectcalico.org/v3', namespace === undefined ? 'GlobalNetworkPolicy' : 'NetworkPolicy', name),
      metadata: { name, ...(namespace && { namespace }) },
      spec: {
        tier,
        ...(chance.is(0.85) ? { order: chance.of(10, 20, 20.5, 1000, 2000) } : this.uses('policy without order', {})),
        ...(chance.is(0.8) && { selector: this.expression() }),
        ...(namespace === undefined &&
          chance.is(0.4) &&
          this.uses('namespaceSelector of a policy', { namespaceSelector: this.ofNamespaces(false) })),
        ...(chance.is(0.2) &&
          this.uses('serviceAccountSelector of a policy', { serviceAccountSelector: "kind == 'man'" })),
        ...(chance.is(0.7) && { types: chance.of(['Ingress'], ['Egress'], ['Ingress', 'Egress']) }),
        ...(ingress.length > 0 && { ingress }),
        ...(egress.length > 0 && { egress }),
      },
    };
  }

  private calicoRule(): object {
    const { chance } = this;
    const action = chance.of('Allow', 'Allow', 'Allow', 'Deny', 'Pass', 'Log');
    this.uses(`action ${action}`, undefined);
    const protocol = chance.of('TCP', 'TCP', 'UDP', undefined);
    const ends = { source: this.entity(undefined), destination: this.entity(protocol) };
    return {
      action,
      ...(protocol && { protocol }),
      ...(!protocol && chance.is(0.2) && this.uses('notProtocol', { notProtocol: chance.of(...PROTOCOLS) })),
      ...(chance.is(0.7) && { source: ends.source }),
      ...(chance.is(0.7) && { destination: ends.destination }),
    };
  }

  private entity(protocol: string | undefined): object {
    const { chance } = this;
    return {
      ...(chance.is(0.5) && { selector: this.expression() }),
      ...(chance.is(0.15) && this.uses('notSelector', { notSelector: this.expression() })),
      ...(chance.is(0.3) && this.uses('namespaceSelector of a rule', { namespaceSelector: this.ofNamespaces() })),
      ...(chance.is(0.15) &&
        this.uses('serviceAccounts of a rule', {
          serviceAccounts: chance.of<object>(
            { names: ['robot'] },
            { selector: "kind == 'machine'" },
            { names: ['robot'], selector: "kind == 'man'" },
          ),
        })),
      ...(chance.is(0.2) && this.uses('nets', { nets: [chance.of('10.65.0.0/24', '203.0.113.0/28', '0.0.0.0/0')] })),
      ...(chance.is(0.1) && this.uses('notNets', { notNets: [chance.of('10.65.1.0/24', '203.0.113.7/32')] })),
      ...(protocol !== undefined && chance.is(0.4) && { ports: chance.some(1, 2, () => this.calicoPort()) }),
      ...(protocol !== undefined && chance.is(0.1) && this.uses('notPorts', { notPorts: [chance.of(...PORTS)] })),
    };
  }

  private calicoPort(): string | number {
    const { chance } = this;
    if (chance.is(0.6)) return chance.of(...PORTS);
    return chance.is(0.5)
      ? this.uses('range of ports', '8000:9500')
      : this.uses('named port', chance.of('http', 'metrics'));
  }

  private ofNamespaces(isOfRule = true): string {
    const { chance } = this;
    const outer = isOfRule ? 'global()' : 'all()';
    const written = chance.of(
      "team == 'a'",
      'all()',
      outer,
      "kubernetes.io/metadata.name in {'shop', 'ops'}",
      "team != 'b'",
    );
    if (written === 'global()') this.uses('global()', undefined);
    return written;
  }

  private expression(): string {
    const { chance } = this;
    const atom = () =>
      chance.of(
        `app == '${chance.of(...APPS)}'`,
        `app != '${chance.of(...APPS)}'`,
        `level in {'low'}`,
        `app not in {'web', 'db'}`,
        'has(level)',
        '!has(role)',
        'all()',
        `role == 'partner'`,
        `app contains 'b'`,
        `app starts with 'w'`,
        `level ends with 'gh'`,
      );
    if (chance.is(0.7)) return atom();
    return this.uses(
      'selector of two parts',
      chance.of(`${atom()} && ${atom()}`, `${atom()} || ${atom()}`, `!(${atom()})`),
    );
  }

  private admin(name: string, priority: number) {
    const { chance } = this;
    this.uses('AdminNetworkPolicy', undefined);
    const peer = () =>
      chance.is(0.5)
        ? { namespaces: this.namespaceSelector() }
        : { pods: { namespaceSelector: this.namespaceSelector(), podSelector: this.labelSelector() } };
    const port = () =>
      chance.of<object>(
        { portNumber: { protocol: 'TCP', port: chance.of(...PORTS) } },
        { portRange: { protocol: 'TCP', start: 8000, end: 9500 } },
      );
    const rules = (side: 'from' | 'to') =>
      chance.some(0, 2, () => ({
        action: chance.of('Allow', 'Deny', 'Pass'),
        [side]: chance.some(1, 2, peer),
        ...(chance.is(0.4) && { ports: [port()] }),
      }));
    return {
      ...head('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', name),
      spec: { priority, subject: peer(), ingress: rules('from'), egress: rules('to') },
    };
  }
}

function head(apiVersion: string, kind: string, name: string) {
  return { apiVersion, kind, metadata: { name } };
}
