import { selectorUnreadable as rule } from '../../../lib/rules/network/selector-unreadable';
import { findingsOf, varied } from '../../support/rules';

const AT = 'NetworkPolicy web: network/selector-unreadable: spec.';
const vary = (to: string) => findingsOf(rule, varied(rule.bad, "selector: app = 'web'\n", to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}selector: \`app = 'web'\`: cannot read \`= 'web'\`; write it as app == 'web' && has(tier)`,
  ]);
});

test.each([
  ['namespaceSelector', 'selector: all()\n  namespaceSelector: "team == a"\n'],
  ['serviceAccountSelector', 'serviceAccountSelector: "kind = \'x\'"\n'],
  ['ingress[0].source.selector', 'ingress: [{ action: Allow, source: { selector: "app" } }]\n'],
  ['ingress[0].source.notSelector', 'ingress: [{ action: Allow, source: { notSelector: "app &&" } }]\n'],
  ['ingress[0].source.namespaceSelector', 'ingress: [{ action: Allow, source: { namespaceSelector: "none()" } }]\n'],
  ['ingress[0].destination.selector', 'ingress: [{ action: Allow, destination: { selector: "(has(a)" } }]\n'],
  [
    'egress[1].destination.serviceAccounts.selector',
    'egress: [{ action: Deny }, { action: Allow, destination: { serviceAccounts: { selector: "x" } } }]\n',
  ],
])('%s is read too', (field, spec) => {
  expect(vary(spec)).toEqual([expect.stringContaining(`${AT}${field}: `)]);
});

test.each([
  "selector: app == 'web'\n",
  'selector: all()\n',
  "selector: \"!has(app) || (tier in {'a', 'b'} && name starts with 'x')\"\n",
  'selector: ""\n',
  'order: 10\n',
])('%s can be read', (spec) => {
  expect(vary(spec)).toEqual([]);
});

test('global() is for ends of rules', () => {
  const about = (spec: string) =>
    findingsOf(
      rule,
      `apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: { name: web }\nspec: { order: 1, types: [Ingress], ${spec} }\n`,
    );
  expect(about('namespaceSelector: global()')).toEqual([
    'GlobalNetworkPolicy web: network/selector-unreadable: spec.namespaceSelector: `global()`: global() is for ends of rules, so that Calico refuses the policy; remove it, or use all()',
  ]);
  expect(
    about(
      "selector: role == 'edge', ingress: [{ action: Allow, source: { namespaceSelector: global(), selector: all() } }]",
    ),
  ).toEqual([]);
});
