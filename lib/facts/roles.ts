import { ArgoRolloutFact } from './argo-rollout';
import { AuthorizationFact } from './authorization';
import { AutoscalerFact } from './autoscaler';
import { BudgetFact } from './budget';
import { CalicoPolicyFact, HostEndpointFact } from './calico-policy';
import { DestinationRuleFact } from './destination-rule';
import { FlaggerCanaryFact } from './flagger-canary';
import { GatewayFact } from './gateway';
import { GatewayRouteFact } from './gateway-route';
import { MonitorFact } from './monitor';
import { NamespaceFact } from './namespace';
import { NetworkPolicyFact } from './network-policy';
import { ObjectFact, type Source } from './object';
import { PeerAuthenticationFact } from './peer-authentication';
import { fields, list, text } from './read';
import { ReferenceGrantFact } from './reference-grant';
import { RouteFact } from './route';
import { ServiceFact } from './service';
import { ServiceEntryFact } from './service-entry';
import { VirtualServiceFact } from './virtual-service';
import { VolumeClaimFact } from './volume-claim';
import { WorkloadFact } from './workload';

const HELM_HOOK = 'helm.sh/hook';

type Reader = (source: Source, object: ObjectFact) => ObjectFact | undefined;

const READERS: readonly Reader[] = [
  WorkloadFact.read,
  ServiceFact.read,
  BudgetFact.read,
  AutoscalerFact.read,
  RouteFact.read,
  GatewayRouteFact.read,
  NetworkPolicyFact.read,
  VolumeClaimFact.read,
  NamespaceFact.read,
  MonitorFact.read,
  ArgoRolloutFact.read,
  FlaggerCanaryFact.read,
  VirtualServiceFact.read,
  DestinationRuleFact.read,
  GatewayFact.read,
  ServiceEntryFact.read,
  ReferenceGrantFact.read,
  PeerAuthenticationFact.read,
  AuthorizationFact.read,
  CalicoPolicyFact.read,
  HostEndpointFact.read,
];

/** How the objects of one type are read; what that is depends on the type alone, so that any of them may stand for all. */
interface Role {
  readonly read: Reader;
  readonly sample: ObjectFact;
}

const NO_ROLE: Reader = () => undefined;

/** Every object in its role; the items of lists one by one. */
export function factsOf(sources: readonly Source[]): ObjectFact[] {
  const known = new Map<string, Role>();
  return sources.flatMap(unlisted).map((source) => {
    const role = roleOf(source, known);
    const fact = role.read(source, role.sample) ?? new ObjectFact(source);
    return isPartOfAnother(fact) ? new ObjectFact(source) : fact;
  });
}

function roleOf(source: Source, known: Map<string, Role>): Role {
  const { apiVersion, kind } = fields(source.manifest);
  const type = `${text(apiVersion)} ${text(kind)}`;
  const role = known.get(type);
  if (role !== undefined) return role;
  const sample = new ObjectFact(source);
  const found = { read: READERS.find((read) => read(source, sample) !== undefined) ?? NO_ROLE, sample };
  known.set(type, found);
  return found;
}

const OWNERS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout'];

/** Whether a workload that says all of it stands behind an object, as in a dump of a cluster; or it is a pod that Helm runs once. */
function isPartOfAnother(object: ObjectFact): boolean {
  if (object.isOf('', 'Pod') && HELM_HOOK in object.annotations) return true;
  return list(object.at('metadata', 'ownerReferences')).some((reference) => {
    const { kind, controller } = fields(reference);
    return controller === true && OWNERS.includes(text(kind) ?? '');
  });
}

function unlisted(source: Source): Source[] {
  const { kind, items } = fields(source.manifest);
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [source];
  return list(items).flatMap((manifest, index) =>
    unlisted({ ...source, manifest, path: `${source.path ?? ''}items[${index}].` }),
  );
}
