import { jobWaitsForSidecar as rule } from '../../../lib/rules/app/job-waits-for-sidecar';
import { findingsOf, varied } from '../../support/rules';

const line = (
  fix: string,
  where = 'Job report: app/job-waits-for-sidecar: spec.template.spec.containers[1]',
  name = 'log',
) =>
  `${where}: sidecar \`${name}\` does not end when the work is done, so that the ${where.split(' ')[0]} never completes; ${fix}`;
const NATIVE = 'move it to initContainers with restartPolicy: Always; with BatchTask: use Sidecar.of';

test('names the container that does not end', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(NATIVE)]);
});

test('a target without native sidecars gets another fix', () => {
  const fix = 'end it from the app, or use a target of Kubernetes 1.29';
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.28' })).toEqual([line(fix)]);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.29' })).toEqual([line(NATIVE)]);
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
  const where = 'CronJob report: app/job-waits-for-sidecar: spec.jobTemplate.spec.template.spec.containers[1]';
  expect(findingsOf(rule, cron)).toEqual([line(NATIVE, where)]);
});

test('what runs for ever may have such a sidecar', () => {
  expect(findingsOf(rule, varied(rule.bad, 'batch/v1\nkind: Job', 'apps/v1\nkind: Deployment'))).toEqual([]);
});

test('a container that nobody calls a sidecar is work', () => {
  expect(findingsOf(rule, varied(rule.bad, 'classic-sidecars: log', 'classic-sidecars: net'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '{ cdk8s-patterns/classic-sidecars: log }', '{}'))).toEqual([]);
});

test('each sidecar is named', () => {
  const two = varied(
    varied(rule.bad, 'classic-sidecars: log', 'classic-sidecars: "log, net"'),
    'image: "log:1.0" }',
    'image: "log:1.0" }\n        - { name: net, image: "net:1.0" }',
  );
  const where = 'Job report: app/job-waits-for-sidecar: spec.template.spec.containers[2]';
  expect(findingsOf(rule, two)).toEqual([line(NATIVE), line(NATIVE, where, 'net')]);
});
