import { Network } from '../../values/ip-network';
import type { ObjectFact } from '../object';
import { below, type Fields, fields, int, list, text, textList } from '../read';
import type { ServiceFact } from '../service';
import { CalicoSelector } from './calico-selector';
import type { Endpoint } from './endpoint';
import { type Action, ANYONE, type Entity, type MatchedRule, type NetworkSet, type PortMatch } from './rule-match';
import { type AtHosts, DEFAULT_TIER, type Direction, type Tier, type TieredPolicy } from './tiered-policy';

const GROUP = 'projectcalico.org';
const CRD_GROUP = 'crd.projectcalico.org';
const ACTIONS: readonly string[] = ['Allow', 'Deny', 'Pass', 'Log'];
const NUMBERS: Readonly<Record<string, string>> = {
  '1': 'ICMP',
  '6': 'TCP',
  '17': 'UDP',
  '58': 'ICMPV6',
  '132': 'SCTP',
};

/** The Services of a namespace by their names, and the pods behind them. */
export interface ServiceLookup {
  readonly service: (namespace: string, name: string) => ServiceFact | undefined;
  readonly isBehind: (service: ServiceFact, endpoint: Endpoint) => boolean;
}

/** Whether an object is one of Calico's of a kind. */
export function isCalico(object: ObjectFact, ...kinds: readonly string[]): boolean {
  return object.isOf(GROUP, ...kinds) || object.isOf(CRD_GROUP, ...kinds);
}

/** What a policy that may be about hosts does there. */
function atHosts({ spec }: ObjectFact): AtHosts {
  const isOnForward = spec.applyOnForward === true;
  if (spec.doNotTrack === true) return { hook: 'untracked', isOnForward };
  return { hook: spec.preDNAT === true ? 'preDNAT' : 'normal', isOnForward };
}

/** A NetworkPolicy or a GlobalNetworkPolicy of Calico, staged or not. */
export function calicoPolicy(object: ObjectFact, services: ServiceLookup): TieredPolicy {
  const { spec, name } = object;
  const isGlobal = object.kind.includes('Global');
  const namespace = isGlobal ? undefined : object.namespace;
  const tier = text(spec.tier) || DEFAULT_TIER;
  const full = name.startsWith(`${tier}.`) ? name : `${tier}.${name}`;
  return {
    object,
    tier,
    order: typeof spec.order === 'number' ? spec.order : Number.POSITIVE_INFINITY,
    key: namespace === undefined ? full : `${namespace}/${full}`,
    namespace,
    selects: calicoSelection(object),
    atHosts: isGlobal ? atHosts(object) : undefined,
    rules: rulesOf(object, namespace, services),
  };
}

/** A tier that is written. */
export function calicoTier({ name, spec }: ObjectFact): Tier {
  return {
    name,
    order: typeof spec.order === 'number' ? spec.order : Number.POSITIVE_INFINITY,
    defaultAction: spec.defaultAction === 'Pass' ? 'Pass' : 'Deny',
  };
}

/** A set of networks that labels stand for. */
export function networkSet(object: ObjectFact, labelsOf: (namespace: string) => Fields): NetworkSet {
  const namespace = object.kind === 'GlobalNetworkSet' ? undefined : object.namespace;
  return {
    labels: object.labels,
    isInNamespace: namespace !== undefined,
    namespace,
    namespaceLabels: (namespace === undefined ? {} : labelsOf(namespace)) as Readonly<Record<string, string>>,
    networks: networksOf(object.spec.nets),
  };
}

/** Whom a policy of Calico is about, by its three selectors. */
export function calicoSelection(object: ObjectFact): (endpoint: Endpoint) => boolean {
  const { spec } = object;
  const isGlobal = object.kind.includes('Global');
  const pods = CalicoSelector.parse(text(spec.selector));
  const namespaces = CalicoSelector.parse(isGlobal ? text(spec.namespaceSelector) : '', 'namespaces');
  const accounts = CalicoSelector.parse(text(spec.serviceAccountSelector));
  // packets at the two earlier hooks are on their way to a host, and policies there say nothing of pods
  const isOfHost = hostSelection(spec);
  const isOnlyOfHosts = isGlobal && atHosts(object).hook !== 'normal';
  return (endpoint) =>
    !(isOnlyOfHosts && endpoint.kind === 'pod') &&
    (endpoint.kind !== 'host' || isOfHost(endpoint)) &&
    pods.matches(asEndpoint(endpoint)) &&
    (namespaces.isMissing || namespaces.matches(asNamespace(endpoint))) &&
    (accounts.isMissing || accounts.matches({ labels: endpoint.accountLabels, isInNamespace: true }));
}

/** Beside a selector of namespaces or accounts, which hosts have not, `all()` means those that have them. */
function hostSelection({ selector, namespaceSelector, serviceAccountSelector }: Fields): (host: Endpoint) => boolean {
  const about = [namespaceSelector, serviceAccountSelector].filter((one) => text(one));
  if (about.length === 0) return () => true;
  const parse = (written: unknown) => CalicoSelector.parse(text(written), 'namespaces');
  const hosts = parse(selector);
  const isAboutHosts = about.every((one) => parse(one).matches({ labels: {}, isInNamespace: false }));
  return ({ labels }) => isAboutHosts && hosts.matches({ labels, isInNamespace: false });
}

