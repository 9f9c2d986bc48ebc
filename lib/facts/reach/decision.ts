import type { ObjectFact } from '../object';
import type { Endpoint } from './endpoint';
import { type Flow, type MatchedRule, matches, type NetworkSet } from './rule-match';
import type { Direction, Tier, TieredPolicy } from './tiered-policy';

/** What decided, on one side of a connection. */
export interface Decision {
  readonly isAllowed: boolean;
  /** The policy; undefined where none selects the end, or where all pass. */
  readonly policy: ObjectFact | undefined;
  /** The rule; undefined where the end of a tier decides. */
  readonly field: string | undefined;
}

/** The policies of one tier that look at an end, in the order in which they are asked. */
export interface Group {
  readonly tier: Tier;
  readonly policies: readonly TieredPolicy[];
}

/** Of some policies those that look at an end, tier by tier. */
export function grouped(
  tiers: readonly Tier[],
  policies: readonly TieredPolicy[],
  endpoint: Endpoint,
  direction: Direction,
): readonly Group[] {
  const all = policies.filter(({ rules, selects }) => rules[direction] !== undefined && selects(endpoint));
  return tiers.flatMap((tier) => {
    const own = all.filter((policy) => policy.tier === tier.name).sort(asAsked);
    return own.length === 0 ? [] : [{ tier, policies: own }];
  });
}

/** What the policies decide; undefined if none does. Where `isOpen`, what no rule is about is not denied at the end of a tier. */
export function decide(
  groups: readonly Group[],
  direction: Direction,
  flow: Flow,
  sets: readonly NetworkSet[],
  { isOpen = false } = {},
): Decision | undefined {
  for (const { tier, policies } of groups) {
    const found = firstMatch(policies, direction, flow, sets);
    if (found !== undefined) {
      const { policy, rule } = found;
      if (rule.action === 'Pass') continue;
      return { isAllowed: rule.action === 'Allow', policy: policy.object, field: rule.field };
    }
    if (isOpen || tier.defaultAction === 'Pass') continue;
    // the last one that was asked stands for the tier
    return { isAllowed: false, policy: policies[policies.length - 1]?.object, field: undefined };
  }
  return undefined;
}

function firstMatch(
  policies: readonly TieredPolicy[],
  direction: Direction,
  flow: Flow,
  sets: readonly NetworkSet[],
): { readonly policy: TieredPolicy; readonly rule: MatchedRule } | undefined {
  for (const policy of policies) {
    for (const rule of policy.rules[direction] ?? []) {
      if (rule.action !== 'Log' && matches(rule, flow, sets)) return { policy, rule };
    }
  }
  return undefined;
}

function asAsked(one: TieredPolicy, other: TieredPolicy): number {
  return byNumber(one.order, other.order) || byText(one.key, other.key);
}

/** Infinity minus itself is no number. */
export function byNumber(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

export function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
