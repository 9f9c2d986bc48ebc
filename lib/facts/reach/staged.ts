import { NetworkPolicyFact } from '../network-policy';
import { ObjectFact } from '../object';
import { isCalico } from './calico-policies';

const ENFORCED_KIND: Readonly<Record<string, string>> = {
  StagedNetworkPolicy: 'NetworkPolicy',
  StagedGlobalNetworkPolicy: 'GlobalNetworkPolicy',
  StagedKubernetesNetworkPolicy: 'NetworkPolicy',
};

/** The objects as they would be if every staged policy were enforced: in place of the policy of its name, or without that one. */
export function stagedInPlaceOf(objects: readonly ObjectFact[]): readonly ObjectFact[] {
  const staged = objects.filter((object) => isCalico(object, ...Object.keys(ENFORCED_KIND)));
  const replaced = new Set(staged.map((object) => keyOf(object, groupOf(object), ENFORCED_KIND[object.kind] ?? '')));
  const kept = objects.filter(
    (object) => !replaced.has(keyOf(object, object.apiVersion.split('/')[0] ?? '', object.kind)),
  );
  const enforced = staged.filter(({ spec }) => spec.stagedAction !== 'Delete').map(asEnforced);
  return [...kept.filter((object) => !staged.includes(object)), ...enforced];
}

function asEnforced(object: ObjectFact): ObjectFact {
  const isKubernetes = object.kind === 'StagedKubernetesNetworkPolicy';
  const manifest = {
    ...object.manifest,
    apiVersion: isKubernetes ? 'networking.k8s.io/v1' : object.apiVersion,
    kind: ENFORCED_KIND[object.kind],
  };
  const source = { manifest, target: object.target, origin: object.origin, path: object.path };
  const plain = new ObjectFact(source);
  return NetworkPolicyFact.read(source, plain) ?? plain;
}

function groupOf({ kind, apiVersion }: ObjectFact): string {
  return kind === 'StagedKubernetesNetworkPolicy' ? 'networking.k8s.io' : (apiVersion.split('/')[0] ?? '');
}

function keyOf({ namespace, name }: ObjectFact, group: string, kind: string): string {
  return `${group} ${kind} ${kind === 'GlobalNetworkPolicy' ? '' : namespace} ${name}`;
}