function rulesOf(
  { spec }: ObjectFact,
  namespace: string | undefined,
  services: ServiceLookup,
): Readonly<Record<Direction, readonly MatchedRule[] | undefined>> {
  const types = textList(spec.types);
  const written = { ingress: list(spec.ingress), egress: list(spec.egress) };
  const isOf = (type: string, direction: Direction) =>
    types.length > 0
      ? types.includes(type)
      : written[direction].length > 0 || (direction === 'ingress' && written.egress.length === 0);
  const read = (direction: Direction) =>
    written[direction].map((value, index) => readRule(value, `spec.${direction}[${index}]`, namespace, services));
  return {
    ingress: isOf('Ingress', 'ingress') ? read('ingress') : undefined,
    egress: isOf('Egress', 'egress') ? read('egress') : undefined,
  };
}

function readRule(value: unknown, field: string, namespace: string | undefined, services: ServiceLookup): MatchedRule {
  const rule = fields(value);
  const action = text(rule.action) ?? '';
  const protocol = protocolOf(rule.protocol);
  return {
    field,
    // what is no action lets nothing through
    action: ACTIONS.includes(action) ? (action as Action) : 'Deny',
    protocols: protocol === undefined ? [] : [protocol],
    notProtocol: protocolOf(rule.notProtocol),
    family: rule.ipVersion === 4 || rule.ipVersion === 6 ? rule.ipVersion : undefined,
    source: readEntity(rule.source, namespace, services),
    destination: readEntity(rule.destination, namespace, services),
  };
}

function readEntity(value: unknown, namespace: string | undefined, services: ServiceLookup): Entity {
  if (value === undefined || value === null) return ANYONE;
  const entity = fields(value);
  const notSelector = text(entity.notSelector);
  return {
    selects: selectedBy(entity, namespace),
    spares: notSelector ? selecting(CalicoSelector.parse(notSelector)) : undefined,
    networks: networksOf(entity.nets),
    notNetworks: networksOf(entity.notNets),
    ports: portsOf(entity.ports),
    notPorts: portsOf(entity.notPorts),
    service: serviceOf(entity.services, namespace, services),
  };
}

/** In a namespaced policy any selector means that namespace, unless a namespace selector says otherwise. */
function selectedBy(entity: Fields, namespace: string | undefined): Entity['selects'] {
  const pods = CalicoSelector.parse(text(entity.selector));
  const namespaces = CalicoSelector.parse(text(entity.namespaceSelector), 'namespaces');
  const names = textList(below(entity, 'serviceAccounts', 'names'));
  const accounts = CalicoSelector.parse(text(below(entity, 'serviceAccounts', 'selector')));
  const isAboutAccounts = names.length > 0 || !accounts.isMissing;
  const isSelecting = !pods.isMissing || isAboutAccounts || !namespaces.isMissing;
  const isBound = namespace !== undefined && namespaces.isMissing;
  if (!isSelecting && !(isBound && text(entity.notSelector))) return undefined;
  const isThere = (one: Endpoint | NetworkSet) => {
    if (!namespaces.isMissing) return namespaces.matches(asNamespace(one));
    return namespace === undefined || one.namespace === namespace;
  };
  const isAccount = (one: Endpoint | NetworkSet) => {
    if (!isAboutAccounts) return true;
    if (!('account' in one)) return false;
    const isNamed = names.length === 0 || names.includes(one.account);
    return isNamed && accounts.matches({ labels: one.accountLabels, isInNamespace: true });
  };
  return (one) => isThere(one) && selecting(pods)(one) && isAccount(one);
}

function selecting(selector: CalicoSelector): (one: Endpoint | NetworkSet) => boolean {
  return (one) => selector.matches('kind' in one ? asEndpoint(one) : one);
}

/** The labels that Calico adds to those of a pod. */
function asEndpoint({ labels, namespace, account, kind }: Endpoint) {
  if (kind === 'host') return { labels, isInNamespace: false };
  const own = {
    'projectcalico.org/orchestrator': 'k8s',
    ...(namespace !== undefined && { 'projectcalico.org/namespace': namespace }),
    'projectcalico.org/serviceaccount': account,
  };
  return { labels: { ...labels, ...own }, isInNamespace: namespace !== undefined };
}

function asNamespace({ namespace, namespaceLabels }: Endpoint | NetworkSet) {
  return { labels: namespaceLabels, isInNamespace: namespace !== undefined };
}

function serviceOf(value: unknown, namespace: string | undefined, services: ServiceLookup): Entity['service'] {
  if (value === undefined || value === null) return undefined;
  const { name, namespace: named } = fields(value);
  const service = services.service(text(named) ?? namespace ?? '', text(name) ?? '');
  return { service, isBehind: (endpoint) => service !== undefined && services.isBehind(service, endpoint) };
}

function networksOf(value: unknown): readonly Network[] {
  return textList(value).flatMap((one) => Network.parse(one) ?? []);
}

/** `8080`, `"8080:8090"`, `metrics`. */
function portsOf(value: unknown): readonly PortMatch[] {
  return list(value).map((one): PortMatch => {
    const number = int(one);
    if (number !== undefined) return [number, number];
    const written = text(one) ?? '';
    const range = /^(\d+)(?::(\d+))?$/.exec(written);
    return range === null ? written : [Number(range[1]), Number(range[2] ?? range[1])];
  });
}

function protocolOf(value: unknown): string | undefined {
  const written = int(value)?.toString() ?? text(value);
  return written === undefined ? undefined : (NUMBERS[written] ?? written.toUpperCase());
}
