import { monitorSelectsNothing as rule } from '../../../lib/rules/app/monitor-selects-nothing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'ServiceMonitor web: app/monitor-selects-nothing: spec.selector: no Service bears app=wev in namespace default, so that nothing is scraped; use the labels of the Service, those in its metadata',
  ]);
});

test('a near miss is told: the right labels in another namespace', () => {
  const other =
    '---\n{ apiVersion: v1, kind: Service, metadata: { name: far, namespace: ops, labels: { app: wev } }, spec: { selector: { app: wev } } }\n';
  expect(findingsOf(rule, rule.bad + other)).toEqual([
    'ServiceMonitor web: app/monitor-selects-nothing: spec.selector: no Service bears app=wev in namespace default (Service far does, in namespace ops), so that nothing is scraped; add namespaceSelector: { matchNames: [ops] }',
  ]);
});

test('a near miss is told: the labels are those of the pods', () => {
  const fronting = (namespace: string) =>
    `---\n{ apiVersion: v1, kind: Service, metadata: { name: front, namespace: ${namespace} }, spec: { selector: { app: wev, tier: a } } }\n`;
  expect(findingsOf(rule, rule.bad + fronting('default'))).toEqual([
    'ServiceMonitor web: app/monitor-selects-nothing: spec.selector: no Service bears app=wev in namespace default (Service front selects pods that do, but does not itself), so that nothing is scraped; add the labels to metadata.labels of Service front',
  ]);
  expect(findingsOf(rule, rule.bad + fronting('ops'))).toEqual([expect.stringMatching(/those in its metadata$/)]);
});

const SECOND =
  '---\n{ apiVersion: v1, kind: Service, metadata: { name: far, namespace: ops }, spec: { ports: [{ port: 80 }] } }\n';
const looking = (selector: string) =>
  varied(rule.bad, '  endpoints:', `  namespaceSelector: ${selector}\n  endpoints:`);

test('every namespace that it looks in must be in the input', () => {
  expect(findingsOf(rule, looking('{ matchNames: [default] }'))).toHaveLength(1);
  expect(findingsOf(rule, looking('{ matchNames: [default, ops] }'))).toEqual([]);
  expect(findingsOf(rule, looking('{ any: true }'))).toEqual([]);
  expect(findingsOf(rule, looking('{ matchNames: [default, ops] }') + SECOND)).toEqual([
    expect.stringContaining('in namespace default or ops,'),
  ]);
});

test.each([
  ['selector: { matchLabels: { app: wev } }', 'selector: {}'],
  ['selector: { matchLabels: { app: wev } }', 'selector: null'],
  ['kind: Service\n', 'kind: Endpoints\n'],
])('with %j written as %j nothing can be said', (from, to) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toEqual([]);
});

test('Flagger makes Services of its own', () => {
  const canary = (namespace: string) =>
    `---\n{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: c, namespace: ${namespace} }, spec: { targetRef: { kind: Deployment, name: other } } }\n`;
  expect(findingsOf(rule, rule.bad + canary('default'))).toEqual([]);
  expect(findingsOf(rule, rule.bad + canary('ops'))).toHaveLength(1);
  const both = looking('{ matchNames: [default, ops] }') + SECOND;
  expect(findingsOf(rule, both)).toHaveLength(1);
  expect(findingsOf(rule, both + canary('ops'))).toEqual([]);
});

const PODS = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ name: http, containerPort: 8080 }] }]
`;
const podMonitor = varied(
  varied(rule.bad, 'kind: ServiceMonitor', 'kind: PodMonitor'),
  'endpoints:',
  'podMetricsEndpoints:',
);

test('a PodMonitor chooses pods', () => {
  expect(findingsOf(rule, podMonitor + PODS)).toEqual([
    'PodMonitor web: app/monitor-selects-nothing: spec.selector: no workload makes pods with app=wev in namespace default, so that nothing is scraped; use the labels of the pods',
  ]);
  expect(findingsOf(rule, podMonitor)).toEqual([]);
  expect(findingsOf(rule, varied(podMonitor, 'app: wev', 'app: web') + PODS)).toEqual([]);
  expect(findingsOf(rule, varied(podMonitor, 'app: wev', 'job-name: web') + PODS)).toEqual([]);
});

test('for a PodMonitor Services count for nothing', () => {
  const selecting = '---\n{ apiVersion: v1, kind: Service, metadata: { name: x }, spec: { selector: { app: wev } } }\n';
  expect(findingsOf(rule, podMonitor + PODS + selecting)).toEqual([
    expect.stringMatching(/; use the labels of the pods$/),
  ]);
  const far = varied(varied(PODS, '{ name: web }', '{ name: far, namespace: ops }'), 'app: web', 'app: wev');
  expect(findingsOf(rule, podMonitor + PODS + far)).toEqual([
    expect.stringContaining(' (Deployment far does, in namespace ops), '),
  ]);
});
