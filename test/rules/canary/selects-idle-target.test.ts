import { selectsIdleTarget as rule } from '../../../lib/rules/canary/selects-idle-target';
import { findingsOf, varied } from '../../support/rules';

const POLICY = rule.bad.slice(rule.bad.lastIndexOf('---'));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'NetworkPolicy web: canary/selects-idle-target: spec.podSelector: selects app=web, while Flagger gives the pods that serve app=web-primary, so that it covers none of them; select part: shop, which Flagger leaves alone',
  ]);
});

test('where the pods have no other label, they need one', () => {
  expect(findingsOf(rule, varied(rule.bad, 'labels: { app: web, part: shop }', 'labels: { app: web }'))).toEqual([
    expect.stringMatching(/; give the pods of Deployment web a second label, and select that$/),
  ]);
});

const selecting = (apiVersion: string, kind: string, spec: string) =>
  rule.bad.replace(
    POLICY,
    `---\n{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: own }, spec: ${spec} }\n`,
  );

test.each([
  ['v1', 'Service', '{ selector: { app: web }, ports: [{ port: 80 }] }'],
  ['policy/v1', 'PodDisruptionBudget', '{ selector: { matchLabels: { app: web } }, maxUnavailable: 1 }'],
  ['security.istio.io/v1', 'AuthorizationPolicy', '{ selector: { matchLabels: { app: web } } }'],
  ['monitoring.coreos.com/v1', 'PodMonitor', '{ selector: { matchLabels: { app: web } } }'],
])('a %s %s that selects the old value covers nothing', (apiVersion, kind, spec) => {
  expect(findingsOf(rule, selecting(apiVersion, kind, spec))).toEqual([
    `${kind} own: canary/selects-idle-target: spec.selector: selects app=web, while Flagger gives the pods that serve app=web-primary, so that it covers none of them; select part: shop, which Flagger leaves alone`,
  ]);
  expect(findingsOf(rule, selecting(apiVersion, kind, varied(spec, 'app: web', 'part: shop')))).toEqual([]);
});

test.each(['web', 'web-primary', 'web-canary'])('the Service %s is made by Flagger, whatever its selector', (name) => {
  const service = selecting('v1', 'Service', '{ selector: { app: web }, ports: [{ port: 80 }] }');
  expect(findingsOf(rule, varied(service, 'metadata: { name: own }', `metadata: { name: ${name} }`))).toEqual([]);
});

test('a name of its own for the Service of Flagger leaves the old name to us', () => {
  const renamed = varied(rule.bad, '{ port: 80, targetPort: 8080 }', '{ name: shop, port: 80 }').replace(POLICY, '');
  const service = (name: string) =>
    `---\n{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { selector: { app: web } } }\n`;
  expect(findingsOf(rule, renamed + service('web'))).toHaveLength(1);
  expect(findingsOf(rule, renamed + service('shop'))).toEqual([]);
});

test('the label that Flagger finds first is the one that it rewrites', () => {
  const two = varied(
    rule.bad,
    'matchLabels: { app: web } }\n  template',
    'matchLabels: { name: web, app: web } }\n  template',
  );
  const both = varied(two, 'labels: { app: web, part: shop }', 'labels: { app: web, name: web }');
  expect(findingsOf(rule, both)[0]).toMatch(/app=web-primary.*; select name: web, which Flagger leaves alone$/);
  expect(
    findingsOf(
      rule,
      varied(both, 'podSelector: { matchLabels: { app: web }', 'podSelector: { matchLabels: { name: web }'),
    ),
  ).toEqual([]);
});

test('without a label that Flagger knows it makes no copy', () => {
  const other = varied(
    rule.bad,
    'selector: { matchLabels: { app: web } }',
    'selector: { matchLabels: { part: shop } }',
  );
  expect(findingsOf(rule, other)).toEqual([]);
});

test('without a Canary, or with one of another workload, the pods serve', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Canary', 'kind: Thing'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: Deployment, name: api'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment, name: web', 'kind: DaemonSet, name: web'))).toEqual([]);
});

test('one that covers the copy too is right, and so is a second one beside it', () => {
  expect(findingsOf(rule, varied(rule.bad, 'podSelector: { matchLabels: { app: web } }', 'podSelector: {}'))).toEqual(
    [],
  );
  const second = varied(varied(POLICY, 'app: web', 'app: web-primary'), 'name: web', 'name: primary');
  expect(findingsOf(rule, rule.bad + second)).toEqual([]);
  const budget = varied(second, 'networking.k8s.io/v1\nkind: NetworkPolicy', 'policy/v1\nkind: PodDisruptionBudget');
  expect(findingsOf(rule, rule.bad + varied(budget, 'podSelector', 'selector'))).toHaveLength(1);
});

test('a workload beside it that Flagger does not release makes no difference', () => {
  const deployment = rule.bad.slice(0, rule.bad.indexOf('---'));
  const beside = `${varied(varied(deployment, 'name: web }\nspec', 'name: api }\nspec'), 'part: shop', 'part: api')}---`;
  expect(findingsOf(rule, beside + rule.bad)).toEqual(findingsOf(rule, rule.bad));
});
