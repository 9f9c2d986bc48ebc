import { ObjectFact, type Source } from './object';
import { textList } from './read';
import { Selector } from './selector';

/** A Kubernetes NetworkPolicy. */
export class NetworkPolicyFact extends ObjectFact {
  /** The fact if the object is a policy. */
  public static read(source: Source, object: ObjectFact): NetworkPolicyFact | undefined {
    return object.isOf('networking.k8s.io', 'NetworkPolicy') ? new NetworkPolicyFact(source) : undefined;
  }

  /** The pods that it isolates; an empty selector isolates the namespace. */
  public get selector(): Selector {
    return Selector.parse(this.spec.podSelector);
  }

  /** Whether the pods accept only what a policy allows. */
  public get isolatesIngress(): boolean {
    const types = textList(this.spec.policyTypes);
    return types.length === 0 || types.includes('Ingress');
  }

  /** Whether the pods may connect only to what a policy allows. */
  public get isolatesEgress(): boolean {
    const types = textList(this.spec.policyTypes);
    return types.length === 0 ? 'egress' in this.spec : types.includes('Egress');
  }
}
