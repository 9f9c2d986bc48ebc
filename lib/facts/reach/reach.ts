import { Memo } from '../memo';
import { NetworkPolicyFact } from '../network-policy';
import type { ObjectFact } from '../object';
import type { WorkloadFact } from '../workload';
import type { World } from '../world';
import { calicoPolicy, calicoTier, isCalico, networkSet, type ServiceLookup } from './calico-policies';
import { clusterPolicy, isClusterPolicy } from './cluster-policies';
import { byNumber, byText, type Decision, decide, type Group, grouped } from './decision';
import { type Endpoint, Surroundings } from './endpoint';
import { kubernetesPolicy } from './kubernetes-policies';
import { type Flow, isDecisive, type NetworkSet } from './rule-match';
import { stagedInPlaceOf } from './staged';
import { BUILT_IN_TIERS, type Direction, type Tier, type TieredPolicy } from './tiered-policy';

/** What becomes of a connection, and why. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** At the pods that connect; undefined for an address. */
  readonly egress: Decision | undefined;
  /** At the pods that are connected to; undefined for an address. */
  readonly ingress: Decision | undefined;
}

const UNTOUCHED: Decision = { isAllowed: true, policy: undefined, field: undefined };

/**
 * Who may connect to whom, by all policies: those of Kubernetes, of Calico with its tiers, and of the cluster's administrators.
 *
 * Says nothing of what is there besides: the mesh, security groups, that a node always reaches its own pods.
 */
export class Reach {
  /** By the policies as they are; with `staged`, as if those that are staged were enforced. */
  public static of(world: World, { staged = false } = {}): Reach {
    const known = staged ? STAGED : ENFORCED;
    const found = known.get(world) ?? new Reach(world, staged);
    known.set(world, found);
    return found;
  }

  /** All policies, in no order. */
  public readonly policies: readonly TieredPolicy[];
  /** All tiers, the first to be asked first. */
  public readonly tiers: readonly Tier[];
  /** The pods of each workload that has some. */
  public readonly endpoints: readonly Endpoint[];
  /** What labels of networks stand for. */
  public readonly sets: readonly NetworkSet[];
  private readonly byNamespace = new Map<string | undefined, TieredPolicy[]>();
  private readonly byWorkload = new Map<WorkloadFact, Endpoint>();
  private readonly byObject = new Map<ObjectFact, TieredPolicy>();
  private readonly decisive = new Memo<Direction, readonly TieredPolicy[]>((direction) =>
    this.policies.filter(({ rules }) => rules[direction]?.some(isDecisive)),
  );
  private readonly pods = new Memo<Direction, ReadonlyMap<ObjectFact, readonly Endpoint[]>>((direction) =>
    this.podsByPolicy(direction),
  );
  private readonly groups = {
    ingress: new Memo<Endpoint, readonly Group[]>((endpoint) => this.groupsOf(endpoint, 'ingress')),
    egress: new Memo<Endpoint, readonly Group[]>((endpoint) => this.groupsOf(endpoint, 'egress')),
  };

  private constructor(world: World, staged: boolean) {
    const surroundings = new Surroundings(world.objects);
    const objects = staged ? stagedInPlaceOf(world.objects) : world.objects;
    const services = servicesOf(world);
    const tiers = objects.filter((object) => isCalico(object, 'Tier')).map(calicoTier);
    this.policies = objects.flatMap((object) => readPolicy(object, services));
    this.tiers = inOrder(tiers, this.policies);
    this.sets = objects
      .filter((object) => isCalico(object, 'NetworkSet', 'GlobalNetworkSet'))
      .map((object) => networkSet(object, (namespace) => surroundings.labelsOf(namespace)));
    for (const policy of this.policies) {
      this.byObject.set(policy.object, policy);
      const own = this.byNamespace.get(policy.namespace) ?? [];
      own.push(policy);
      this.byNamespace.set(policy.namespace, own);
    }
    this.endpoints = world.workloads
      .filter(({ pod }) => pod.all.length > 0)
      .map((workload) => {
        const endpoint = surroundings.endpointOf(workload);
        this.byWorkload.set(workload, endpoint);
        return endpoint;
      });
  }

