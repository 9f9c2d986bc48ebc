// CP-8
import { type Direction, type Hook, isDecisive, type MatchedRule, Reach, type TieredPolicy } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const policies = (order: number) => `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: closed }
spec:
  order: 100
  selector: app == 'web'
  types: [Ingress]
  ingress: [{ action: Deny }]
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: open }
spec:
  order: ${order}
  selector: app == 'web'
  types: [Ingress]
  ingress: [{ action: Allow, protocol: TCP, destination: { ports: [8080] } }]
`;

const DIRECTIONS = ['ingress', 'egress'] as const;

export const ruleNeverAsked: RuleOf<'calicoPolicy'> = {
  id: 'network/rule-never-asked',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `Calico asks the policies of a tier by their order, and the first rule that is about a connection decides. What comes after a rule about everything is never asked: an Allow behind a
Deny opens nothing, and a Deny behind an Allow closes nothing. Kubernetes' own policies have no order, and stand at 1 000.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/get-started/calico-policy/calico-network-policy'],
  bad: policies(200),
  good: policies(50),
  check: (target, world) => {
    const reach = Reach.of(world);
    const own = reach.policyOf(target);
    if (own === undefined) return [];
    return DIRECTIONS.flatMap((direction) => {
      const rules = own.rules[direction] ?? [];
      const within = rules.findIndex(isDecisive);
      const dead = within === -1 ? undefined : rules[within + 1];
      if (dead !== undefined) {
        const problem = `comes after ${rules[within]?.field}, which decides about everything, so that it is never asked`;
        return [{ field: dead.field, problem, fix: `move it before ${rules[within]?.field}` }];
      }
      const earlier = reach.decisiveIn(direction).find((one) => isBefore(one, own) && isAsWide(one, own));
      const [first] = rules;
      if (earlier === undefined || first === undefined || sameAction(earlier, first, direction)) return [];
      const { object, order } = earlier;
      const problem = `is never asked: ${object.kind} ${object.name} selects the same, comes first with order ${order}, and decides about everything`;
      return [{ field: first.field, problem, fix: `use an order below ${order}` }];
    });
  },
};

/** Whether one is asked before the other, at the same hook. */
function isBefore(one: TieredPolicy, other: TieredPolicy): boolean {
  const isSooner = one.order < other.order;
  return one.tier === other.tier && isSooner && hookOf(one) === hookOf(other);
}

function hookOf({ atHosts }: TieredPolicy): Hook {
  return atHosts?.hook ?? 'normal';
}

/** Whether one selects all that the other selects: it says the same, or selects all. Kubernetes' own have other words. */
function isAsWide(one: TieredPolicy, other: TieredPolicy): boolean {
  if (!one.object.apiVersion.startsWith('projectcalico')) return false;
  const isThere = one.namespace === undefined || one.namespace === other.namespace;
  const [mine, theirs] = [selectionOf(one), selectionOf(other)];
  return isThere && (mine === 'all()' || mine === theirs);
}

function selectionOf({ object: { spec } }: TieredPolicy): string {
  const parts = [spec.selector ?? 'all()', spec.namespaceSelector ?? '', spec.serviceAccountSelector ?? ''];
  return parts.every((part, index) => index === 0 || part === '') ? String(parts[0]) || 'all()' : parts.join(' | ');
}

/** What denies behind what denies, and allows behind what allows, is too much and no more. */
function sameAction({ rules }: TieredPolicy, { action }: MatchedRule, direction: Direction): boolean {
  return rules[direction]?.find(isDecisive)?.action === action;
}
