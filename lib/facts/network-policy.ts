import { ObjectFact, type Source } from './object';
import { fields, int, list, text, textList } from './read';
import { Selector } from './selector';

/** One entry of `from` or `to`: all that is written in it must hold. */
export interface PolicyPeer {
  readonly field: string;
  /** Null where it is not written: then pods are those of the policy's own namespace. */
  readonly namespaces: Selector;
  /** Null where it is not written: then all pods of the chosen namespaces. */
  readonly pods: Selector;
  /** `ipBlock.cidr`. */
  readonly cidr: string | undefined;
  /** `ipBlock.except`. */
  readonly except: readonly string[];
}

/** One entry of `ports`. */
export interface PolicyPort {
  readonly field: string;
  /** The pods' port, by number or name; undefined means every port. */
  readonly port: string | number | undefined;
  /** The last port of a range. */
  readonly end: number | undefined;
  readonly protocol: string;
}

/** One entry of `ingress` or `egress`. */
export interface PolicyRule {
  readonly field: string;
  /** Empty: anyone. */
  readonly peers: readonly PolicyPeer[];
  /** Empty: every port. */
  readonly ports: readonly PolicyPort[];
}

/** A rule that has an effect. */
export interface EffectiveRule extends PolicyRule {
  readonly direction: 'ingress' | 'egress';
}

/** A Kubernetes NetworkPolicy. */
export class NetworkPolicyFact extends ObjectFact {
  /** The fact if the object is a policy. */
  public static read(source: Source, object: ObjectFact): NetworkPolicyFact | undefined {
    return object.isOf('networking.k8s.io', 'NetworkPolicy') ? new NetworkPolicyFact(source) : undefined;
  }

  /** The pods that it isolates; an empty selector isolates the namespace. */
  public get selector(): Selector {
    return Selector.parse(this.spec.podSelector ?? {});
  }

  /** Whether the pods accept only what a policy allows. */
  public get isolatesIngress(): boolean {
    const types = textList(this.spec.policyTypes);
    return types.length === 0 || types.includes('Ingress');
  }

  /** Whether the pods may connect only to what a policy allows. */
  public get isolatesEgress(): boolean {
    const types = textList(this.spec.policyTypes);
    return types.length === 0 ? this.egress.length > 0 : types.includes('Egress');
  }

  /** Who may connect to the pods. */
  public get ingress(): readonly PolicyRule[] {
    return this.rules('ingress', 'from');
  }

  /** Where the pods may connect to. */
  public get egress(): readonly PolicyRule[] {
    return this.rules('egress', 'to');
  }

  /** The rules of the directions in which it isolates. */
  public get effective(): readonly EffectiveRule[] {
    const ingress = this.isolatesIngress ? this.ingress : [];
    const egress = this.isolatesEgress ? this.egress : [];
    return [
      ...ingress.map((rule) => ({ ...rule, direction: 'ingress' as const })),
      ...egress.map((rule) => ({ ...rule, direction: 'egress' as const })),
    ];
  }

  private rules(direction: 'ingress' | 'egress', side: 'from' | 'to'): PolicyRule[] {
    return list(this.spec[direction]).map((value, index) => {
      const field = `spec.${direction}[${index}]`;
      const rule = fields(value);
      return {
        field,
        peers: list(rule[side]).map((peer, at) => readPeer(peer, `${field}.${side}[${at}]`)),
        ports: list(rule.ports).map((port, at) => readPort(port, `${field}.ports[${at}]`)),
      };
    });
  }
}

function readPeer(value: unknown, field: string): PolicyPeer {
  const { namespaceSelector, podSelector, ipBlock } = fields(value);
  return {
    field,
    namespaces: Selector.parse(namespaceSelector),
    pods: Selector.parse(podSelector),
    cidr: text(fields(ipBlock).cidr),
    except: textList(fields(ipBlock).except),
  };
}

function readPort(value: unknown, field: string): PolicyPort {
  const { port, endPort, protocol } = fields(value);
  return { field, port: text(port) ?? int(port), end: int(endPort), protocol: text(protocol) || 'TCP' };
}
