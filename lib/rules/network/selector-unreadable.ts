import { type CalicoRule, CalicoSelector } from '../../facts';
import { fields, text } from '../../facts/read';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';

const policy = (selector: string) => `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: web }
spec:
  selector: ${selector}
  types: [Ingress]
`;

const OF_POLICIES = ['selector', 'namespaceSelector', 'serviceAccountSelector'];
const OF_ENDS = ['selector', 'notSelector', 'namespaceSelector'];

export const selectorUnreadable: RuleOf<'calicoPolicy'> = {
  id: 'network/selector-unreadable',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `Calico's selectors are a language of their own: \`app == 'web' && has(tier)\`, with two equal signs and texts in quotes. What it cannot read it refuses when the
policy is stored, and then nothing of the policy is there, neither what it allows nor what it denies.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors'],
  bad: policy("app = 'web'"),
  good: policy("app == 'web'"),
  check: ({ spec, rules }) =>
    [...OF_POLICIES.map((key) => ['spec', spec, key] as const), ...rules.flatMap(endsOf)].flatMap(
      ([at, entity, key]) => {
        const written = text(entity[key]);
        const { problem } = CalicoSelector.parse(written);
        const field = `${at}.${key}`;
        if (problem === undefined) return at === 'spec' ? ofRulesAlone(field, written) : [];
        return [{ field, problem: `\`${written}\`: ${problem}`, fix: "write it as app == 'web' && has(tier)" }];
      },
    ),
};

/** What is in no namespace is an end of a rule, and no pod that a policy could be about. */
function ofRulesAlone(field: string, written = ''): Remark[] {
  if (!/\bglobal\(\s*\)/.test(written)) return [];
  const problem = `\`${written}\`: global() is for ends of rules, so that Calico refuses the policy`;
  return [{ field, problem, fix: 'remove it, or use all()' }];
}

function endsOf({ field, source, destination }: CalicoRule) {
  return Object.entries({ source, destination }).flatMap(([end, entity]) => [
    ...OF_ENDS.map((key) => [`${field}.${end}`, entity, key] as const),
    [`${field}.${end}.serviceAccounts`, fields(entity.serviceAccounts), 'selector'] as const,
  ]);
}
