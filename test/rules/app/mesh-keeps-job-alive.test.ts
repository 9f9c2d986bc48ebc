import { meshKeepsJobAlive as rule } from '../../../lib/rules/app/mesh-keeps-job-alive';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'spec.template.metadata.annotations[sidecar.istio.io/nativeSidecar]';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `Job report: app/mesh-keeps-job-alive: ${FIELD}: missing, and the target names no Istio: before 1.27 the proxy does not end when the work is done, so that the Job never completes; set sidecar.istio.io/nativeSidecar: "true", or say TargetCluster.of({ istio: '1.27' })`,
  ]);
});

test('where the target says it, so does the message', () => {
  const line = (fix: string, what = 'missing') =>
    `Job report: app/mesh-keeps-job-alive: ${FIELD}: ${what}, and as an ordinary container the proxy does not end when the work is done, so that the Job never completes; ${fix}`;
  const native = 'set sidecar.istio.io/nativeSidecar: "true"';
  expect(findingsOf(rule, rule.bad, { istio: '1.26' })).toEqual([line(native)]);
  expect(findingsOf(rule, rule.bad, { istio: '1.27', kubernetes: '1.32' })).toEqual([line(native)]);
  expect(findingsOf(rule, rule.bad, { istio: '1.27' })).toEqual([]);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.28' })).toEqual([
    line('let the work end with a POST to localhost:15020/quitquitquit, or use a target of Kubernetes 1.29'),
  ]);
  expect(findingsOf(rule, varied(rule.good, '"true" }\n    spec', '"false" }\n    spec'))).toEqual([
    line(native, 'false'),
  ]);
});

test('a CronJob makes such Jobs', () => {
  const spec = rule.bad.slice(rule.bad.indexOf('spec:'));
  const cron = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  jobTemplate:
${spec.replace(/^/gm, '    ')}`;
  expect(findingsOf(rule, cron)).toEqual([
    expect.stringMatching(
      /^CronJob report: app\/mesh-keeps-job-alive: spec\.jobTemplate\.spec\.template\.metadata\..* so that none of its Jobs completes; /,
    ),
  ]);
});

test('only pods that surely have a proxy wait for it, and only those that end', () => {
  expect(findingsOf(rule, varied(rule.bad, '"true"', '"false"'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, ', sidecar.istio.io/inject: "true"', ''))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, 'sidecar.istio.io/inject: "true"', 'istio.io/dataplane-mode: ambient')),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'batch/v1\nkind: Job', 'apps/v1\nkind: Deployment'))).toEqual([]);
});

test.each([
  'command: [sh, -c, "work; curl -X POST localhost:15020/quitquitquit"]',
  'args: ["work; wget --post-data= localhost:15020/quitquitquit"]',
  'command: [sh, -c, "work; pkill -f pilot-agent"]',
  'command: [scuttle, work]',
  'env: [{ name: ISTIO_QUIT_API, value: "http://localhost:15020" }]',
  'env: [{ name: AFTER, value: "http://localhost:15020/quitquitquit" }]',
])('work with %s ends the proxy', (field) => {
  expect(findingsOf(rule, varied(rule.bad, 'image: "report:1.0"', `image: "report:1.0", ${field}`))).toEqual([]);
});

test('another command, another variable, and a variable without a value end nothing', () => {
  for (const field of ['command: [work]', 'env: [{ name: A, value: b }, { name: ISTIO_QUIT_API }]']) {
    expect(findingsOf(rule, varied(rule.bad, 'image: "report:1.0"', `image: "report:1.0", ${field}`))).toHaveLength(1);
  }
  expect(findingsOf(rule, varied(rule.bad, 'report:1.0', 'org/scuttle-report:1.0'))).toEqual([]);
});

test('a container beside the work may end the proxy', () => {
  const watcher = '{ name: end, image: "end:1.0", command: [end, http://localhost:15020/quitquitquit] }';
  expect(findingsOf(rule, varied(rule.bad, 'image: "report:1.0" }', `image: "report:1.0" }, ${watcher}`))).toEqual([]);
});