  /** The pods of a workload; undefined for what makes none. */
  public endpointOf(workload: WorkloadFact): Endpoint | undefined {
    return this.byWorkload.get(workload);
  }

  /** What a policy says, in the words of tiers; undefined for a staged one. */
  public policyOf(object: ObjectFact): TieredPolicy | undefined {
    return this.byObject.get(object);
  }

  /** The policies that decide about every connection, so that nothing is asked after them. */
  public decisiveIn(direction: Direction): readonly TieredPolicy[] {
    return this.decisive.of(direction);
  }

  /** The pods that a policy looks at. */
  public podsOf(object: ObjectFact, direction: Direction): readonly Endpoint[] {
    return this.pods.of(direction).get(object) ?? [];
  }

  /** What becomes of a connection. */
  public verdict(flow: Flow): Verdict {
    const { from, to } = flow;
    if (from === to) return { isAllowed: true, egress: undefined, ingress: undefined };
    const egress = from.kind === 'pod' ? this.decide(from, 'egress', flow) : undefined;
    const ingress = to.kind === 'pod' ? this.decide(to, 'ingress', flow) : undefined;
    return { isAllowed: (egress?.isAllowed ?? true) && (ingress?.isAllowed ?? true), egress, ingress };
  }

  /** The policies that look at what an endpoint sends or gets, in the order in which they are asked. */
  public policiesOf(endpoint: Endpoint, direction: Direction): readonly TieredPolicy[] {
    return this.groups[direction].of(endpoint).flatMap(({ policies }) => policies);
  }

  private podsByPolicy(direction: Direction): ReadonlyMap<ObjectFact, readonly Endpoint[]> {
    const found = new Map<ObjectFact, Endpoint[]>();
    for (const endpoint of this.endpoints.filter(({ kind }) => kind === 'pod')) {
      for (const { object } of this.policiesOf(endpoint, direction)) {
        const known = found.get(object) ?? [];
        known.push(endpoint);
        found.set(object, known);
      }
    }
    return found;
  }

  private decide(endpoint: Endpoint, direction: Direction, flow: Flow): Decision {
    return decide(this.groups[direction].of(endpoint), direction, flow, this.sets) ?? UNTOUCHED;
  }

  private groupsOf(endpoint: Endpoint, direction: Direction): readonly Group[] {
    const near = endpoint.namespace === undefined ? [] : (this.byNamespace.get(endpoint.namespace) ?? []);
    return grouped(this.tiers, [...near, ...(this.byNamespace.get(undefined) ?? [])], endpoint, direction);
  }
}

const ELSEWHERE = 999_999;

const ENFORCED = new WeakMap<World, Reach>();
const STAGED = new WeakMap<World, Reach>();

function readPolicy(object: ObjectFact, services: ServiceLookup): TieredPolicy[] {
  if (object instanceof NetworkPolicyFact) return [kubernetesPolicy(object)];
  if (isCalico(object, 'NetworkPolicy', 'GlobalNetworkPolicy')) return [calicoPolicy(object, services)];
  return isClusterPolicy(object) ? [clusterPolicy(object)] : [];
}

function servicesOf(world: World): ServiceLookup {
  return {
    service: (namespace, name) => world.service(namespace, name),
    isBehind: (service, { workload }) => workload !== undefined && world.workloadsOf(service).includes(workload),
  };
}

/** A tier that only policies name is made elsewhere; such tiers stand before the default one. */
function inOrder(written: readonly Tier[], policies: readonly TieredPolicy[]): readonly Tier[] {
  const names = new Set(written.map(({ name }) => name));
  const all = [...written, ...BUILT_IN_TIERS.filter(({ name }) => !names.has(name))];
  const known = new Set(all.map(({ name }) => name));
  for (const name of new Set(policies.map(({ tier }) => tier))) {
    if (!known.has(name)) all.push({ name, order: ELSEWHERE, defaultAction: 'Deny' });
  }
  return all.sort((one, other) => byNumber(one.order, other.order) || byText(one.name, other.name));
}
