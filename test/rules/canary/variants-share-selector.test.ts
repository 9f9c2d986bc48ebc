import { variantsShareSelector as rule } from '../../../lib/rules/canary/variants-share-selector';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: canary/variants-share-selector: spec.selector: app=web selects the pods of Deployment web-canary too, so that an autoscaler would measure both; give each a label of its own in selector and pods, such as track: stable and track: canary',
  ]);
});

const CANARY = 'kind: Deployment\nmetadata: { name: web-canary }';
const STABLE = 'kind: Deployment\nmetadata: { name: web }';

test('an autoscaler that measures both is named', () => {
  const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: load }
spec: { maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
  expect(findingsOf(rule, rule.bad + scaler)[0]).toContain(', so that HorizontalPodAutoscaler load measures both; ');
});

test('of two equal selectors each is wrong', () => {
  expect(
    findingsOf(
      rule,
      varied(
        rule.bad,
        'selector: { matchLabels: { app: web, track: canary } }',
        'selector: { matchLabels: { app: web } }',
      ),
    ),
  ).toEqual([
    expect.stringContaining('the pods of Deployment web-canary too'),
    expect.stringContaining('the pods of Deployment web too'),
  ]);
});

test.each(['StatefulSet', 'ReplicaSet'])('a %s has pods of its own too', (kind) => {
  expect(findingsOf(rule, varied(rule.bad, CANARY, `kind: ${kind}\nmetadata: { name: web-canary }`))[0]).toContain(
    `the pods of ${kind} web-canary too`,
  );
  expect(findingsOf(rule, varied(rule.bad, STABLE, `kind: ${kind}\nmetadata: { name: web }`))).toHaveLength(1);
});

test.each(['DaemonSet', 'Other'])('a %s is scaled by nothing', (kind) => {
  expect(findingsOf(rule, varied(rule.bad, CANARY, `kind: ${kind}\nmetadata: { name: web-canary }`))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, STABLE, `kind: ${kind}\nmetadata: { name: web }`))).toEqual([]);
});

test('a Job of the same labels is another matter', () => {
  expect(
    findingsOf(rule, varied(rule.bad, `apps/v1\n${CANARY}`, 'batch/v1\nkind: Job\nmetadata: { name: web-canary }')),
  ).toEqual([]);
});

test('namespaces keep selectors apart', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: web-canary }', 'name: web-canary, namespace: shop }'))).toEqual([]);
});

test('the same object twice is one; another kind of the same name is not', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: web-canary }', 'name: web }'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, CANARY, 'kind: StatefulSet\nmetadata: { name: web }'))).toHaveLength(1);
});

const rollout = (name: string) => `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: run }
spec:
  selector: { matchLabels: { app: web } }
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
`;

test('an Argo Rollout shares the pods of the Deployment whose template it runs', () => {
  const [alone = ''] = rule.bad.split('---');
  expect(findingsOf(rule, alone + rollout('web'))).toEqual([]);
  expect(findingsOf(rule, alone + rollout('api'))).toEqual([
    expect.stringMatching(/^Rollout run: .* pods of Deployment web too/),
  ]);
});

test('a Deployment that selects the pods of a Rollout which runs its template is no defect', () => {
  const own = `${rollout('web')}  template: { metadata: { labels: { app: web } } }\n`;
  const [alone = ''] = rule.bad.split('---');
  expect(findingsOf(rule, alone + own)).toEqual([]);
  expect(findingsOf(rule, alone + varied(own, 'Deployment, name: web', 'Deployment, name: api'))).toHaveLength(2);
});

test('Flagger rewrites the labels of what it copies', () => {
  const flagger = (name: string) =>
    `---\n{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: a }, spec: { targetRef: { kind: Deployment, name: ${name} } } }`;
  expect(findingsOf(rule, rule.bad + flagger('web'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + flagger('web-canary'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + flagger('api'))).toHaveLength(1);
});

test('without a selector nothing is shared', () => {
  expect(findingsOf(rule, varied(rule.bad, 'selector: { matchLabels: { app: web } }', 'selector: null'))).toEqual([]);
});
